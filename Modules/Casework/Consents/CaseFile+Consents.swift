import Catalogue
import Extension
import Standards
import Storage

extension CaseFile {
    /// The consent of a role where it was given to what the case says now.
    func consent(of role: String, in plan: Plan) -> Consent? {
        guard let given = consents[role] else { return nil }
        // After the submission nothing is asked any more; a case from before keeps what was recorded then.
        if !isEditable { return given }
        guard let scope = given.scope, ConsentScope(of: role, in: self, plan)?.digest == scope else { return nil }
        return given
    }

    /// Whether a role's consent is there: given by the party, or the applicant itself is the party and applies.
    func hasConsent(of role: String, in plan: Plan) -> Bool {
        consenter(of: role, in: plan) != nil
    }

    /// The roles whose consent is still missing before the case can be submitted.
    func missingConsents(in plan: Plan) -> [String] { plan.consents.filter { !hasConsent(of: $0, in: plan) } }

    /// The register's identifiers of the parties who have consented, by role: their wallets may be looked into.
    func consenters(in plan: Plan) -> [String: Identifier] {
        (plan.consents + plan.invitations).reduce(into: [:]) { $0[$1] = consenter(of: $1, in: plan) }
    }

    private func consenter(of role: String, in plan: Plan) -> Identifier? {
        if let given = consent(of: role, in: plan) { return given.consenter }
        guard let party = plan.parties.first(where: { $0.id == role }), isApplicant(party, in: plan) else {
            return nil
        }
        let isEnterprise = plan.form.flatMap(\.fields).contains {
            $0.id == party.identifierField && $0.kind == .creditCode
        }
        return isEnterprise ? applicant.party : applicant.person
    }

    /// Records a party's consent to what the case says now.
    mutating func consent(to scope: ConsentScope, in context: CaseContext) throws {
        let actor = context.act.actor
        guard let person = actor.person else { throw Problem.signInRequired }
        guard actor.helper == nil else { throw CaseworkError.consentInPerson }
        try requireEditable("确认")
        let consenter = scope.isEnterprise ? actor.party : person
        let isApplicant = consenter == applicant.person || consenter == applicant.party
        if isApplicant, scope.party.mayBeApplicant != true, !context.plan.isPrefilled(scope.party) {
            throw CaseworkError.applicantAsParty(scope.party)
        }
        consents[scope.party.id] = Consent(
            person: person, at: context.act.now, party: scope.isEnterprise ? actor.party : nil,
            mandate: scope.isEnterprise ? actor.mandate : nil, scope: scope.digest)
        lapsedConsents?[scope.party.id] = nil
        refusedConsents?[scope.party.id] = nil
        note(CaseConsentGiven(division: division, caseID: id, role: scope.party.id))
    }

    /// Drops the consents to what the case no longer says; each party must be asked again.
    ///
    /// - Returns: what was dropped, by role.
    mutating func dropLapsedConsents(in plan: Plan, at now: Instant) -> [String: Consent] {
        let lapsed = consents.filter { consent(of: $0.key, in: plan) == nil }
        for role in lapsed.keys.sorted() {
            consents[role] = nil
            lapsedConsents = (lapsedConsents ?? [:]).merging([role: now]) { $1 }
            note(CaseConsentLapsed(division: division, caseID: id, role: role))
        }
        return lapsed
    }

    /// Parties in whose place stands the applicant though the role demands somebody else.
    func applicantsInOtherRoles(in plan: Plan) -> [Finding] {
        plan.parties.filter { party in
            party.mayBeApplicant != true && !plan.isPrefilled(party)
                && isApplicant(party, in: plan, whereAllowed: false)
        }.map { party in
            Finding(
                "form.\(party.identifierField ?? party.nameField)", "party.is_applicant",
                CaseworkError.applicantAsParty(party).message)
        }
    }

    /// Parties who are the same person as another than whom they must be somebody else.
    func repeatedParties(in plan: Plan) -> [Finding] {
        func number(_ party: PartyRole) -> String { party.identifierField.flatMap { form[$0] } ?? "" }
        return plan.parties.compactMap { party in
            let twin = plan.parties.first {
                party.otherThan.contains($0.id) && !number(party).isEmpty && number($0) == number(party)
            }
            return twin.map { twin in
                Finding(
                    "form.\(party.identifierField ?? party.nameField)", "party.repeated",
                    "“\(party.title)”和“\(twin.title)”不能是同一个人，请改正。")
            }
        }
    }

    private func isApplicant(_ party: PartyRole, in plan: Plan, whereAllowed: Bool = true) -> Bool {
        guard !whereAllowed || party.mayBeApplicant == true || plan.isPrefilled(party),
            let field = party.identifierField, let number = form[field], !number.isEmpty
        else { return false }
        return applicantNumbers?.contains(number) == true
    }
}

extension Plan {
    /// Whether the party's number comes from the applicant's identity: then the applicant is the party by design.
    fileprivate func isPrefilled(_ party: PartyRole) -> Bool {
        form.flatMap(\.fields).contains { $0.id == party.identifierField && $0.prefill != nil }
    }
}

extension CaseworkError {
    static func applicantAsParty(_ party: PartyRole) -> CaseworkError {
        CaseworkError(
            .consentRefused, status: 422, "不能是申请人本人", "“\(party.title)”不能是申请人本人，请填写其本人的姓名和号码，由其本人登录确认。")
    }

    static let consentInPerson = CaseworkError(
        .consentRefused, status: 403, "要本人来确认", "同意还是不同意，要由本人决定，别人不能代办。请其本人登录确认，或者到窗口确认。")

    static let consentOutdated = CaseworkError(
        .consentRefused, "内容有变化", "在您打开之后，申请人改过表单，刚才没有确认。请重新看一遍现在的内容，同意的再确认。")

    static func otherName(_ party: PartyRole) -> CaseworkError {
        CaseworkError(
            .consentRefused, status: 422, "姓名（名称）不一致",
            "表单里“\(party.title)”的姓名（名称）和您实名登记的不一致，现在不能确认。请申请人改正后，您再打开确认。")
    }
}
