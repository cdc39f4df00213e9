public import Extension
import Foundation
import Standards
public import Storage

extension InventoryService {
    static let reportColumn = EncryptedColumn(table: "inventory_report", keys: ["id"], column: "body") { row in
        reportContext(try row.get("id"))
    }

    private static func reportContext(_ id: String) -> String { "inventory_report.body/\(id)" }

    /// Takes a report of a hidden approval from anybody.
    ///
    /// - Parameter subject: what it is about, where the page on which it is told knows that.
    /// - Returns: the code by which the reporter asks how far it is; nobody else has it.
    /// - Throws: ``CatalogueError`` with all findings.
    public func reportHiddenApproval(
        _ input: HiddenApprovalInput, about subject: HiddenApproval.Subject? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> HiddenApprovalReceipt {
        let organ = input.organ.withoutInvisibles.trimmed
        let text = input.text.withoutInvisibles.trimmed
        let contact = (input.contact ?? "").withoutInvisibles.trimmed
        var findings: [Finding] = []
        if !(2...100).contains(organ.count) { findings.append(Finding("organ", "field.required", "请写明是哪个单位要求的。")) }
        if !(10...2000).contains(text.count) {
            findings.append(Finding("text", "field.required", "请写明要求办什么、什么时候、在哪里，10 到 2000 个字。"))
        }
        if contact.count > 100 { findings.append(Finding("contact", "field.too_long", "联系方式最多 100 个字。")) }
        if !findings.isEmpty {
            throw CatalogueError(
                code: "input.invalid", status: 422, title: "还没有写全", message: "请补全下面的内容后再提交。", findings: findings)
        }
        let id = act.identifier("inventory-report")
        let code = Self.code(act.seed.bytes("inventory-report-code", count: 8))
        let content = HiddenApproval.Content(
            organ: organ, text: text, contact: contact.isEmpty ? nil : contact,
            subject: subject)
        let row = try transaction.row(
            """
            INSERT INTO inventory_report (division, id, code_digest, state, received_at, body) VALUES (?, ?, ?, ?, ?, ?)
            \(reportState.returning)
            """, division, id, codeDigest(code), HiddenApproval.State.received.rawValue, act.now,
            try cipher.sealDocument(content, context: Self.reportContext(id.text), seed: act.seed))
        try tellReport(HiddenApprovalReported(report: id, subject: subject?.key), id, row, by: act, in: transaction)
        var receipt = HiddenApprovalReceipt()
        receipt.code = code
        return receipt
    }

    /// How far a report is.
    ///
    /// - Throws: ``CatalogueError`` `catalogue.report_not_found`.
    public func hiddenApproval(code: String) async throws -> HiddenApprovalProgress {
        let code = code.halfWidth.uppercased().filter { $0.isLetter || $0.isNumber }
        return try await database.read { [self] snapshot in
            let row = try snapshot.row(
                "SELECT id, state, received_at, body FROM inventory_report WHERE code_digest = ?", codeDigest(code))
            guard let row else { throw CatalogueError.reportNotFound }
            return HiddenApprovalProgress(try report(row))
        }
    }

    /// The reports in one state, the oldest first, for those who review the catalogue's legality.
    public func hiddenApprovals(
        _ state: HiddenApproval.State, after cursor: Identifier? = nil, limit: Int = 20, by act: Act
    ) async throws -> [HiddenApproval] {
        try require(.reviewItemsLegally, act)
        return try await database.read { [self] snapshot in
            try snapshot.rows(
                """
                SELECT id, state, received_at, body FROM inventory_report
                WHERE division = ? AND state = ? AND id > ? ORDER BY id LIMIT ?
                """, division, state.rawValue, cursor?.text ?? "", limit
            ).map(report)
        }
    }

    /// One report.
    public func hiddenApproval(_ id: Identifier, by act: Act) async throws -> HiddenApproval {
        try require(.reviewItemsLegally, act)
        return try await database.read { [self] in try report(id, in: $0) }
    }

    /// Begins to look into a report.
    public func examineHiddenApproval(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        try require(.reviewItemsLegally, act)
        let found = try report(id, in: transaction)
        guard found.state == .received else { throw CatalogueError.reportState(found.state) }
        let row = try save(found.content, .examined, of: id, was: .received, by: act, in: transaction)
        try tellReport(HiddenApprovalExamined(report: id), id, row, by: act, in: transaction)
    }

    /// Closes a report with what came out of it.
    ///
    /// - Parameter reply: what the reporter reads.
    public func closeHiddenApproval(
        _ id: Identifier, _ outcome: HiddenApproval.Outcome?, reply: String, by act: Act, in transaction: Transaction
    ) throws {
        try require(.reviewItemsLegally, act)
        let found = try report(id, in: transaction)
        guard found.state != .closed else { throw CatalogueError.reportState(found.state) }
        let reply = reply.withoutInvisibles.trimmed
        var findings: [Finding] = []
        if outcome == nil { findings.append(Finding("outcome", "field.required", "请选择核查的结论。")) }
        if !(5...1000).contains(reply.count) {
            findings.append(Finding("reply", "field.required", "请写明核查的情况和结果，5 到 1000 个字，举报人会看到。"))
        }
        guard let outcome, findings.isEmpty else {
            throw CatalogueError(
                code: "input.invalid", status: 422, title: "还没有写全", message: "请补全下面的内容后再办结。", findings: findings)
        }
        var content = found.content
        content.outcome = outcome
        content.reply = reply
        let row = try save(content, .closed, of: id, was: found.state, by: act, in: transaction)
        try tellReport(HiddenApprovalClosed(report: id, outcome: outcome), id, row, by: act, in: transaction)
    }

    private func tellReport(
        _ event: any Event, _ id: Identifier, _ row: Row?, by act: Act, in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: division, kind: reportState.kind, id: id.text),
            state: try row.map(reportState.digest(of:)), by: act, in: transaction)
    }

    private func save(
        _ content: HiddenApproval.Content, _ state: HiddenApproval.State, of id: Identifier,
        was old: HiddenApproval.State, by act: Act, in transaction: Transaction
    ) throws -> Row {
        let row = try transaction.row(
            "UPDATE inventory_report SET state = ?, body = ? WHERE id = ? AND state = ? \(reportState.returning)",
            state.rawValue, try cipher.sealDocument(content, context: Self.reportContext(id.text), seed: act.seed), id,
            old.rawValue)
        guard let row else { throw CatalogueError.reportState(state) }
        return row
    }

    private func report(_ id: Identifier, in snapshot: Snapshot) throws -> HiddenApproval {
        let row = try snapshot.row("SELECT id, state, received_at, body FROM inventory_report WHERE id = ?", id)
        guard let row else { throw CatalogueError.reportNotFound }
        return try report(row)
    }

    private func report(_ row: Row) throws -> HiddenApproval {
        let id: Identifier = try row.get("id")
        return HiddenApproval(
            id: id, state: HiddenApproval.State(rawValue: try row.get("state")) ?? .received,
            receivedAt: try row.get("received_at"),
            content: try cipher.openDocument(
                HiddenApproval.Content.self, try row.get("body"), context: Self.reportContext(id.text)))
    }

    private func codeDigest(_ code: String) -> [UInt8] { cipher.blindIndex(code, purpose: "inventory.report_code") }

    /// Letters and digits that nobody takes for one another.
    private static func code(_ bytes: [UInt8]) -> String {
        let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
        return String(bytes.map { letters[Int($0) % letters.count] })
    }
}

extension CatalogueError {
    static let reportNotFound = CatalogueError(
        code: "catalogue.report_not_found", status: 404, title: "没有找到", message: "没有找到这条线索，请核对查询码后重试。")

    static func reportState(_ state: HiddenApproval.State) -> CatalogueError {
        CatalogueError(
            code: "catalogue.wrong_state", status: 409, title: "现在不能这样办",
            message: "这条线索“\(state.chinese)”，请刷新页面，查看最新进展。")
    }
}
