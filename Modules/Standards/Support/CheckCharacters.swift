/// The four check-character systems of the identifiers.
enum CheckCharacters {
    /// ISO 7064 MOD 11-2 over 17 digits (GB 11643).
    static func residentID(_ digits: some Sequence<UInt8>) -> UInt8? {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        guard let sum = weightedSum(digits, weights, value: \.digit) else { return nil }
        return Array("10X98765432".utf8)[sum % 11]
    }

    /// The 31 characters of GB 32100, each worth its index.
    static let creditAlphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// MOD 31 over 17 characters (GB 32100-2015).
    static func creditCode(_ characters: some Sequence<UInt8>) -> UInt8? {
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        guard let sum = weightedSum(characters, weights, value: { creditAlphabet.firstIndex(of: $0) }) else {
            return nil
        }
        return creditAlphabet[(31 - sum % 31) % 31]
    }

    /// MOD 11 over 8 characters (GB 11714).
    static func organisationCode(_ characters: some Sequence<UInt8>) -> UInt8? {
        guard let sum = weightedSum(characters, [3, 7, 9, 10, 5, 8, 4, 2], value: \.alphanumericValue) else {
            return nil
        }
        return Array("0X987654321".utf8)[sum % 11]
    }

    /// ISO/IEC 7064 MOD 37,36 over digits and capital letters (GB/T 36904).
    static func licence(_ characters: some Sequence<UInt8>) -> UInt8? {
        var product = 36
        for character in characters {
            guard let value = character.alphanumericValue else { return nil }
            let sum = (product + value) % 36
            product = (sum == 0 ? 36 : sum) * 2 % 37
        }
        return Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)[(37 - product) % 36]
    }

    /// The sum of value × weight; nil when the length differs or a character has no value.
    private static func weightedSum(
        _ characters: some Sequence<UInt8>, _ weights: [Int], value: (UInt8) -> Int?
    ) -> Int? {
        let values = characters.map(value)
        guard values.count == weights.count else { return nil }
        var sum = 0
        for (value, weight) in zip(values, weights) {
            guard let value else { return nil }
            sum += value * weight
        }
        return sum
    }
}
