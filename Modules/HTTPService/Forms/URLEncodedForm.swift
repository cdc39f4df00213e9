/// Queries and posted forms (`application/x-www-form-urlencoded`), decoded strictly.
enum URLEncodedForm {
    /// How many pairs are read.
    static let maximumPairs = 1_000

    /// The pairs in their order; nil when the text is not valid percent-encoded UTF-8 or has too many pairs.
    static func pairs(_ bytes: some Collection<UInt8>) -> [(name: String, value: String)]? {
        if bytes.isEmpty { return [] }
        let parts = bytes.split(separator: UInt8(ascii: "&"), maxSplits: maximumPairs)
        guard parts.count <= maximumPairs else { return nil }
        var pairs: [(name: String, value: String)] = []
        pairs.reserveCapacity(parts.count)
        for part in parts {
            let sign = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = PercentCoding.decode(part[..<(sign ?? part.endIndex)], plusIsSpace: true),
                let value = PercentCoding.decode(
                    sign.map { part[part.index(after: $0)...] } ?? part[part.endIndex...], plusIsSpace: true)
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    /// The values by name; a name may come several times.
    static func values(_ bytes: some Collection<UInt8>) -> [String: [String]]? {
        guard let pairs = pairs(bytes) else { return nil }
        var values: [String: [String]] = [:]
        for pair in pairs { values[pair.name, default: []].append(pair.value) }
        return values
    }
}
