import PluginKit

extension ProofDesk {
    /// Asks another department for a proof about a person of a case.
    ///
    /// By law the department is asked at once; otherwise the person is, and the department after the consent.
    ///
    /// - Parameter calendar: counts the days for the answer.
    /// - Throws: `Problem` with every finding; 409 for a cancelled proof, one that is asked already, and where no
    ///   department answers; what casework says of a case that is none of the actor's.
    func ask(
        _ input: QueryInput, calendar: WorkingCalendar, by act: Act, in transaction: Transaction
    ) throws -> ProofRequest {
        guard act.actor.holds(Self.query), let post = act.actor.post else { throw Problem.forbidden }
        let proof = try register.proof(input.proof, in: transaction)
        if proof.state == .cancelled {
            throw Problem(
                409, "certificate-free.proof_cancelled", "这种证明已经取消",
                "“\(proof.title)”已经取消，既不能向群众要，也不能向部门要。\(proof.replacement.isEmpty ? "" : "改为\(proof.replacement)。")")
        }
        let file = try sight(input.caseNumber, by: act, in: transaction).file
        let subject = try self.subject(input.role, of: file.id, at: act, in: transaction)
        let findings = findings(of: input, on: act.now.day) + subject.findings
        if !findings.isEmpty { throw Problem.invalid(findings) }
        let answerer = try issuer(of: proof, division: file.division, on: act.now.day, in: transaction)
        if answerer.id == post.agency {
            throw Problem(
                409, "certificate-free.own_agency", "不用核验", "“\(proof.title)”就由本单位开具，请直接在本单位的系统里查。")
        }
        let byLaw = input.ground == .law
        let request = ProofRequest(
            id: act.identifier("proof-request"), division: file.division, way: .query, proof: proof.code,
            caseID: file.id, asker: post.agency, answerer: answerer.id, ground: input.ground ?? .consent,
            state: byLaw ? .open : .awaiting, askedAt: act.now, due: byLaw ? due(from: act.now.day, calendar) : nil,
            readableUntil: byLaw ? nil : input.readableUntil, answeredAt: nil, answer: nil, licence: nil,
            content: .init(
                name: subject.name, idNumber: subject.number, purpose: input.purpose.withoutInvisibles.trimmed,
                legalBasis: byLaw ? input.legalBasis?.withoutInvisibles.trimmed ?? "" : "", note: "",
                caseNumber: file.number ?? ""))
        try refuseRepetition(of: request, in: transaction)
        let row = try store.insert(request, by: act, in: transaction)
        try tell(
            ProofQueried(
                request: request.id, proof: proof.code, caseID: file.id, asker: post.agency, answerer: answerer.id,
                ground: request.ground.rawValue), request, row, isNew: true, by: act, in: transaction)
        return request
    }

    /// What is wrong with a query but for the case and whom it is about.
    private func findings(of input: QueryInput, on day: LegalDay) -> [Finding] {
        var findings: [Finding] = []
        func find(_ field: String, _ message: String) { findings.append(Finding(field, "field.required", message)) }
        let purpose = input.purpose.withoutInvisibles.trimmed
        if !(2...200).contains(purpose.count) { find("purpose", "请写明核验用来办什么，2 到 200 个字。") }
        switch input.ground {
        case .law:
            let basis = (input.legalBasis ?? "").withoutInvisibles.trimmed
            if !(4...300).contains(basis.count) { find("legal_basis", "依法定职权核验的，请写明依据的法律法规和条款，4 到 300 个字。") }
        case .consent:
            guard let until = input.readableUntil else {
                find("readable_until", "凭本人同意核验的，请写明答复看到哪天为止。")
                break
            }
            if until < day || until > day.adding(days: 365) { find("readable_until", "请写今天起一年以内的日期。") }
        case .own, nil: find("ground", "没有依据不能核验：请选本人同意或者法定职权。")
        }
        return findings
    }

    /// The case by its number, for who handles it.
    ///
    /// - Throws: `Problem` 422 for a number that is none of the actor's.
    func sight(_ number: String, by act: Act, in snapshot: Snapshot) throws -> CaseSight {
        do {
            return try casework.sight(number: number.halfWidth.trimmed.uppercased(), by: act, in: snapshot)
        } catch let error as CaseworkError where error.code == .notFound {
            throw Problem.invalid([
                Finding("case_number", "case.unknown", "没有编号为“\(number)”、由您办理的件，请核对办件编号。")
            ])
        }
    }

    /// The person in a role of a case as the form has it.
    private func subject(
        _ role: String, of caseID: Identifier, at act: Act, in snapshot: Snapshot
    ) throws -> (name: String, number: String, findings: [Finding]) {
        let system = Act(actor: .system("certificate-free"), now: act.now, seed: act.seed)
        let sight = try casework.sight(of: caseID, by: system, in: snapshot)
        guard let party = CaseParties(sight).parties.first(where: { $0.role == role }) else {
            return ("", "", [Finding("role", "role.unknown", "这件事里没有这个当事人，请重新选择。")])
        }
        guard (try? ResidentID(party.number, today: act.now.day)) != nil else {
            return ("", "", [Finding("role", "role.no_number", "\(party.title)在这件事里没有填身份证号码，不能核验。")])
        }
        return (party.name, party.number, [])
    }

    private func refuseRepetition(of request: ProofRequest, in snapshot: Snapshot) throws {
        let pending = [ProofRequest.State.awaiting, .open].map { SQLValue.text($0.rawValue) }
        let known = try store.requests(
            "subject = ? AND proof = ? AND way = ? AND state IN (?, ?)", order: "id", limit: 20,
            arguments: [
                .blob(store.subject(request.content.idNumber)), .text(request.proof), .text(request.way.rawValue),
            ] + pending, in: snapshot)
        let isPending = known.contains {
            $0.caseID == request.caseID && $0.asker == request.asker && !$0.hasLapsed(on: request.askedAt.day)
        }
        guard isPending else { return }
        throw Problem(
            409, "certificate-free.asked_already", "已经在办", "同一件事里，这个人的这种证明正在核验，请等答复。")
    }
}

/// The natural persons of a case, as its form has them.
struct CaseParties {
    /// One of them.
    struct Party {
        /// `applicant`, or the role that the theme gives it.
        let role: String
        let title: String
        let name: String
        let number: String
    }

    let parties: [Party]

    init(_ sight: CaseSight) {
        let (theme, file) = (sight.theme, sight.file)
        let fields = theme.form.flatMap(\.fields)
        func known(_ key: PrefillKey) -> String {
            fields.lazy.filter { $0.prefill == key.rawValue }.compactMap { file.form[$0.id] }.first ?? ""
        }
        let applicant = Party(
            role: MaterialSlot.Source.applicant, title: "申请人", name: known(.applicantName),
            number: known(.applicantIDNumber))
        let others = theme.parties.compactMap { party -> Party? in
            guard let field = party.identifierField, let name = file.form[party.nameField], !name.isEmpty else {
                return nil
            }
            return Party(role: party.id, title: party.title, name: name, number: file.form[field] ?? "")
        }
        parties = [applicant] + others
    }
}
