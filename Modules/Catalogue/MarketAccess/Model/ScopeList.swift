/// A catalogue of business scopes with the negative list, ready to be asked (市场准入负面清单, R04.1).
///
/// An activity is looked up by its exact wording first, then by the entry with the longest wording that is contained in
/// it. Where several of that length are, the strictest counts. What the list doesn't have is not forbidden: it is told as
/// unknown, and a person looks at it.
public struct ScopeList: Sendable {
    public let publication: ScopePublication
    public let entries: [ScopeEntry]
    private let byKey: [String: Int]
    /// All wordings by their length, longest first.
    private let wordings: [(key: String, entry: Int)]

    init(publication: ScopePublication, entries: [ScopeEntry]) {
        self.publication = publication
        self.entries = entries
        var byKey: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            for wording in [entry.title] + entry.aliases { byKey[ScopeText.key(wording)] = index }
        }
        self.byKey = byKey
        wordings = byKey.map { (key: $0.key, entry: $0.value) }
            .sorted { ($1.key.count, $0.key) < ($0.key.count, $1.key) }
    }

    /// What the list says of each activity of a scope, in the order in which they are written.
    public func findings(of scope: String) -> [ScopeFinding] { ScopeText.activities(scope).map(finding) }

    private func finding(_ activity: String) -> ScopeFinding {
        let key = ScopeText.key(activity)
        if let exact = byKey[key] {
            return ScopeFinding(activity: activity, entry: entries[exact], isPartial: false, similar: [])
        }
        let contained = wordings.filter { key.contains($0.key) }
        if let longest = contained.first?.key.count {
            let entry = contained.prefix { $0.key.count == longest }.map { entries[$0.entry] }
                .min { $0.verdict.strictness < $1.verdict.strictness }
            return ScopeFinding(activity: activity, entry: entry, isPartial: true, similar: [])
        }
        return ScopeFinding(activity: activity, entry: nil, isPartial: false, similar: similar(to: key))
    }

    /// The three entries that share most pairs of neighbouring characters.
    private func similar(to key: String) -> [String] {
        let wanted = Self.pairs(key)
        if wanted.isEmpty { return [] }
        let scored = wordings.map { wording -> (score: Double, entry: Int) in
            let pairs = Self.pairs(wording.key)
            let common = Double(wanted.intersection(pairs).count)
            return (2 * common / Double(wanted.count + pairs.count), wording.entry)
        }
        var found: [String] = []
        for candidate in scored.filter({ $0.score >= 0.3 }).sorted(by: { ($1.score, $0.entry) < ($0.score, $1.entry) })
        {
            let title = entries[candidate.entry].title
            if !found.contains(title) { found.append(title) }
            if found.count == 3 { break }
        }
        return found
    }

    private static func pairs(_ key: String) -> Set<String> {
        Set(zip(key, key.dropFirst()).map { "\($0)\($1)" })
    }
}

extension ScopeEntry.Verdict {
    /// Lower is stricter.
    fileprivate var strictness: Int {
        switch self {
        case .forbidden: 0
        case .licence: 1
        case .free: 2
        }
    }
}
