/// Finds wordings like another by the pairs of neighbouring characters that they share.
struct ScopeLikeness: Sendable {
    /// How alike two wordings must be to be told, from 0 to 1.
    private static let least = 0.3

    /// The wordings in which a pair stands.
    private let wordings: [String: [Int]]
    /// The number of pairs and the entry of each wording.
    private let sizes: [(pairs: Int, entry: Int)]

    /// - Parameter entries: the entry of each wording.
    init(_ entries: [String: Int]) {
        var wordings: [String: [Int]] = [:]
        var sizes: [(pairs: Int, entry: Int)] = []
        for (key, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let pairs = Self.pairs(key)
            for pair in pairs { wordings[pair, default: []].append(sizes.count) }
            sizes.append((pairs.count, entry))
        }
        self.wordings = wordings
        self.sizes = sizes
    }

    /// The titles of the entries most like a wording, each once, best first.
    func nearest(to key: String, count: Int, named title: (Int) -> String) -> [String] {
        let wanted = Self.pairs(key)
        var common: [Int: Int] = [:]
        for pair in wanted { for wording in wordings[pair] ?? [] { common[wording, default: 0] += 1 } }
        let scored = common.map { wording, shared in
            (score: 2 * Double(shared) / Double(wanted.count + sizes[wording].pairs), entry: sizes[wording].entry)
        }.filter { $0.score >= Self.least }.sorted { ($1.score, $0.entry) < ($0.score, $1.entry) }
        var found: [String] = []
        for candidate in scored where found.count < count {
            let title = title(candidate.entry)
            if !found.contains(title) { found.append(title) }
        }
        return found
    }

    private static func pairs(_ key: String) -> Set<String> {
        Set(zip(key, key.dropFirst()).map { "\($0)\($1)" })
    }
}
