import Cryptography
import Storage

/// The code of a presentation: a hundred random bits, kept as a keyed digest only. It says nothing of the holder.
public struct PresentationCode: Sendable, Hashable {
    /// Twenty letters and digits.
    public let text: String

    private static let length = 20

    static func make(_ presentation: Identifier, seed: Seed) -> PresentationCode {
        let bytes = seed.bytes("licence.presentation/\(presentation)", count: 13)
        return PresentationCode(text: String(Base32.encode(bytes).prefix(length)))
    }

    private init(text: String) { self.text = text }

    /// Reads what a scanner typed: the code itself, however spaced, or an address that ends with it; nil for anything
    /// of another form.
    public init?(_ typed: String) {
        let last = typed.split(separator: "/").last.map(String.init) ?? ""
        let text = last.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard text.utf8.count == Self.length, text.utf8.allSatisfy({ (65...90).contains($0) || (50...55).contains($0) })
        else { return nil }
        self.text = text
    }

    /// As people read it out: four groups of five.
    public var shown: String {
        stride(from: 0, to: text.count, by: 5).map { start in
            String(text.dropFirst(start).prefix(5))
        }.joined(separator: " ")
    }

    func digest(_ cipher: FieldCipher) -> [UInt8] {
        cipher.blindIndex(text, purpose: "licence.presentation_code")
    }
}
