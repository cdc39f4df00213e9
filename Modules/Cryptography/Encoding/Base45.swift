/// Bytes as text of the 45 characters that a QR code packs most densely (RFC 9285).
public enum Base45 {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    /// Two bytes become three characters, a last single one two.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 3 + 1) / 2)
        var index = 0
        while index < bytes.count {
            let isPair = index + 1 < bytes.count
            var value = isPair ? Int(bytes[index]) << 8 | Int(bytes[index + 1]) : Int(bytes[index])
            for _ in 0..<(isPair ? 3 : 2) {
                text.append(alphabet[value % 45])
                value /= 45
            }
            index += 2
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil for any text that ``encode(_:)`` would not have written.
    public static func decode(_ text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 3 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 3 * 2 + 1)
        var index = 0
        while index < characters.count {
            let count = min(3, characters.count - index)
            var value = 0
            for offset in stride(from: count - 1, through: 0, by: -1) {
                guard let digit = alphabet.firstIndex(of: characters[index + offset]) else { return nil }
                value = value * 45 + digit
            }
            guard value < (count == 3 ? 1 << 16 : 1 << 8) else { return nil }
            if count == 3 { bytes.append(UInt8(value >> 8)) }
            bytes.append(UInt8(value & 0xFF))
            index += count
        }
        return bytes
    }
}
