/// Hexadecimal text (base 16, RFC 4648 §8).
public enum Hex {
    /// Lower-case hexadecimal text, two digits a byte.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            var index = 0
            for byte in bytes {
                text[index] = digit(byte >> 4)
                text[index + 1] = digit(byte & 15)
                index += 2
            }
            return index
        }
    }

    /// The bytes of hexadecimal text in either case, without separators.
    ///
    /// - Throws: ``CryptographyError`` with `cryptography.text.encoding` for an odd length or another character.
    public static func decode(_ text: String) throws -> [UInt8] {
        let digits = try text.utf8.map { character in
            guard let value = value(character) else { throw malformed("not a hexadecimal digit") }
            return value
        }
        guard digits.count.isMultiple(of: 2) else { throw malformed("odd number of digits") }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func malformed(_ detail: String) -> CryptographyError {
        CryptographyError(.textEncoding, operation: "Hex.decode", detail: detail)
    }
}
