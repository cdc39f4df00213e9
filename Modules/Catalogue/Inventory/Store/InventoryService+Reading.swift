import Extension
public import Standards
public import Storage

/// Which items are wanted.
public struct ItemFilter: Sendable, Hashable {
    /// The division of the organ; nil for all.
    public var division: String?
    public var department: String?
    public var kind: CatalogueItem.Kind?
    public var way: CatalogueItem.HandlingWay?
    public var standing: ItemStanding?

    public init(
        division: String? = nil, department: String? = nil, kind: CatalogueItem.Kind? = nil,
        way: CatalogueItem.HandlingWay? = nil, standing: ItemStanding? = .inForce
    ) {
        self.division = division
        self.department = department
        self.kind = kind
        self.way = way
        self.standing = standing
    }
}

extension InventoryService {
    /// An item in the version that holds on a day; suspended and cancelled ones too.
    public func item(_ code: String, on day: LegalDay) async throws -> PublishedItem {
        try await database.read { snapshot in
            guard let found = try item(code, on: day, in: snapshot) else { throw CatalogueError.itemNotFound(code) }
            return found
        }
    }

    /// As ``item(_:on:)``; nil when nothing holds on that day.
    public func item(_ code: String, on day: LegalDay, in snapshot: Snapshot) throws -> PublishedItem? {
        guard let row = try snapshot.row("SELECT division FROM inventory_item WHERE code = ?", code) else { return nil }
        return try snapshot.row(
            """
            SELECT \(PublishedItem.columns) FROM inventory_item_version
            WHERE division = ? AND code = ? AND effective_from <= ? AND effective_until > ?
            """, try row.get("division", as: String.self), code, day, day
        ).map(PublishedItem.init)
    }

    /// The items that themes know by a local code, as they stand on a day in a division or one above it; a code that the
    /// inventory never had is left out.
    public func standings(
        localCodes: [String], division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: [PublishedItem]] {
        if localCodes.isEmpty { return [:] }
        let marks = Array(repeating: "?", count: localCodes.count).joined(separator: ", ")
        let rows = try snapshot.rows(
            """
            SELECT local_code, \(PublishedItem.columns) FROM inventory_item_version
            WHERE local_code IN (\(marks)) AND effective_from <= ? AND effective_until > ?
            """, arguments: localCodes.map { .text($0) } + [day.sql, day.sql])
        var found: [String: [PublishedItem]] = [:]
        for row in rows {
            let item = try PublishedItem(row)
            guard DivisionCode.covers(item.division, division) else { continue }
            found[try row.get("local_code"), default: []].append(item)
        }
        return found
    }

    /// All versions of an item, newest first.
    public func versions(of code: String) async throws -> [PublishedItem] {
        let found = try await database.read { snapshot in
            guard let row = try snapshot.row("SELECT division FROM inventory_item WHERE code = ?", code) else {
                return [PublishedItem]()
            }
            return try snapshot.rows(
                """
                SELECT \(PublishedItem.columns) FROM inventory_item_version WHERE division = ? AND code = ?
                ORDER BY version DESC
                """, try row.get("division", as: String.self), code
            ).map(PublishedItem.init)
        }
        if found.isEmpty { throw CatalogueError.itemNotFound(code) }
        return found
    }

    /// A page of the items that hold on a day, by their codes.
    public func items(
        _ filter: ItemFilter = ItemFilter(), on day: LegalDay, after cursor: String? = nil, limit: Int = 20
    ) async throws -> (items: [PublishedItem], next: String?) {
        try await database.read { snapshot in
            let found = try items(filter, on: day, after: cursor, limit: limit + 1, in: snapshot)
            let page = Array(found.prefix(limit))
            return (page, found.count > limit ? page.last?.item.code : nil)
        }
    }

    func items(
        _ filter: ItemFilter, on day: LegalDay, after cursor: String?, limit: Int, in snapshot: Snapshot
    ) throws -> [PublishedItem] {
        var conditions = ["effective_from <= ?", "effective_until > ?", "code > ?"]
        var arguments: [SQLValue] = [day.sql, day.sql, .text(cursor ?? "")]
        func add(_ condition: String, _ value: String?) {
            guard let value else { return }
            conditions.append(condition)
            arguments.append(.text(value))
        }
        add("division = ?", filter.division)
        add("department = ?", filter.department)
        add("kind = ?", filter.kind?.rawValue)
        add("standing = ?", filter.standing?.rawValue)
        add("ways LIKE ?", filter.way.map { "%,\($0.rawValue),%" })
        return try snapshot.rows(
            """
            SELECT \(PublishedItem.columns) FROM inventory_item_version WHERE \(conditions.joined(separator: " AND "))
            ORDER BY code LIMIT ?
            """, arguments: arguments + [limit.sql]
        ).map(PublishedItem.init)
    }

    /// The items that fit a text in everyday words, best first.
    public func search(_ text: String, on day: LegalDay, limit: Int = 20) async throws -> [PublishedItem] {
        try await database.read { snapshot in
            try index.query(text, divisions: ["*"], limit: limit, in: snapshot)
                .compactMap { try item($0, on: day, in: snapshot) }
                .filter { $0.isInForce(on: day) }
        }
    }
}
