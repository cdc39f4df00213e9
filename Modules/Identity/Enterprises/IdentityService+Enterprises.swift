public import Extension
public import Standards
public import Storage

extension IdentityService {
    /// Registers an enterprise.
    ///
    /// - Returns: its identifier.
    /// - Throws: ``IdentityError`` with code `identity.enterprise_exists` when the credit code is registered.
    @discardableResult
    public func addEnterprise(_ profile: EnterpriseProfile, by act: Act, in transaction: Transaction) throws
        -> Identifier
    {
        let id = act.identifier("identity.enterprise.\(profile.creditCode.text)")
        let row = try transaction.row(
            """
            INSERT INTO identity_enterprise (id, code_digest, profile, version, created_at) VALUES (?, ?, ?, 1, ?)
            ON CONFLICT (code_digest) DO NOTHING \(states.enterprise.returning)
            """, id, codeDigest(profile.creditCode), try seal(profile, .enterpriseProfile, id, act), act.now)
        guard let row else { throw IdentityError.enterpriseExists }
        try tell(
            EnterpriseRegistered(enterprise: id), about: "enterprise", id,
            state: try states.enterprise.digest(of: row), by: act, in: transaction)
        return id
    }

    /// Finds an enterprise by its unified social credit code.
    public func enterprise(withCreditCode code: CreditCode, in view: Snapshot) throws -> Identifier? {
        try view.row("SELECT id FROM identity_enterprise WHERE code_digest = ?", codeDigest(code))?.get("id")
    }

    /// Lets a person act for an enterprise.
    ///
    /// - Parameters:
    ///   - person: the agent.
    ///   - enterprise: for whom.
    ///   - scope: the themes and items that the mandate covers; empty for all.
    ///   - until: the last day; nil for no end.
    /// - Returns: the mandate's identifier.
    /// - Throws: ``IdentityError`` when one of them is not registered.
    @discardableResult
    public func addAgent(
        _ person: Identifier, for enterprise: Identifier, scope: Set<String> = [], until: LegalDay? = nil, by act: Act,
        in transaction: Transaction
    ) throws -> Identifier {
        guard try transaction.row("SELECT id FROM identity_person WHERE id = ?", person) != nil else {
            throw IdentityError.personUnknown
        }
        guard try transaction.row("SELECT id FROM identity_enterprise WHERE id = ?", enterprise) != nil else {
            throw IdentityError.enterpriseUnknown
        }
        let names = scope.sorted()
        let id = act.identifier("identity.mandate.\(enterprise).\(person).\(names.joined(separator: ","))")
        let row = try transaction.row(
            """
            INSERT INTO identity_mandate (id, enterprise, person, scope, valid_from, valid_until, revoked_at)
            VALUES (?, ?, ?, ?, ?, ?, NULL) \(states.mandate.returning)
            """, id, enterprise, person, JSONValue.array(names.map(JSONValue.string)).canonical, act.now.day, until)
        try tell(
            MandateGranted(mandate: id, enterprise: enterprise, person: person, scope: names), about: "mandate", id,
            state: try row.map { try states.mandate.digest(of: $0) }, by: act, in: transaction)
        return id
    }

    /// Takes a mandate back; sessions that act by it end.
    ///
    /// - Throws: ``IdentityError`` when there is no such mandate in force.
    public func revokeAgent(_ mandate: Identifier, by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            UPDATE identity_mandate SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL \(states.mandate.returning)
            """, act.now, mandate)
        guard let row else { throw IdentityError.mandateUnknown }
        try endSessions("mandate = ?", [mandate.sql], by: act, in: transaction)
        try tell(
            MandateRevoked(mandate: mandate), about: "mandate", mandate, state: try states.mandate.digest(of: row),
            by: act, in: transaction)
    }

    /// The mandates by which a person may act at an instant, those for everything first.
    public func mandates(of person: Identifier, at instant: Instant, in view: Snapshot) throws -> [Mandate] {
        try view.rows("SELECT \(Mandate.columns) FROM identity_mandate WHERE person = ? ORDER BY id", person)
            .map { try Mandate($0) }
            .filter { $0.isInForce(at: instant) }
            .sorted { ($0.scope.isEmpty ? 0 : 1, $0.id) < ($1.scope.isEmpty ? 0 : 1, $1.id) }
    }

    /// The mandates by which persons may act for an enterprise at an instant, those for everything first.
    public func agents(of enterprise: Identifier, at instant: Instant, in view: Snapshot) throws -> [Mandate] {
        try view.rows("SELECT \(Mandate.columns) FROM identity_mandate WHERE enterprise = ? ORDER BY id", enterprise)
            .map { try Mandate($0) }
            .filter { $0.isInForce(at: instant) }
            .sorted { ($0.scope.isEmpty ? 0 : 1, $0.id) < ($1.scope.isEmpty ? 0 : 1, $1.id) }
    }

    /// Makes sure that a person acts for itself, or by a mandate or grant that is in force and covers what is to be done.
    ///
    /// - Parameters:
    ///   - actor: who acts.
    ///   - names: the theme, and items of it, one of which the mandate must name.
    /// - Throws: ``IdentityError`` with code `identity.mandate_ended` or `identity.outside_mandate`.
    public func requireMandate(of actor: Actor, covering names: String..., at instant: Instant, in view: Snapshot)
        throws
    {
        if let helper = actor.helper {
            guard let grant = try helperGrant(helper.grant, in: view), grant.isInForce(at: instant) else {
                throw IdentityError.mandateEnded
            }
            guard names.contains(where: helper.covers) else { throw IdentityError.outsideMandate }
            return
        }
        guard let party = actor.party, party != actor.person else { return }
        guard let id = actor.mandate, let mandate = try self.mandate(id, in: view), mandate.person == actor.person,
            mandate.enterprise == party, mandate.isInForce(at: instant)
        else { throw IdentityError.mandateEnded }
        guard mandate.scope.isEmpty || !mandate.scope.isDisjoint(with: names) else {
            throw IdentityError.outsideMandate
        }
    }

    /// A mandate, ended ones included.
    public func mandate(_ id: Identifier, in view: Snapshot) throws -> Mandate? {
        try view.row("SELECT \(Mandate.columns) FROM identity_mandate WHERE id = ?", id).map { try Mandate($0) }
    }

    /// The unified social credit code of an enterprise; nil for none. Credit codes are public.
    public func creditCode(ofEnterprise id: Identifier, in view: Snapshot) throws -> CreditCode? {
        guard try view.row("SELECT id FROM identity_enterprise WHERE id = ?", id) != nil else { return nil }
        return try record(ofEnterprise: id, in: view).creditCode
    }

    /// The name by which an enterprise is registered.
    public func registeredName(ofEnterprise id: Identifier, in view: Snapshot) throws -> String {
        try record(ofEnterprise: id, in: view).name
    }

    /// Opens an enterprise's record without asking who wants it.
    func record(ofEnterprise id: Identifier, in view: Snapshot) throws -> EnterpriseProfile {
        guard let row = try view.row("SELECT profile FROM identity_enterprise WHERE id = ?", id) else {
            throw IdentityError.enterpriseUnknown
        }
        return try open(try row.get("profile"), .enterpriseProfile, id)
    }

    private func codeDigest(_ code: CreditCode) -> [UInt8] {
        cipher.blindIndex(code.text, purpose: "identity.credit_code")
    }
}

extension Mandate {
    static let columns = "id, enterprise, person, scope, valid_from, valid_until, revoked_at"

    init(_ row: Row) throws {
        let names = try JSONValue(parsing: try row.get("scope")).array?.compactMap(\.string) ?? []
        self.init(
            id: try row.get("id"), enterprise: try row.get("enterprise"), person: try row.get("person"),
            scope: Set(names), validFrom: try row.get("valid_from"), validUntil: try row.get("valid_until"),
            revokedAt: try row.get("revoked_at"))
    }
}
