import PluginKit

/// Where requests lie.
struct RequestStore: Sendable {
    let cipher: FieldCipher
    let state: RowState

    init(_ cipher: FieldCipher) {
        self.cipher = cipher
        state = RowState(
            kind: "certificate-free.request", title: "证明核验和开具", table: "certificate_free_request",
            columns: Self.columns.split(separator: ", ").map(String.init), sealed: [Self.body],
            begins: [ProofQueried.name, ProofApplied.name], cipher: cipher)
    }

    static let body = EncryptedColumn(table: "certificate_free_request", keys: ["id"], column: "body") { row in
        context(try row.get("id"))
    }

    static let columns = """
        division, id, way, proof, case_id, asker, answerer, ground, state, subject, asked_at, due, readable_until, \
        answered_at, answer, licence, body
        """

    private static func context(_ id: String) -> String { "certificate_free_request.body/\(id)" }

    /// The keyed digest by which a person finds what concerns it.
    func subject(_ idNumber: String) -> [UInt8] {
        cipher.blindIndex(
            idNumber.halfWidth.filter { !$0.isWhitespace }.uppercased(), purpose: "certificate_free.subject")
    }

    /// Writes a new request.
    func insert(_ request: ProofRequest, by act: Act, in transaction: Transaction) throws -> Row? {
        try transaction.row(
            """
            INSERT INTO certificate_free_request (\(Self.columns))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \(state.returning)
            """, request.division, request.id, request.way.rawValue, request.proof, request.caseID, request.asker,
            request.answerer, request.ground.rawValue, request.state.rawValue, subject(request.content.idNumber),
            request.askedAt, request.due, request.readableUntil, request.answeredAt, request.answer?.rawValue,
            request.licence, try seal(request, act))
    }

    /// Writes what became of a request, as long as it stands where it stood.
    func update(
        _ request: ProofRequest, was old: ProofRequest.State, by act: Act, in transaction: Transaction
    ) throws -> Row {
        let row = try transaction.row(
            """
            UPDATE certificate_free_request SET state = ?, due = ?, readable_until = ?, answered_at = ?, answer = ?,
                licence = ?, body = ? WHERE id = ? AND state = ? \(state.returning)
            """, request.state.rawValue, request.due, request.readableUntil, request.answeredAt,
            request.answer?.rawValue, request.licence, try seal(request, act), request.id, old.rawValue)
        guard let row else { throw Problem.requestState(request.state) }
        return row
    }

    /// One request.
    ///
    /// - Throws: `Problem` 404.
    func request(_ id: Identifier, in snapshot: Snapshot) throws -> ProofRequest {
        let row = try snapshot.row("SELECT \(Self.columns) FROM certificate_free_request WHERE id = ?", id)
        guard let row else { throw Problem.noRequest }
        return try read(row)
    }

    /// The requests that meet a condition, in the order of `order`.
    func requests(
        _ condition: String, order: String, limit: Int, arguments: [SQLValue], in snapshot: Snapshot
    ) throws -> [ProofRequest] {
        try snapshot.rows(
            "SELECT \(Self.columns) FROM certificate_free_request WHERE \(condition) ORDER BY \(order) LIMIT ?",
            arguments: arguments + [.integer(Int64(limit))]
        ).map(read)
    }

    private func seal(_ request: ProofRequest, _ act: Act) throws -> [UInt8] {
        try cipher.sealDocument(request.content, context: Self.context(request.id.text), seed: act.seed)
    }

    private func read(_ row: Row) throws -> ProofRequest {
        let id: Identifier = try row.get("id")
        return ProofRequest(
            id: id, division: try row.get("division"),
            way: ProofRequest.Way(rawValue: try row.get("way")) ?? .query, proof: try row.get("proof"),
            caseID: try row.get("case_id"), asker: try row.get("asker"), answerer: try row.get("answerer"),
            ground: ProofRequest.Ground(rawValue: try row.get("ground")) ?? .consent,
            state: ProofRequest.State(rawValue: try row.get("state")) ?? .awaiting, askedAt: try row.get("asked_at"),
            due: try row.get("due"), readableUntil: try row.get("readable_until"),
            answeredAt: try row.get("answered_at"),
            answer: try row.get("answer", as: String?.self).flatMap(ProofRequest.Answer.init(rawValue:)),
            licence: try row.get("licence"),
            content: try cipher.openDocument(
                ProofRequest.Content.self, try row.get("body"), context: Self.context(id.text)))
    }
}

extension ProofRequest {
    /// The same after a change.
    func changed(
        state: State, due: LegalDay? = nil, answeredAt: Instant? = nil, answer: Answer? = nil,
        licence: Identifier? = nil, note: String? = nil
    ) -> ProofRequest {
        var content = content
        if let note { content.note = note }
        return ProofRequest(
            id: id, division: division, way: way, proof: proof, caseID: caseID, asker: asker, answerer: answerer,
            ground: ground, state: state, askedAt: askedAt, due: due ?? self.due, readableUntil: readableUntil,
            answeredAt: answeredAt ?? self.answeredAt, answer: answer ?? self.answer,
            licence: licence ?? self.licence, content: content)
    }
}

extension Problem {
    static let noRequest = Problem.notFound("这次证明核验或开具申请")

    static func requestState(_ state: ProofRequest.State) -> Problem {
        Problem(
            409, "certificate-free.wrong_state", "现在不能这样办", "这次申请“\(state.rawValue)”，请刷新页面，查看最新进展。")
    }
}
