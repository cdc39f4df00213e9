/// One of the alphabets of RFC 4648, without padding; decoding accepts only what encoding produces.
struct Base64Alphabet: Sendable {
    private let characters: [UInt8]
    private let values: [UInt8]
    private static let invalid: UInt8 = 0xFF

    /// RFC 4648 §4: `+` and `/`.
    static let standard = Base64Alphabet(last: "+/")
    /// RFC 4648 §5: `-` and `_`.
    static let url = Base64Alphabet(last: "-_")

    private init(last: String) {
        characters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        var values = [UInt8](repeating: Self.invalid, count: 256)
        for (value, character) in characters.enumerated() {
            values[Int(character)] = UInt8(value)
        }
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            var used = 0
            var pending: UInt32 = 0
            var bits: UInt32 = 0
            for byte in bytes {
                pending = pending << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    text[used] = characters[Int(pending >> bits & 63)]
                    used += 1
                }
            }
            if bits > 0 {
                text[used] = characters[Int(pending << (6 - bits) & 63)]
                used += 1
            }
            return used
        }
    }

    /// The bytes, or `nil` for padding, another character, an impossible length or stray bits at the end.
    func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for character in text {
            let value = values[Int(character)]
            guard value != Self.invalid else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
            }
        }
        guard bits < 6, pending & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }
}
