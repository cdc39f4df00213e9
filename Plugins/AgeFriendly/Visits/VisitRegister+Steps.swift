import PluginKit

extension VisitRegister {
    /// Settles who goes, or that somebody else goes (派单).
    ///
    /// - Throws: ``Problem`` 422 for an account that may not make visits there, 409 `age-friendly.wrong_step`.
    func assign(_ id: Identifier, to account: Identifier, by act: Act, in transaction: Transaction) throws -> Visit {
        let visit = try lock(id, by: act, in: transaction)
        guard visit.state == .ordered || visit.state == .assigned else { throw Self.wrongStep(visit, "安排人") }
        let places = try organisation.snapshot(in: transaction)
        let post = places.posts(of: account, on: act.now.day).first { post in
            post.permissions.contains(Self.permission.id) && places.isWithin(visit.division, post.division)
        }
        guard let post else {
            throw Problem.invalid([
                Finding("account", "age-friendly.not_visitor", "这个账号不能办这个地方的上门服务，请从名单里选。")
            ])
        }
        return try change(
            visit, to: .assigned, assignee: account, agency: post.agency, VisitAssigned(visit: id, assignee: account),
            by: act, in: transaction)
    }

    /// The visitor sets out (出发).
    ///
    /// - Throws: ``Problem`` 409 `age-friendly.wrong_step` and `age-friendly.not_yours`.
    func setOut(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Visit {
        let visit = try lock(id, by: act, in: transaction)
        guard visit.state == .assigned else { throw Self.wrongStep(visit, "登记出发") }
        try requireOwn(visit, by: act)
        return try change(visit, to: .underWay, VisitSetOut(visit: id), by: act, in: transaction)
    }

    /// The help was given (办结).
    ///
    /// - Parameters:
    ///   - result: what came of it.
    ///   - signature: who signed, such as 本人签字; empty where nobody had to.
    /// - Throws: as ``setOut(_:by:in:)``, and 422.
    func finish(
        _ id: Identifier, result: String, signature: String, by act: Act, in transaction: Transaction
    ) throws -> Visit {
        let visit = try lock(id, by: act, in: transaction)
        guard visit.state == .underWay else { throw Self.wrongStep(visit, "登记结果") }
        try requireOwn(visit, by: act)
        var details = visit.details
        (details.result, details.signature) = (result.trimmed, signature.trimmed)
        var findings: [Finding] = []
        if details.result.isEmpty || details.result.count > 500 {
            findings.append(Finding("result", "field.required", "请写明办了什么、结果怎样，不超过 500 个字。"))
        }
        if details.signature.count > 100 {
            findings.append(Finding("signature", "field.too_long", "签字情况最多 100 个字。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return try change(visit, to: .done, details: details, VisitFinished(visit: id), by: act, in: transaction)
    }

    /// Cancels an order that is not done: the person its own, staff with a reason that the person is told.
    ///
    /// - Throws: ``Problem`` 404 for somebody else's, 409 `age-friendly.wrong_step`, 422.
    func cancel(_ id: Identifier, reason: String, by act: Act, in transaction: Transaction) throws -> Visit {
        let isOwn = act.actor.kind == .person
        let visit = try isOwn ? lockOwn(id, by: act, in: transaction) : lock(id, by: act, in: transaction)
        guard visit.state.isOpen else { throw Self.wrongStep(visit, "取消") }
        guard !isOwn || visit.state != .underWay else {
            throw Problem(
                409, "age-friendly.wrong_step", "已经在路上了", "工作人员已经出发，网上取消不了。请打电话告诉他，或者当面说。")
        }
        var details = visit.details
        details.reason = reason.trimmed
        if details.reason.isEmpty, isOwn { details.reason = "本人取消" }
        if details.reason.isEmpty || details.reason.count > 200 {
            throw Problem.invalid([Finding("reason", "field.required", "请写明为什么取消，不超过 200 个字，会告诉本人。")])
        }
        try release(visit.slot, of: visit.division, in: transaction)
        return try change(
            visit, to: .cancelled, details: details, VisitCancelled(visit: id, isByStaff: !isOwn), by: act,
            in: transaction)
    }

    /// The accounts that may make a visit, with their names.
    func visitors(
        for division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [(account: Identifier, name: String)] {
        let places = try organisation.snapshot(in: snapshot)
        let accounts = places.holders(of: Self.permission, on: day)
            .filter { places.isWithin(division, $0.key.division) }.reduce(into: Set<Identifier>()) {
                $0.formUnion($1.value)
            }
        return try identity.staffNames(of: accounts, in: snapshot)
            .map { (account: $0.key, name: $0.value) }.sorted { ($0.name, $0.account) < ($1.name, $1.account) }
    }

    /// The order, its row ours until the end of the transaction, for staff of its place.
    private func lock(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Visit {
        guard act.actor.holds(Self.permission) else { throw Problem.forbidden }
        let visit = try locked(id, in: transaction)
        guard try organisation.snapshot(in: transaction).mayHandle(act.actor, division: visit.division) else {
            throw Problem.notFound("这单预约")
        }
        return visit
    }

    private func lockOwn(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> Visit {
        let visit = try locked(id, in: transaction)
        guard let person = act.actor.person, visit.person == person else { throw Problem.notFound("这单预约") }
        return visit
    }

    private func locked(_ id: Identifier, in transaction: Transaction) throws -> Visit {
        let row = try transaction.row(
            "UPDATE age_friendly_visit SET version = version + 1 WHERE id = ? RETURNING \(VisitSchema.columns)", id)
        guard let row else { throw Problem.notFound("这单预约") }
        return try visit(row)
    }

    private func requireOwn(_ visit: Visit, by act: Act) throws {
        guard act.actor.kind == .system || act.actor.account == visit.assignee else {
            throw Problem(
                409, "age-friendly.not_yours", "这单安排了别人", "这单安排给了别的同事。要由您去，请先改派给自己。")
        }
    }

    private func change(
        _ visit: Visit, to next: Visit.State, assignee: Identifier? = nil, agency: Identifier? = nil,
        details: Visit.Details? = nil, _ event: any Event, by act: Act, in transaction: Transaction
    ) throws -> Visit {
        let row = try transaction.row(
            """
            UPDATE age_friendly_visit SET state = ?, assignee = ?, agency = ?, body = ? WHERE id = ? \(state.returning)
            """, next, assignee ?? visit.assignee, agency ?? visit.agency,
            try seal(details ?? visit.details, of: visit.id, by: act), visit.id)
        guard let row else { throw Problem.notFound("这单预约") }
        let changed = try self.visit(row)
        try tell(event, of: changed, row, by: act, in: transaction)
        return changed
    }

    private static func wrongStep(_ visit: Visit, _ step: String) -> Problem {
        Problem(
            409, "age-friendly.wrong_step", "现在不能\(step)", "这单预约现在是“\(visit.state.chinese)”，不能\(step)。请刷新页面看看最新的情况。")
    }
}
