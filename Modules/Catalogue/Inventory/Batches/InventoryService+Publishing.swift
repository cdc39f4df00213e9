public import Extension
import Standards
public import Storage

extension InventoryService {
    /// Publishes what an approved batch holds, a part at a time, so that other writes are not kept waiting; what was
    /// interrupted goes on where it stopped.
    ///
    /// - Parameter progress: gets how many of the batch are published by now.
    /// - Returns: how many items were published by this call.
    @discardableResult
    public func publish(
        _ id: Identifier, by act: Act, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        var total = 0
        while true {
            let (published, isDone) = try await database.write { [self] transaction in
                try publishPart(of: id, by: act, in: transaction)
            }
            total += published
            progress(total)
            if isDone { return total }
            try Task.checkCancellation()
        }
    }

    /// Ends what was interrupted.
    func finishPublishing(by act: Act) async throws {
        for batch in try await batches(in: [.publishing]) { try await publish(batch.id, by: act) }
    }

    /// How many items are published in one transaction.
    private static let part = 200

    private func publishPart(
        of id: Identifier, by act: Act, in transaction: Transaction
    ) throws -> (published: Int, isDone: Bool) {
        let batch = try lock(id, in: transaction)
        if batch.state == .published { return (0, true) }
        guard batch.state == .publishing, let day = batch.effectiveFrom else {
            throw CatalogueError.wrongBatchState(batch.state, for: "发布")
        }
        let rows = try transaction.rows(
            """
            SELECT code, division, kind, hash, body FROM inventory_change WHERE batch = ? AND is_published = 0
            ORDER BY code LIMIT ?
            """, id, Self.part)
        for row in rows {
            let kind = ItemChangeKind(rawValue: try row.get("kind")) ?? .change
            try publish(
                try CatalogueItem.stored(try row.get("body")), text: try row.get("body"), hash: try row.get("hash"),
                kind, division: try row.get("division"), from: day, batch: id, by: act, in: transaction)
        }
        if let last = try rows.last?.get("code", as: String.self) {
            try transaction.execute(
                "UPDATE inventory_change SET is_published = 1 WHERE batch = ? AND is_published = 0 AND code <= ?", id,
                last)
        }
        if rows.count == Self.part { return (rows.count, false) }
        try transaction.execute(
            "UPDATE inventory_batch SET state = ?, updated_at = ? WHERE id = ?", ItemBatch.State.published.rawValue,
            act.now, id)
        return (rows.count, true)
    }

    private func publish(
        _ item: CatalogueItem, text: String, hash: String, _ kind: ItemChangeKind, division: String,
        from day: LegalDay, batch: Identifier, by act: Act, in transaction: Transaction
    ) throws {
        let code = item.code
        let numbered = try transaction.row(
            """
            INSERT INTO inventory_item (division, code, version) VALUES (?, ?, 1)
            ON CONFLICT (division, code) DO UPDATE SET version = inventory_item.version + 1 RETURNING version
            """, division, code)
        let version: Int = try numbered?.get("version") ?? 1
        // What would only begin on this day or later never comes into force: it ends where it begins.
        try transaction.execute(
            """
            UPDATE inventory_item_version
            SET effective_until = CASE WHEN effective_from > ? THEN effective_from ELSE ? END
            WHERE division = ? AND code = ? AND effective_until = ?
            """, day, day, division, code, LegalDay.last)
        try transaction.execute(
            """
            INSERT INTO inventory_item_version (division, code, version, standing, effective_from, effective_until, batch,
                published_at, hash, basic_code, local_code, department, kind, title, ways, online_depth, reform_mode,
                reducible_steps, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, division, code, version, kind.standing.rawValue, day, LegalDay.last, batch, act.now, hash,
            item.basicCode, item.localCode, item.department, item.kind.rawValue, item.title,
            "," + item.ways.map(\.rawValue).joined(separator: ",") + ",", item.onlineDepth?.rawValue,
            item.reformMode?.rawValue, item.steps.filter(\.kind.isToBeReduced).count, text)
        // What ends on a later day is found until then; the search itself asks what is in force on the day.
        if kind.standing == .inForce || day > act.now.day {
            try index.put(id: code, division: "*", fields: item.searchFields, in: transaction)
        } else {
            try index.remove(id: code, division: "*", in: transaction)
        }
        try tell(
            ItemPublished(
                batch: batch.text, code: code, version: version, standing: kind.standing, effectiveFrom: day,
                hash: hash), "item", code, division: division, by: act, in: transaction)
    }
}

extension CatalogueItem {
    /// What the search looks at.
    var searchFields: [SearchIndex.Field] {
        [SearchIndex.Field(title, .high), SearchIndex.Field(department), SearchIndex.Field(organ, .low)]
            + (result.map { [SearchIndex.Field($0)] } ?? [])
    }
}
