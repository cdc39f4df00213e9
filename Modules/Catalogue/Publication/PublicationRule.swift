public import Extension
public import Storage
import Synchronization

/// A demand on everything that is published, laid down by whoever contributes it (发布规则): it is asked before a draft of
/// a theme or a batch of items goes to review, and before it is published.
public struct PublicationRule: Contribution {
    /// What is to be published.
    public enum Draft: Sendable {
        case theme(Theme)
        /// Some of a batch's items.
        case items([CatalogueItem])
    }

    /// A name for people who read what is contributed.
    public let name: String
    /// Everything that is wrong; each finding names the material or the item, and says in Chinese what to do.
    public let look: @Sendable (Draft, Snapshot) throws -> [Finding]

    public init(_ name: String, _ look: @escaping @Sendable (Draft, Snapshot) throws -> [Finding]) {
        self.name = name
        self.look = look
    }
}

/// The rules that were contributed; frozen when the system boots.
public final class PublicationRules: Sendable {
    private let rules = Mutex<[PublicationRule]>([])

    public init() {}

    /// Whether there is any.
    var isEmpty: Bool { rules.withLock(\.isEmpty) }

    /// Everything that is wrong with a draft.
    public func findings(in draft: PublicationRule.Draft, _ snapshot: Snapshot) throws -> [Finding] {
        try rules.withLock { $0 }.flatMap { try $0.look(draft, snapshot) }
    }

    /// Takes in what was contributed.
    public func freeze(_ contributed: [PublicationRule]) { rules.withLock { $0 = contributed } }
}

extension CatalogueService: ContributionReader {
    public func read(_ contributions: [any Contribution]) -> ContributionReading {
        rules.freeze(contributions.compactMap { $0 as? PublicationRule })
        return ContributionReading(contributions: [], findings: [])
    }
}

extension InventoryService {
    /// What the rules find in the items that a batch publishes; nothing where there are no rules.
    func ruleFindings(of batch: Identifier) async throws -> [Finding] {
        if rules.isEmpty { return [] }
        var findings: [Finding] = []
        var cursor = ""
        while true {
            let from = cursor
            let (found, last) = try await database.read { [self] snapshot in
                let rows = try snapshot.rows(
                    """
                    SELECT code, body FROM inventory_change WHERE batch = ? AND code > ? AND kind NOT IN (?, ?)
                    ORDER BY code LIMIT 500
                    """, batch, from, ItemChangeKind.cancel.rawValue, ItemChangeKind.suspend.rawValue)
                let items = try rows.map { try CatalogueItem.stored(try $0.get("body")) }
                let last: String? = rows.count == 500 ? try rows.last?.get("code") : nil
                return (try rules.findings(in: .items(items), snapshot), last)
            }
            findings += found
            guard let last, findings.count < 200 else { return findings }
            cursor = last
        }
    }
}
