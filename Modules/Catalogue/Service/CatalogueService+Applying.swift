public import Extension
import Storage

/// A version of a theme came into force.
public struct ThemeApplied: Event {
    public static let name = "catalogue.theme_applied"
    public let theme: String
    public let version: String
    public let hash: String
}

/// A theme was taken down; its open cases go on.
public struct ThemeWithdrawn: Event {
    public static let name = "catalogue.theme_withdrawn"
    public let theme: String
}

/// A theme with the hash of the bundle that it came from.
public struct ThemeVersion: Sendable {
    public let theme: Theme
    public let hash: String

    public init(theme: Theme, hash: String) {
        self.theme = theme
        self.hash = hash
    }
}

extension CatalogueService {
    /// Makes a set of themes the current ones, in one transaction, so that no request sees half of it.
    ///
    /// - Parameter kept: themes that stay as they are, since their new version has findings.
    /// - Returns: the themes that changed.
    @discardableResult
    public func apply(
        _ versions: [ThemeVersion], keeping kept: Set<String> = [], by act: Act
    ) async throws -> [String] {
        let known = try await database.read { try shelf.current(in: $0).byID.mapValues(\.hash) }
        let wanted = Dictionary(versions.map { ($0.theme.id, $0.hash) }, uniquingKeysWith: { $1 })
        // The usual start changes nothing, and then nothing is written.
        if known.filter({ !kept.contains($0.key) }) == wanted.filter({ !kept.contains($0.key) }) { return [] }
        defer { shelf.forgetRecent() }
        return try await database.write { transaction in
            var changed: [String] = []
            let before = try shelf.current(in: transaction)
            for (position, version) in versions.enumerated() where before.byID[version.theme.id]?.hash != version.hash {
                try store(version, position: position, by: act, in: transaction)
                changed.append(version.theme.id)
                try index.put(
                    id: version.theme.id, division: "*", fields: version.theme.searchFields, in: transaction)
                try tell(
                    ThemeApplied(theme: version.theme.id, version: version.theme.version, hash: version.hash),
                    version.theme.id, by: act, in: transaction)
            }
            let staying = kept.union(versions.map(\.theme.id))
            for gone in before.themes where !staying.contains(gone.theme.id) {
                try transaction.execute(
                    "UPDATE catalogue_theme SET active = 0, changed_at = ? WHERE theme = ?", act.now, gone.theme.id)
                try index.remove(id: gone.theme.id, division: "*", in: transaction)
                changed.append(gone.theme.id)
                try tell(ThemeWithdrawn(theme: gone.theme.id), gone.theme.id, by: act, in: transaction)
            }
            if !changed.isEmpty { try ThemeShelf.revision.advance(seed: act.seed, in: transaction) }
            return changed
        }
    }

    private func store(_ version: ThemeVersion, position: Int, by act: Act, in transaction: Transaction) throws {
        let theme = version.theme
        try transaction.execute(
            """
            INSERT INTO catalogue_theme_version (hash, theme, version, body, applied_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (hash) DO NOTHING
            """, version.hash, theme.id, theme.version, try EventCoding.encode(theme), act.now)
        let known = try transaction.row("SELECT number FROM catalogue_theme WHERE theme = ?", theme.id)
        let number: Int64 =
            try known?.get("number")
            ?? (transaction.row(
                "SELECT CAST(coalesce(max(number), 0) AS BIGINT) + 1 AS next FROM catalogue_theme")?.get("next") ?? 1)
        try transaction.execute(
            """
            INSERT INTO catalogue_theme (theme, hash, number, active, position, changed_at) VALUES (?, ?, ?, 1, ?, ?)
            ON CONFLICT (theme) DO UPDATE
            SET hash = excluded.hash, active = 1, position = excluded.position, changed_at = excluded.changed_at
            """, theme.id, version.hash, number, position, act.now)
    }

    static let streamKind = "catalogue"

    private func tell(_ event: any Event, _ theme: String, by act: Act, in transaction: Transaction) throws {
        try events.record(
            [event], to: StreamID(division: "*", kind: Self.streamKind, id: theme),
            state: try state.digest(of: theme, in: transaction), by: act, in: transaction)
    }
}

extension Theme {
    /// What the search looks at: titles and everyday words weigh most.
    var searchFields: [SearchIndex.Field] {
        [SearchIndex.Field(title, .high)] + words.map { SearchIndex.Field($0, .high) }
            + [SearchIndex.Field(summary)]
            + items.flatMap { item in
                [SearchIndex.Field(item.item.title)] + item.item.results.map { SearchIndex.Field($0.title) }
            }
    }
}
