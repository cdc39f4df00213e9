import Cryptography
public import Extension
public import Standards
public import Storage

extension InventoryService {
    /// Sends a batch on its way, or back.
    ///
    /// - Parameters:
    ///   - effectiveFrom: with ``ItemBatch/Action/submit`` and ``ItemBatch/Action/adopt``: from which day it holds; the
    ///     day of the act when nil.
    ///   - opinion: what the reviewer says; must be given when the batch is sent back.
    ///   - basis: with ``ItemBatch/Action/adopt``: the document by which the authority above has approved it.
    public func move(
        _ id: Identifier, _ action: ItemBatch.Action, effectiveFrom: LegalDay? = nil, opinion: String = "",
        basis: String? = nil, by act: Act
    ) async throws -> ItemBatch {
        let digest = [.submit, .adopt].contains(action) ? try await self.digest(of: id) : nil
        let broken = digest == nil && action != .pass ? [] : try await ruleFindings(of: id)
        return try await database.write { [self] transaction in
            let batch = try lock(id, in: transaction)
            guard let state = batch.state(after: action) else {
                throw CatalogueError.wrongBatchState(batch.state, for: action.chinese)
            }
            try require(batch.permission(for: action), act)
            try checkHands(batch, action, act, transaction)
            if action == .sendBack, opinion.isEmpty {
                throw Problem.invalid([Finding("opinion", "field.required", "退回须写明意见，让编制的人知道改哪里。")])
            }
            if action == .adopt, (basis ?? batch.basis ?? "").isEmpty {
                throw Problem.invalid([Finding("basis", "field.required", "按上级文件发布的，须写明文件名称和文号。")])
            }
            if let digest {
                try checkContent(of: batch, digest, effectiveFrom ?? act.now.day, act, transaction)
            }
            if !broken.isEmpty { throw CatalogueError.againstRules(broken) }
            var day = digest == nil ? batch.effectiveFrom : effectiveFrom ?? act.now.day
            if state == .publishing {
                try checkBase(of: batch, transaction)
                // A review that took longer than was thought begins to hold when it ends; nothing holds for days past.
                day = day.map { max($0, act.now.day) }
            }
            try transaction.execute(
                """
                UPDATE inventory_batch SET state = ?, effective_from = ?, digest = ?, basis = coalesce(?, basis),
                    updated_at = ? WHERE id = ?
                """, state.rawValue, state == .drafting ? nil : day,
                state == .drafting ? nil : digest?.text ?? batch.digest, basis, act.now, id)
            try note(action, of: id, opinion: opinion, digest: digest?.text ?? batch.digest, by: act, transaction)
            try tell(
                ItemBatchMoved(
                    batch: id.text, action: action, state: state.rawValue, digest: digest?.text ?? batch.digest,
                    basis: action == .adopt ? basis ?? batch.basis : nil), "batch", id.text, by: act, in: transaction)
            return try self.batch(id, in: transaction)
        }
    }

    /// The digest of all changes of a batch, read a page at a time.
    private func digest(of id: Identifier) async throws -> (text: String, count: Int) {
        var hasher = SM3.Hasher()
        var cursor = ""
        var count = 0
        while true {
            let from = cursor
            let page = try await database.read { snapshot in
                try snapshot.rows(
                    """
                    SELECT code, kind, hash FROM inventory_change WHERE batch = ? AND code > ? ORDER BY code LIMIT 1000
                    """, id, from
                ).map { row in
                    (
                        code: try row.get("code", as: String.self), kind: try row.get("kind", as: String.self),
                        hash: try row.get("hash", as: String.self)
                    )
                }
            }
            for line in page { hasher.update(Array("\(line.code) \(line.kind) \(line.hash)\n".utf8)) }
            count += page.count
            guard page.count == 1000, let last = page.last else { break }
            cursor = last.code
        }
        return (Hex.encode(hasher.finalize()), count)
    }

    /// What a batch changes must still be what it was when the change was drafted, or another batch would be undone; an
    /// end of an item undoes nothing.
    private func checkBase(of batch: ItemBatch, _ transaction: Transaction) throws {
        let moved = try transaction.rows(
            """
            SELECT c.code FROM inventory_change c
            LEFT JOIN inventory_item i ON i.division = c.division AND i.code = c.code
            WHERE c.batch = ? AND c.kind NOT IN (?, ?) AND c.base <> coalesce(i.version, 0) ORDER BY c.code LIMIT 50
            """, batch.id, ItemChangeKind.cancel.rawValue, ItemChangeKind.suspend.rawValue)
        if !moved.isEmpty { throw CatalogueError.changedMeanwhile(try moved.map { try $0.get("code") }) }
    }

    private func checkContent(
        of batch: ItemBatch, _ digest: (text: String, count: Int), _ day: LegalDay, _ act: Act,
        _ transaction: Transaction
    ) throws {
        if digest.count == 0 { throw CatalogueError.nothingToChange }
        if day < act.now.day { throw CatalogueError.effectiveInThePast(day.text) }
        try checkBase(of: batch, transaction)
        let incomplete = try transaction.rows(
            "SELECT code, gaps FROM inventory_change WHERE batch = ? AND gaps <> '' ORDER BY code LIMIT 200", batch.id)
        if !incomplete.isEmpty {
            let total = try transaction.row(
                "SELECT count(*) AS total FROM inventory_change WHERE batch = ? AND gaps <> ''", batch.id)
            throw CatalogueError.incomplete(
                try incomplete.map { row in
                    let code: String = try row.get("code")
                    return Finding(
                        code, "catalogue.incomplete", "\(code)：缺少\(try row.get("gaps", as: String.self))。")
                }, count: try total?.get("total") ?? incomplete.count)
        }
        let scheduled = try transaction.rows(
            """
            SELECT v.code FROM inventory_item_version v JOIN inventory_change c ON c.code = v.code
            WHERE c.batch = ? AND v.effective_until = ? AND v.effective_from > ? ORDER BY v.code LIMIT 50
            """, batch.id, LegalDay.last, day)
        if !scheduled.isEmpty { throw CatalogueError.scheduledAlready(try scheduled.map { try $0.get("code") }) }
    }

    /// One person does one step of a round: who sent a batch for review can't review it, and so on.
    private func checkHands(
        _ batch: ItemBatch, _ action: ItemBatch.Action, _ act: Act, _ transaction: Transaction
    ) throws {
        guard action == .pass, act.actor.kind == .staff else { return }
        let rows = try transaction.rows(
            "SELECT action, actor FROM inventory_step WHERE batch = ? ORDER BY position DESC", batch.id)
        for row in rows {
            let step = ItemBatch.Action(rawValue: try row.get("action"))
            if step == .sendBack { return }
            // The terminal after the account is another matter.
            if Self.account(try row.get("actor")) == Self.account(act.actor.journalName) {
                throw CatalogueError.sameReviewer
            }
            if step == .submit { return }
        }
    }

    private static func account(_ journalName: String) -> Substring { journalName.prefix { $0 != "@" } }

    func note(
        _ action: ItemBatch.Action, of id: Identifier, opinion: String, digest: String?, by act: Act,
        _ transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO inventory_step (batch, position, action, actor, name, at, opinion, digest)
            SELECT CAST(? AS TEXT), coalesce(max(position), 0) + 1, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT),
                CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS TEXT) FROM inventory_step WHERE batch = ?
            """, id, action.rawValue, act.actor.journalName, act.actor.displayName, act.now, opinion, digest, id)
    }
}
