import Catalogue
public import Extension
public import Standards
public import Storage

extension CaseworkService {
    /// Records how the applicant wants to get the results.
    public func chooseDelivery(
        _ id: Identifier, _ choice: DeliveryChoice, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.applicant) { file, context in
            try file.choose(choice, in: context)
        }
    }

    /// Hands the results over at a window (窗口领取).
    ///
    /// - Parameters:
    ///   - recipient: the name on the card that was shown.
    ///   - tail: the last four characters of its number.
    ///   - relation: 本人, or what the named collector is to the applicant.
    ///   - signature: how the recipient signed.
    /// - Throws: ``CaseworkError`` with all findings, `delivery.not_entitled` among them.
    public func handOver(
        _ id: Identifier, to recipient: String, tail: String, relation: String, signature: GivenSignature?,
        expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        let file = try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) {
            file, context in
            try file.handOver(
                to: recipient.withoutInvisibles.trimmed, tail: tail, relation: relation.withoutInvisibles.trimmed,
                signature: signature, in: context)
        }
        try keep(signature, by: act, in: transaction)
        return file
    }

    /// Records that the results were put into the post.
    public func postResults(
        _ id: Identifier, courier: String, tracking: String, expected: Int? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.post(
                courier: courier.withoutInvisibles.trimmed, tracking: tracking.withoutInvisibles.trimmed, in: context)
        }
    }

    /// Records that the post delivered the results on a day, or brought them back when the day is nil.
    public func endPosting(
        _ id: Identifier, arrived day: LegalDay?, expected: Int? = nil, by act: Act, in transaction: Transaction
    ) throws -> CaseFile {
        try change(id, expected: expected, by: act, in: transaction, access: CaseAccess.clerk) { file, context in
            try file.endPosting(arrived: day, in: context)
        }
    }

    /// The cases of the clerk's division whose results wait at the window, or for the post, oldest first.
    public func deliveries(
        _ way: ResultDelivery.Way, _ state: ResultDelivery.State = .ready, after cursor: String? = nil,
        limit: Int = 20, by act: Act
    ) async throws -> CursorPage<ResultToDeliver> {
        guard let post = act.actor.post, act.actor.holds(.acceptCases) else { throw CaseworkError.forbidden }
        let parts = (cursor ?? "0/").split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let since = Int64(parts[0]) else { throw CaseworkError.malformedCursor }
        let after = String(parts[1])
        let lines = try await database.read { [self] snapshot in
            // As the partial index has it, or it would not serve.
            try snapshot.rows(
                """
                SELECT case_id, state, number, theme, ready_at FROM case_delivery
                WHERE division = ? AND way = ? AND state = ? AND state IN ('ready', 'posted')
                    AND (ready_at > ? OR (ready_at = ? AND case_id > ?))
                ORDER BY ready_at, case_id LIMIT ?
                """, post.division, way.rawValue, state.rawValue, since, since, after, limit + 1
            ).map { row in
                var line = ResultToDeliver()
                let id: Identifier = try row.get("case_id")
                line.id = id.text
                line.number = try row.get("number")
                line.readyAt = try row.get("ready_at")
                line.way = way
                line.state = state
                guard let file = try store.find(id, in: snapshot) else { return line }
                let theme = try catalogue.theme(hash: file.theme.hash, in: snapshot)
                line.title = theme.title
                line.applicant = CaseNames(file, theme: theme, isMasked: true).applicant ?? ""
                line.results = file.grantedResults.map(\.title)
                return line
            }
        }
        return CursorPage(lines, limit: limit) { "\($0.readyAt.milliseconds)/\($0.id)" }
    }
}

/// A case whose results wait to be collected or posted.
public struct ResultToDeliver: SchemaType {
    public var id = ""
    public var number = ""
    public var title = ""
    public var applicant = ""
    public var results: [String] = []
    public var way = ResultDelivery.Way.collect
    public var state = ResultDelivery.State.ready
    public var readyAt = Instant(milliseconds: 0)

    public init() {}

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "系统编号")
        Field("number", \.number, .text(max: 60), doc: "办件编号")
        Field("title", \.title, .text(max: 100), doc: "一件事")
        Field("applicant", \.applicant, .text(max: 100), doc: "申请人，隐去一部分")
        Field("results", \.results, .list(of: .text(max: 100)), doc: "结果")
        Field("way", \.way, .choice, doc: "送达方式")
        Field("state", \.state, .choice, doc: "到哪一步")
        Field("ready_at", \.readyAt, .instant, doc: "什么时候可以送达")
    }
}

extension CaseStore {
    /// Keeps the list of results that wait in step with a case.
    func saveDelivery(of file: CaseFile, at now: Instant, in transaction: Transaction) throws {
        guard file.state == .completed, let delivery = file.delivery else { return }
        if delivery.way == .electronic {
            return try transaction.send(
                "DELETE FROM case_delivery WHERE division = ? AND case_id = ?", file.division, file.id)
        }
        try transaction.send(
            """
            INSERT INTO case_delivery (division, case_id, way, state, number, theme, ready_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (division, case_id) DO UPDATE SET way = excluded.way, state = excluded.state
            """, file.division, file.id, delivery.way.rawValue, delivery.state.rawValue, file.number ?? "",
            file.theme.id, now)
    }
}
