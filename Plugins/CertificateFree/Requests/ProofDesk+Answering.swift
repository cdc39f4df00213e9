import PluginKit

extension ProofDesk {
    /// Answers a request of one's own agency; what a person had issued and is confirmed goes into its wallet.
    ///
    /// - Throws: `Problem` with every finding; 403 for whom the agency is not its own, and for whom it is about.
    func answer(
        _ id: Identifier, _ answer: ProofRequest.Answer?, note: String, by act: Act, in transaction: Transaction
    ) throws -> ProofRequest {
        let found = try store.request(id, in: transaction)
        guard act.actor.holds(Self.answer), let post = act.actor.post, found.answerer == post.agency else {
            throw isStaffOf(found, act) ? Problem.forbidden : Problem.noRequest
        }
        try refuseOwn(found, act, in: transaction)
        guard found.state == .open else { throw Problem.requestState(found.state) }
        if found.hasLapsed(on: act.now.day) {
            throw Problem(
                409, "certificate-free.consent_lapsed", "同意已经到期",
                "本人只同意看到\(found.readableUntil?.chinese ?? "")，现在已经过了，不用再答复。")
        }
        let note = note.withoutInvisibles.trimmed
        var findings: [Finding] = []
        if answer == nil { findings.append(Finding("answer", "field.required", "请选择符合、不符合或者查无。")) }
        if let answer, answer != .confirmed, note.count < 2 {
            findings.append(Finding("note", "field.required", "“\(answer.rawValue)”请写明情况，不少于 2 个字。"))
        }
        if note.count > 500 { findings.append(Finding("note", "field.too_long", "说明最多 500 个字。")) }
        let proof = try register.proof(found.proof, in: transaction)
        if found.ground == .own, answer == .confirmed, proof.state != .kept {
            findings.append(
                Finding(
                    "answer", "certificate-free.proof_cancelled",
                    "“\(proof.title)”已经\(proof.state.rawValue)，不再开具。请选“查无”，并写明不用开了。"))
        }
        guard let answer, findings.isEmpty else { throw Problem.invalid(findings) }
        let licence =
            found.ground == .own && answer == .confirmed
            ? try issue(found, note: note, by: act, in: transaction) : nil
        let changed = found.changed(state: .answered, answeredAt: act.now, answer: answer, licence: licence, note: note)
        let row = try store.update(changed, was: found.state, by: act, in: transaction)
        if found.way == .query {
            try tally.add([.init(kind: .query, key: answer.rawValue): 1], on: act.now.day, in: transaction)
        } else if licence != nil {
            try tally.add([.init(kind: .issued, key: found.way.rawValue): 1], on: act.now.day, in: transaction)
        }
        try tell(
            ProofAnswered(
                request: id, answer: answer.rawValue, isLate: found.isOverdue(on: act.now.day), licence: licence),
            changed, row, by: act, in: transaction)
        return changed
    }

    /// The proof as a signed licence in the person's wallet.
    private func issue(
        _ request: ProofRequest, note: String, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        let proof = try register.proof(request.proof, in: transaction)
        let places = try organisation.snapshot(in: transaction)
        guard let agency = places.agencies[request.answerer] else { throw Problem.noRequest }
        let day = act.now.day
        let content = [("用途", request.content.purpose), ("证明内容", note)].filter { !$0.1.isEmpty }
        let holder = try identity.person(number: request.content.idNumber, in: transaction)
        return try licences.issue(
            LicenceDraft(
                type: proof.title,
                holders: [
                    LicenceHolder(party: holder, name: request.content.name, idNumber: request.content.idNumber)
                ],
                issuer: LicenceIssuer(
                    agency: agency.id, name: agency.name(on: day),
                    creditCode: try agency.creditCode.map { try CreditCode(legacy: $0) }),
                origin: .here, validUntil: day.adding(days: settings.validDays),
                fields: content.map { LicenceField($0.0, $0.1) }, division: request.division), by: act, in: transaction
        ).id
    }

    /// Which requests a member of staff sees.
    enum Box: String, Sendable, CaseIterable {
        /// Those that its agency answers.
        case incoming
        /// Those that its agency asked.
        case outgoing
    }

    /// The requests of one's own agency, those first that were asked first.
    func requests(
        _ box: Box, state: ProofRequest.State?, after cursor: Identifier? = nil, limit: Int, by act: Act
    ) async throws -> [ProofRequest] {
        guard let post = act.actor.post, act.actor.holds(box == .incoming ? Self.answer : Self.query) else {
            throw Problem.forbidden
        }
        let column = box == .incoming ? "answerer" : "asker"
        let states = (state.map { [$0] } ?? ProofRequest.State.allCases).filter {
            box == .outgoing || $0.isForAnswerer
        }
        if states.isEmpty { return [] }
        let marks = states.map { _ in "?" }.joined(separator: ", ")
        return try await database.read { [store] snapshot in
            try store.requests(
                "\(column) = ? AND (? = '' OR id > ?) AND state IN (\(marks))", order: "id", limit: limit,
                arguments: [
                    .text(post.agency.text), .text(cursor?.text ?? ""), .text(cursor?.text ?? ""),
                ] + states.map { .text($0.rawValue) }, in: snapshot)
        }
    }

    /// The requests whose last day has passed, the oldest first, for who watches all departments.
    func overdue(on day: LegalDay, limit: Int, in snapshot: Snapshot) throws -> [ProofRequest] {
        try store.requests(
            "state = ? AND due < ?", order: "due, id", limit: limit,
            arguments: [.text(ProofRequest.State.open.rawValue), day.sql], in: snapshot)
    }

    /// One request as a member of staff of one of both agencies sees it; that it was opened is recorded.
    func open(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> ProofRequest {
        let found = try store.request(id, in: transaction)
        guard isStaffOf(found, act) else { throw Problem.noRequest }
        try tell(ProofRequestViewed(request: id, agency: act.actor.post?.agency), found, nil, by: act, in: transaction)
        return found
    }

    private func isStaffOf(_ request: ProofRequest, _ act: Act) -> Bool {
        guard let agency = act.actor.post?.agency else { return false }
        // Before the consent, and after it was taken back, the department knows nothing of the person.
        return (agency == request.answerer && act.actor.holds(Self.answer) && request.state.isForAnswerer)
            || (agency == request.asker && act.actor.holds(Self.query))
    }

    /// Nobody answers about oneself (回避).
    private func refuseOwn(_ request: ProofRequest, _ act: Act, in snapshot: Snapshot) throws {
        guard let person = act.actor.person,
            try identity.person(number: request.content.idNumber, in: snapshot) == person
        else { return }
        throw Problem(403, "certificate-free.own_matter", "应当回避", "这是关于您本人的证明，按回避规定请由其他同事答复。")
    }
}

extension IdentityService {
    /// Who is registered with a number, of whatever document.
    func person(number: String, in snapshot: Snapshot) throws -> Identifier? {
        for kind in DocumentKind.allCases {
            if let found = try person(withDocument: kind, number: number, in: snapshot) { return found }
        }
        return nil
    }
}
