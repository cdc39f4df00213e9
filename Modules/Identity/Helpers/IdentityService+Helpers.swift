public import Extension
import Standards
public import Storage

/// Acting for another person (代办).
extension IdentityService {
    /// Lets somebody act in the acting person's name. At a window a member of staff does it for the person there.
    ///
    /// - Parameters:
    ///   - helper: who; must be registered under that name and number.
    ///   - offer: for what and how long.
    /// - Throws: ``IdentityError`` with all findings; ``Problem/forbidden`` for who acts for another.
    @discardableResult
    public func grantHelp(
        to helper: NamedHelper, _ offer: HelperOffer, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        let principal = try ownPerson(act)
        var findings = offer.findings(on: act.now.day)
        let number = helper.idNumber.asCode
        let name = try? PersonName(helper.name)
        let found = try (try? ResidentID(number)).flatMap { resident in
            try person(withDocument: .residentID, number: resident.text, in: transaction)
        }
        let fits = try found.map { try record(ofPerson: $0, in: transaction).name == name } ?? false
        if !fits {
            // One answer for both, so that nobody learns who is registered.
            findings.append(
                Finding("id_number", "identity.helper_unknown", "没有找到这个姓名和身份证号的注册用户。请核对；对方还没有注册的，请先注册，或者用授权码。"))
        }
        if found == principal { findings.append(Finding("id_number", "identity.helper_self", "不用给自己授权。")) }
        guard let found, fits, findings.isEmpty else { throw IdentityError.invalid(findings) }
        return try grant(
            from: principal, to: found, offer, basis: act.actor.assistant == nil ? .online : .window, by: act,
            in: transaction)
    }

    /// Makes a code by which whoever enters it becomes a helper of the acting person; an earlier one is void.
    ///
    /// - Throws: ``IdentityError`` with all findings; ``Problem/forbidden`` for who acts for another.
    public func makeHelperCode(_ offer: HelperOffer, by act: Act, in transaction: Transaction) throws -> HelperCode {
        let principal = try ownPerson(act)
        let findings = offer.findings(on: act.now.day)
        guard findings.isEmpty, let relation = offer.relation, let until = offer.validUntil else {
            throw IdentityError.invalid(findings)
        }
        let code = HelperCode(bytes: act.seed.bytes("identity.helper_code", count: 8))
        try transaction.execute(
            "DELETE FROM identity_helper_code WHERE principal = ? OR expires_at < ?", principal, act.now)
        try transaction.execute(
            """
            INSERT INTO identity_helper_code (digest, principal, relation, scope, valid_until, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """, codeDigest(code), principal, relation, HelperScope.text(offer.scope), until,
            act.now.adding(HelperCode.lifetime))
        try tell(HelperCodeMade(principal: principal), about: "person", principal, by: act, in: transaction)
        return code
    }

    /// Accepts a grant by the code that the other person made; the code serves once.
    ///
    /// - Throws: ``IdentityError`` with `identity.helper_code` for a code that doesn't fit or has run out.
    @discardableResult
    public func acceptHelperCode(_ typed: String, by act: Act, in transaction: Transaction) throws -> Identifier {
        guard act.actor.actsInPerson, let helper = act.actor.person else { throw Problem.forbidden }
        guard let code = HelperCode(typed),
            let row = try transaction.row(
                """
                DELETE FROM identity_helper_code WHERE digest = ? AND expires_at > ?
                RETURNING principal, relation, scope, valid_until
                """, codeDigest(code), act.now)
        else { throw IdentityError.helperCode }
        let principal: Identifier = try row.get("principal")
        guard principal != helper else { throw IdentityError.helperCode }
        var offer = HelperOffer()
        offer.relation = try row.get("relation")
        offer.scope = try HelperScope.read(try row.get("scope"))
        offer.validUntil = try row.get("valid_until")
        return try grant(from: principal, to: helper, offer, basis: .code, by: act, in: transaction)
    }

    /// Takes a grant back, or lays it down; sessions that act by it end.
    ///
    /// - Throws: ``IdentityError`` with `identity.mandate_unknown` for one that is not in force or not the actor's.
    public func revokeHelp(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        guard act.actor.kind == .person, act.actor.helper == nil, let person = act.actor.person else {
            throw Problem.forbidden
        }
        let row = try transaction.row(
            """
            UPDATE identity_helper SET revoked_at = ?
            WHERE id = ? AND (principal = ? OR helper = ?) AND revoked_at IS NULL \(states.helper.returning)
            """, act.now, id, person, person)
        guard let row else { throw IdentityError.mandateUnknown }
        try endSessions("mandate = ?", [id.sql], by: act, in: transaction)
        try tell(
            HelpRevoked(grant: id), about: "helper", id, state: try states.helper.digest(of: row), by: act,
            in: transaction)
    }

    /// Writes a grant; one to the same helper with the same scope that is in force already is taken back.
    func grant(
        from principal: Identifier, to helper: Identifier, _ offer: HelperOffer, basis: HelperGrant.Basis,
        evidence: Identifier? = nil, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        guard let relation = offer.relation, let until = offer.validUntil else { throw IdentityError.mandateUnknown }
        let scope = HelperScope.text(offer.scope)
        for old in try grants(
            "principal = ? AND helper = ? AND revoked_at IS NULL", [principal.sql, helper.sql], in: transaction)
        where HelperScope.text(old.scope) == scope {
            let row = try transaction.row(
                "UPDATE identity_helper SET revoked_at = ? WHERE id = ? \(states.helper.returning)", act.now, old.id)
            try endSessions("mandate = ?", [old.id.sql], by: act, in: transaction)
            try tell(
                HelpRevoked(grant: old.id), about: "helper", old.id,
                state: try row.map { try states.helper.digest(of: $0) }, by: act, in: transaction)
        }
        let id = act.identifier("identity.helper.\(principal).\(helper).\(scope)")
        let row = try transaction.row(
            """
            INSERT INTO identity_helper (\(HelperGrant.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
            \(states.helper.returning)
            """, id, principal, helper, relation, basis, evidence, scope, act.now.day, until)
        try tell(
            HelpGranted(
                grant: id, principal: principal, helper: helper, relation: relation, basis: basis,
                scope: offer.scope.sorted(), evidence: evidence), about: "helper", id,
            state: try row.map { try states.helper.digest(of: $0) }, by: act, in: transaction)
        return id
    }

    /// A grant, ended ones included.
    func helperGrant(_ id: Identifier, in view: Snapshot) throws -> HelperGrant? {
        try grants("id = ?", [id.sql], in: view).first
    }

    /// The grants by which a person may act for others at an instant, the newest first.
    func grants(toHelper person: Identifier, at instant: Instant, in view: Snapshot) throws -> [HelperGrant] {
        try grants("helper = ?", [person.sql], in: view).filter { $0.isInForce(at: instant) }
    }

    /// The grants that a person gave and that are in force at an instant, the newest first.
    func grants(ofPrincipal person: Identifier, at instant: Instant, in view: Snapshot) throws -> [HelperGrant] {
        try grants("principal = ?", [person.sql], in: view).filter { $0.isInForce(at: instant) }
    }

    private func grants(_ condition: String, _ arguments: [SQLValue], in view: Snapshot) throws -> [HelperGrant] {
        try view.rows(
            "SELECT \(HelperGrant.columns) FROM identity_helper WHERE \(condition) ORDER BY id DESC LIMIT 200",
            arguments: arguments
        ).map(HelperGrant.init)
    }

    /// The person who acts in its own name, itself or at a window.
    private func ownPerson(_ act: Act) throws -> Identifier {
        guard act.actor.kind == .person, act.actor.helper == nil, let person = act.actor.person,
            act.actor.party == person
        else { throw Problem.forbidden }
        return person
    }

    private func codeDigest(_ code: HelperCode) -> [UInt8] {
        cipher.blindIndex(code.text, purpose: "identity.helper_code")
    }
}
