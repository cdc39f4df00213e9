import Cryptography
import Extension
import Storage

/// A code for when the telephone is not at hand: fifty random bits, spent once, kept as a keyed digest.
struct RecoveryCode: Sendable {
    static let count = 10
    /// Ten letters and digits.
    let text: String

    private init(text: String) { self.text = text }

    /// New codes for an account.
    static func make(for account: Identifier, by act: Act) -> [RecoveryCode] {
        (0..<count).map { number in
            let bytes = act.seed.bytes("identity.recovery/\(account)/\(number)", count: 7)
            return RecoveryCode(text: String(Base32.encode(bytes).prefix(10)))
        }
    }

    /// Reads what was typed, however it was spaced; nil for anything of another form.
    init?(_ typed: String) {
        let text = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard text.utf8.count == 10, text.utf8.allSatisfy({ ($0 >= 65 && $0 <= 90) || ($0 >= 50 && $0 <= 55) }) else {
            return nil
        }
        self.text = text
    }

    /// As it is shown: two groups of five.
    var shown: String { text.prefix(5) + "-" + text.suffix(5) }

    func hash(_ account: Identifier, _ cipher: FieldCipher) -> [UInt8] {
        cipher.blindIndex("\(account)/\(text)", purpose: "identity.recovery_code")
    }
}
