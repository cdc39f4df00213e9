public import Extension
import Standards
import Storage

/// Whom a member of staff is to work the system for, as the card says.
public struct AssistedPerson: Sendable, Hashable {
    public var name: String
    public var idNumber: String
    /// What is given takes the place of what was recorded.
    public var mobile: String?
    public var address: String?
    /// Whether the original of the identity card was held against the person.
    public var isCardChecked: Bool
    /// Whether the name on the card takes the place of one that was recorded wrongly at a window.
    public var replacesName: Bool
    /// The enterprise for which the person came; nil for the person itself.
    public var enterprise: AssistedEnterprise?

    public init(
        name: String, idNumber: String, mobile: String? = nil, address: String? = nil, isCardChecked: Bool,
        replacesName: Bool = false, enterprise: AssistedEnterprise? = nil
    ) {
        self.name = name
        self.idNumber = idNumber
        self.mobile = mobile
        self.address = address
        self.isCardChecked = isCardChecked
        self.replacesName = replacesName
        self.enterprise = enterprise
    }
}

extension IdentityService {
    /// Lets a member of staff's session act for somebody at a window (窗口代录). The session gets a new token.
    ///
    /// Whoever has the number already is that person, with its account if it has one; others are registered without an
    /// account, so that what is filed joins the account when one is opened with that number.
    ///
    /// - Throws: ``IdentityError`` with all findings; `profile_denied` without the right.
    public func beginAssistance(for person: AssistedPerson, by act: Act) async throws -> SignedIn {
        guard let session = act.actor.session, act.actor.kind == .staff else { throw IdentityError.sessionEnded }
        let signedIn = try await writing(about: session, by: act) { transaction in
            guard act.actor.holds(Self.assist) else { throw IdentityError.profileDenied }
            let (id, mandate) = try parties(of: person, by: act, in: transaction)
            try transaction.execute(
                "UPDATE identity_session SET assisted = ?, party = ?, mandate = ? WHERE id = ?", id,
                mandate?.enterprise, mandate?.id, session)
            try tell(
                AssistanceBegun(
                    session: session, person: id, account: act.actor.account ?? id, isCardChecked: person.isCardChecked),
                about: "person", id, by: act, in: transaction)
            return try renewToken(of: session, by: act, in: transaction)
        }
        sessions.forget(ids: [session])
        return signedIn
    }

    /// Ends it: the session is the member of staff's own again, with a new token.
    public func endAssistance(by act: Act) async throws -> SignedIn {
        guard let session = act.actor.session, act.actor.assistant != nil, let person = act.actor.person else {
            throw IdentityError.sessionEnded
        }
        let signedIn = try await database.write { [self] transaction in
            try transaction.execute(
                "UPDATE identity_session SET assisted = NULL, party = NULL, mandate = NULL WHERE id = ?", session)
            try tell(
                AssistanceEnded(session: session, person: person), about: "person", person, by: act, in: transaction)
            return try renewToken(of: session, by: act, in: transaction)
        }
        sessions.forget(ids: [session])
        return signedIn
    }

    /// The person, and the mandate by which it acts for an enterprise; all that is wrong with either is told at once.
    private func parties(
        of person: AssistedPerson, by act: Act, in transaction: Transaction
    ) throws -> (person: Identifier, mandate: Mandate?) {
        var findings: [Finding] = []
        let id = try FieldChecks.gather(&findings) { try assisted(person, by: act, in: transaction) }
        guard let enterprise = person.enterprise else {
            guard let id else { throw IdentityError.invalid(findings) }
            return (id, nil)
        }
        let organisation = try FieldChecks.gather(&findings) {
            try witness(enterprise, presentedBy: try? PersonName(person.name), by: act, in: transaction)
        }
        guard let id, let organisation, let basis = enterprise.basis else { throw IdentityError.invalid(findings) }
        let mandate = try windowMandate(of: id, for: organisation, on: basis, by: act, in: transaction)
        return (id, try self.mandate(mandate, in: transaction))
    }

    /// The registered person with that number, registered now when there is none.
    private func assisted(
        _ person: AssistedPerson, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        var findings: [Finding] = []
        let read = try FieldChecks.gather(&findings) {
            try PersonProfile(
                name: person.name, idNumber: person.idNumber,
                mobile: person.mobile.flatMap { $0.isEmpty ? nil : $0 },
                address: person.address.flatMap { $0.isEmpty ? nil : $0 }, today: act.now.day)
        }
        if !person.isCardChecked {
            findings.append(Finding("checked", "identity.card_unchecked", "请先核对身份证原件和本人，再勾选。"))
        }
        guard let profile = read, findings.isEmpty else { throw IdentityError.invalid(findings) }
        guard let known = try self.person(withDocument: .residentID, number: profile.idNumber, in: transaction) else {
            return try addPerson(profile, by: act, in: transaction)
        }
        guard try record(ofPerson: known, in: transaction).name == profile.name else {
            // Who never had an account was typed in at a window; a slip of that hand is put right by the card.
            let hasAccount = try transaction.row("SELECT 1 FROM identity_account WHERE person = ?", known) != nil
            guard person.replacesName, !hasAccount else {
                throw IdentityError.invalid([
                    Finding(
                        hasAccount ? "name" : "replace", hasAccount ? "identity.other_name" : "identity.name_differs",
                        hasAccount
                            ? "这个身份证号已经登记，姓名不是“\(profile.name.text)”。请核对身份证；确实改过名的，请系统管理员先更正登记。"
                            : "这个身份证号在窗口登记过，登记的姓名不是“\(profile.name.text)”。请再核对身份证：登记错了的，勾选“按身份证更正姓名”；输错了的，改正姓名。")
                ])
            }
            var corrected = try record(ofPerson: known, in: transaction)
            corrected.name = profile.name
            corrected.mobile = profile.mobile ?? corrected.mobile
            corrected.address = profile.address ?? corrected.address
            try replace(known, by: corrected, act, in: transaction)
            return known
        }
        // With the card on the counter, what the person says anew takes the place of what was recorded.
        var current = try record(ofPerson: known, in: transaction)
        let before = current
        current.mobile = profile.mobile ?? current.mobile
        current.address = profile.address ?? current.address
        if current != before { try replace(known, by: current, act, in: transaction) }
        return known
    }
}
