import PluginKit

/// What the person itself does: consents, takes consent back, has a proof issued.
extension ProofDesk {
    /// Agrees that a department answers, or doesn't (R14.15).
    func consent(
        _ id: Identifier, agrees: Bool, calendar: WorkingCalendar, by act: Act, in transaction: Transaction
    ) throws -> ProofRequest {
        let found = try own(id, by: act, in: transaction)
        guard found.state == .awaiting, let until = found.readableUntil else {
            throw Problem.requestState(found.state)
        }
        if agrees, until < act.now.day {
            throw Problem(
                409, "certificate-free.consent_too_late", "已经过期", "对方要求的期限\(until.chinese)已经过了，不用再同意。需要的话，对方会重新发起。")
        }
        let changed =
            agrees
            ? found.changed(state: .open, due: due(from: act.now.day, calendar)) : found.changed(state: .declined)
        let event: any Event =
            agrees
            ? ProofConsentGiven(request: id, readableUntil: until) : ProofConsentDeclined(request: id)
        let row = try store.update(changed, was: found.state, by: act, in: transaction)
        try tell(event, changed, row, by: act, in: transaction)
        return changed
    }

    /// Takes consent back: what is not answered is answered no more, and an answer is shown to the asker no more.
    func withdraw(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> ProofRequest {
        let found = try own(id, by: act, in: transaction)
        guard found.ground == .consent, found.state == .open || found.state == .answered else {
            throw Problem.requestState(found.state)
        }
        let changed = found.changed(state: .withdrawn)
        let row = try store.update(changed, was: found.state, by: act, in: transaction)
        try tell(
            ProofConsentWithdrawn(request: id, wasAnswered: found.state == .answered), changed, row, by: act,
            in: transaction)
        return changed
    }

    /// Asks to have a proof issued (开具证明, R14.7).
    ///
    /// - Parameter division: whose department answers; the deployment's where the person has no other in mind.
    /// - Throws: `Problem` with every finding; 409 for a proof that isn't issued in this way, or is under way already.
    func apply(
        _ input: ApplicationInput, calendar: WorkingCalendar, by act: Act, in transaction: Transaction
    ) throws -> ProofRequest {
        let person = try self.person(act)
        let proof = try register.proof(input.proof, in: transaction)
        let way: ProofRequest.Way = act.actor.assistant != nil ? .window : input.channel == .phone ? .phone : .online
        guard proof.state == .kept, let channel = way.channel, proof.channels.contains(channel) else {
            let remedy =
                switch proof.state {
                case .cancelled, .replaced: "“\(proof.title)”已\(proof.state.rawValue)，谁也不能要，不用开。"
                case .kept where proof.channels.isEmpty: "“\(proof.title)”请直接到\(proof.issuer)办理。"
                case .kept: "“\(proof.title)”只能在\(proof.channelText)开具。"
                }
            throw Problem(409, "certificate-free.channel_closed", "不能这样开具", remedy)
        }
        let purpose = input.purpose.withoutInvisibles.trimmed
        if !(2...200).contains(purpose.count) {
            throw Problem.invalid([Finding("purpose", "field.required", "请写明开了用来办什么，2 到 200 个字。")])
        }
        let profile = try identity.profile(of: person, by: act, in: transaction)
        let pending = try store.requests(
            "subject = ? AND proof = ? AND state = ? AND ground = ?", order: "id", limit: 1,
            arguments: [
                .blob(store.subject(profile.idNumber)), .text(proof.code), .text(ProofRequest.State.open.rawValue),
                .text(ProofRequest.Ground.own.rawValue),
            ], in: transaction)
        if !pending.isEmpty {
            throw Problem(409, "certificate-free.asked_already", "已经在办", "您申请的“\(proof.title)”正在办理，请等答复。")
        }
        let day = act.now.day
        let answerer = try issuer(of: proof, division: register.division, on: day, in: transaction)
        let request = ProofRequest(
            id: act.identifier("proof-request"), division: register.division, way: way, proof: proof.code, caseID: nil,
            asker: nil, answerer: answerer.id, ground: .own, state: .open, askedAt: act.now,
            due: due(from: day, calendar),
            readableUntil: nil, answeredAt: nil, answer: nil, licence: nil,
            content: .init(
                name: profile.name.text, idNumber: profile.idNumber, purpose: purpose, legalBasis: "", note: "",
                caseNumber: ""))
        let row = try store.insert(request, by: act, in: transaction)
        try tell(
            ProofApplied(request: request.id, proof: proof.code, answerer: answerer.id, way: way.rawValue), request,
            row, isNew: true, by: act, in: transaction)
        return request
    }

    /// Everything that concerns the acting person, newest first: who asked what for which purpose by which right, and
    /// what it had issued.
    func mine(after cursor: Identifier? = nil, limit: Int, by act: Act) async throws -> [ProofRequest] {
        let person = try self.person(act)
        guard act.actor.actsInPerson else { throw Problem.forbidden }
        let number = try await identity.profile(of: person, by: act).idNumber
        return try await database.read { [store] snapshot in
            try store.requests(
                "subject = ? AND (? = '' OR id < ?)", order: "id DESC", limit: limit,
                arguments: [
                    .blob(store.subject(number)), .text(cursor?.text ?? ""), .text(cursor?.text ?? ""),
                ], in: snapshot)
        }
    }

    /// A request that concerns the acting person.
    private func own(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> ProofRequest {
        // Nobody agrees, or takes back, in another's stead.
        guard act.actor.actsInPerson else { throw Problem.forbidden }
        let number = try identity.profile(of: try person(act), by: act, in: transaction).idNumber
        let found = try store.request(id, in: transaction)
        guard store.subject(found.content.idNumber) == store.subject(number) else { throw Problem.noRequest }
        return found
    }

    /// The acting person, for itself.
    private func person(_ act: Act) throws -> Identifier {
        guard act.actor.kind == .person, let person = act.actor.person else {
            throw act.actor.kind == .anonymous ? Problem.signInRequired : Problem.forbidden
        }
        guard act.actor.party == person else {
            throw Problem(409, "certificate-free.for_oneself", "请先切换为本人", "证明是本人的事，您现在代企业办理。请先切换为本人。")
        }
        return person
    }
}
