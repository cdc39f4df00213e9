/// A catalogue of business scopes with the negative list, ready to be asked (市场准入负面清单, R04.1).
///
/// An activity is looked up by its exact wording first, then by the entry with the longest wording that is contained in
/// it. Where several of that length are, the strictest counts. What the list doesn't have is not forbidden: it is told as
/// unknown, and a person looks at it.
public struct ScopeList: Sendable {
    public let publication: ScopePublication
    public let entries: [ScopeEntry]
    private let byKey: [String: Int]
    /// How many characters the longest wording has.
    private let longest: Int
    private let likeness: ScopeLikeness

    init(publication: ScopePublication, entries: [ScopeEntry]) {
        self.publication = publication
        self.entries = entries
        var byKey: [String: Int] = [:]
        for (index, entry) in entries.enumerated() {
            for wording in [entry.title] + entry.aliases { byKey[ScopeText.key(wording)] = index }
        }
        self.byKey = byKey
        longest = byKey.keys.map(\.count).max() ?? 0
        likeness = ScopeLikeness(byKey)
    }

    /// What the list says of each activity of a scope, in the order in which they are written.
    public func findings(of scope: String) -> [ScopeFinding] { ScopeText.activities(scope).map(finding) }

    private func finding(_ activity: String) -> ScopeFinding {
        let key = ScopeText.key(activity)
        if let exact = byKey[key] {
            return ScopeFinding(activity: activity, entry: entries[exact], isPartial: false, similar: [])
        }
        if let entry = contained(in: Array(key)) {
            return ScopeFinding(activity: activity, entry: entry, isPartial: true, similar: [])
        }
        let similar = likeness.nearest(to: key, count: 3, named: { entries[$0].title })
        return ScopeFinding(activity: activity, entry: nil, isPartial: false, similar: similar)
    }

    /// The entry with the longest wording that stands in what was written; of several the strictest.
    ///
    /// Every piece of the text is looked up, so that the cost follows what was written and not the list.
    private func contained(in characters: [Character]) -> ScopeEntry? {
        for length in stride(from: min(longest, characters.count), to: 0, by: -1) {
            let found = (0...characters.count - length).compactMap { start in
                byKey[String(characters[start..<start + length])].map { entries[$0] }
            }
            if let strictest = found.min(by: { $0.verdict.strictness < $1.verdict.strictness }) { return strictest }
        }
        return nil
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
