public import Extension
import Standards
public import Storage

extension InventoryService {
    /// Begins a batch, or goes on with the one that the same file began.
    ///
    /// - Parameters:
    ///   - source: the digest of the file; nil for a batch that is made by hand.
    ///   - basis: the document on which it stands.
    public func openBatch(
        title: String, source: String? = nil, basis: String? = nil, by act: Act
    ) async throws -> ItemBatch {
        try require(.editItems, act)
        return try await database.write { [self] transaction in
            if let source,
                let row = try transaction.row(
                    "SELECT \(Self.batchColumns) FROM inventory_batch WHERE division = ? AND state = ? AND source = ?",
                    division, ItemBatch.State.drafting.rawValue, source)
            {
                return try Self.batch(row)
            }
            let id = act.identifier("inventory-batch")
            try transaction.execute(
                """
                INSERT INTO inventory_batch (division, id, title, state, basis, source, created_by, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, division, id, title, ItemBatch.State.drafting.rawValue, basis, source, act.actor.journalName,
                act.now, act.now)
            try tell(ItemBatchOpened(batch: id.text, source: source), "batch", id.text, by: act, in: transaction)
            return try batch(id, in: transaction)
        }
    }

    /// A batch.
    public func batch(_ id: Identifier) async throws -> ItemBatch {
        try await database.read { try batch(id, in: $0) }
    }

    func batch(_ id: Identifier, in snapshot: Snapshot) throws -> ItemBatch {
        guard let row = try snapshot.row("SELECT \(Self.batchColumns) FROM inventory_batch WHERE id = ?", id) else {
            throw CatalogueError.batchNotFound(id.text)
        }
        return try Self.batch(row)
    }

    /// The batches in some states, newest first.
    public func batches(in states: [ItemBatch.State], limit: Int = 50) async throws -> [ItemBatch] {
        let marks = Array(repeating: "?", count: states.count).joined(separator: ", ")
        return try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT \(Self.batchColumns) FROM inventory_batch WHERE division = ? AND state IN (\(marks))
                ORDER BY id DESC LIMIT ?
                """, arguments: [.text(division)] + states.map { .text($0.rawValue) } + [limit.sql]
            ).map(Self.batch)
        }
    }

    /// The way of a batch so far, in order.
    public func steps(of batch: Identifier) async throws -> [ItemBatchStep] {
        try await database.read { snapshot in
            try snapshot.rows(
                "SELECT action, actor, name, at, opinion FROM inventory_step WHERE batch = ? ORDER BY position", batch
            ).map { row in
                ItemBatchStep(
                    action: ItemBatch.Action(rawValue: try row.get("action")) ?? .submit, actor: try row.get("actor"),
                    name: try row.get("name"), at: try row.get("at"), opinion: try row.get("opinion"))
            }
        }
    }

    // MARK: Changes of a batch

    /// One change of a batch.
    public struct Change: Sendable, Hashable {
        public let code: String
        public let kind: ItemChangeKind
        public let item: CatalogueItem
        /// The version that it follows; 0 for a new item.
        public let base: Int
        /// What is still missing before it may be sent for review; empty for none.
        public let gaps: String
    }

    /// Puts changes into a batch that is being drafted; a change of the same item is replaced.
    ///
    /// - Returns: how many were new or other than before.
    public func put(_ changes: [ItemChange], into batch: Identifier, by act: Act) async throws -> Int {
        try require(.editItems, act)
        return try await database.write { [self] transaction in
            let found = try lock(batch, in: transaction)
            guard found.state == .drafting else { throw CatalogueError.wrongBatchState(found.state, for: "修改") }
            let known = try hashes(of: changes.map(\.item.code), in: batch, transaction)
            let fresh = changes.filter { known[$0.item.code] != $0.mark }
            for change in fresh {
                try transaction.execute(
                    """
                    INSERT INTO inventory_change (batch, code, division, kind, base, hash, body, gaps, is_published)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
                    ON CONFLICT (batch, code) DO UPDATE SET division = excluded.division, kind = excluded.kind,
                        base = excluded.base, hash = excluded.hash, body = excluded.body, gaps = excluded.gaps
                    """, batch, change.item.code, change.division, change.kind.rawValue, change.base, change.item.hash,
                    change.item.canonicalText, change.gaps)
            }
            return fresh.count
        }
    }

    /// Takes a change out of a batch that is being drafted.
    public func removeChange(_ code: String, from batch: Identifier, by act: Act) async throws {
        try require(.editItems, act)
        try await database.write { [self] transaction in
            let found = try lock(batch, in: transaction)
            guard found.state == .drafting else { throw CatalogueError.wrongBatchState(found.state, for: "修改") }
            try transaction.execute("DELETE FROM inventory_change WHERE batch = ? AND code = ?", batch, code)
        }
    }

    /// The changes of a batch by code.
    public func changes(
        of batch: Identifier, matching filter: ItemChangeFilter = ItemChangeFilter(), after cursor: String? = nil,
        limit: Int = 50
    ) async throws -> (changes: [Change], next: String?) {
        let (condition, arguments) = filter.condition
        return try await database.read { snapshot in
            let found = try snapshot.rows(
                """
                SELECT code, kind, base, gaps, body FROM inventory_change WHERE batch = ? AND code > ?\(condition)
                ORDER BY code LIMIT ?
                """, arguments: [batch.sql, .text(cursor ?? "")] + arguments + [.integer(Int64(limit + 1))]
            ).map(Self.change)
            let page = Array(found.prefix(limit))
            return (page, found.count > limit ? page.last?.code : nil)
        }
    }

    /// One change of a batch.
    public func change(_ code: String, of batch: Identifier) async throws -> Change {
        let found = try await database.read { snapshot in
            try snapshot.row(
                "SELECT code, kind, base, gaps, body FROM inventory_change WHERE batch = ? AND code = ?", batch, code
            ).map(Self.change)
        }
        guard let found else { throw CatalogueError.itemNotFound(code) }
        return found
    }

    private static func change(_ row: Row) throws -> Change {
        Change(
            code: try row.get("code"), kind: ItemChangeKind(rawValue: try row.get("kind")) ?? .change,
            item: try CatalogueItem.stored(try row.get("body")), base: try row.get("base"), gaps: try row.get("gaps"))
    }

    /// How many changes of each kind a batch has, and how many of them lack something.
    public func counts(of batch: Identifier) async throws -> (kinds: [ItemChangeKind: Int], incomplete: Int) {
        try await database.read { snapshot in
            let rows = try snapshot.rows(
                """
                SELECT kind, count(*) AS total, sum(CASE WHEN gaps = '' THEN 0 ELSE 1 END) AS incomplete
                FROM inventory_change WHERE batch = ? GROUP BY kind
                """, batch)
            var kinds: [ItemChangeKind: Int] = [:]
            var incomplete = 0
            for row in rows {
                if let kind = ItemChangeKind(rawValue: try row.get("kind")) { kinds[kind] = try row.get("total") }
                incomplete += try row.get("incomplete", as: Int.self)
            }
            return (kinds, incomplete)
        }
    }

    // MARK: Helpers

    static let batchColumns = "id, title, state, basis, source, effective_from, created_at, digest"

    static func batch(_ row: Row) throws -> ItemBatch {
        ItemBatch(
            id: try row.get("id"), title: try row.get("title"),
            state: ItemBatch.State(rawValue: try row.get("state")) ?? .discarded, basis: try row.get("basis"),
            source: try row.get("source"), effectiveFrom: try row.get("effective_from"),
            createdAt: try row.get("created_at"), digest: try row.get("digest"))
    }

    /// Locks a batch's row: the first statement of every change to it.
    func lock(_ id: Identifier, in transaction: Transaction) throws -> ItemBatch {
        let row = try transaction.row(
            "UPDATE inventory_batch SET state = state WHERE id = ? RETURNING \(Self.batchColumns)", id)
        guard let row else { throw CatalogueError.batchNotFound(id.text) }
        return try Self.batch(row)
    }

    func require(_ permission: Permission, _ act: Act) throws {
        guard act.actor.holds(permission) else { throw Problem.forbidden }
    }

    func tell(
        _ event: any Event, _ kind: String, _ id: String, division: String? = nil, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: division ?? self.division, kind: "inventory-\(kind)", id: id), by: act,
            in: transaction)
    }

    private func hashes(
        of codes: [String], in batch: Identifier, _ snapshot: Snapshot
    ) throws -> [String: String] {
        let marks = Array(repeating: "?", count: codes.count).joined(separator: ", ")
        if codes.isEmpty { return [:] }
        let rows = try snapshot.rows(
            "SELECT code, kind, hash FROM inventory_change WHERE batch = ? AND code IN (\(marks))",
            arguments: [batch.sql] + codes.map { .text($0) })
        return try rows.reduce(into: [:]) { marks, row in
            let kind: String = try row.get("kind")
            let hash: String = try row.get("hash")
            marks[try row.get("code")] = "\(kind) \(hash)"
        }
    }
}

/// A change that is to go into a batch.
public struct ItemChange: Sendable, Hashable {
    public let item: CatalogueItem
    public let kind: ItemChangeKind
    /// The division of the organ.
    public let division: String
    /// The version that it follows; 0 for a new item.
    public let base: Int

    public init(_ item: CatalogueItem, _ kind: ItemChangeKind, division: String, base: Int) {
        self.item = item
        self.kind = kind
        self.division = division
        self.base = base
    }

    var mark: String { "\(kind.rawValue) \(item.hash)" }

    /// What is missing; an item that is suspended or cancelled need not be complete.
    var gaps: String {
        switch kind {
        case .suspend, .cancel: ""
        case .add, .change, .resume: item.gaps.map(\.missing).joined(separator: "、")
        }
    }
}
