public import Extension
public import Standards
public import Storage

/// What a person lets an application know, as it sees it on its account page.
public struct ConsentView: Sendable, Hashable {
    public let id: Identifier
    /// The application's name.
    public let client: String
    public let scopes: [OpenIDScope]
    public let grantedAt: Instant
    /// When it was last entered; nil for not lately.
    public let enteredAt: Instant?
}

extension OpenIDService {
    /// What an account lets an application know.
    func consented(_ account: Identifier, _ client: OpenIDClient) async throws -> Set<OpenIDScope> {
        let row = try await database.read { view in
            try view.row(
                "SELECT scopes FROM openid_consent WHERE account = ? AND client = ? AND revoked_at IS NULL", account,
                client.id)
        }
        return try row.map { Set(try $0.get("scopes", as: String.self)) } ?? []
    }

    func hasConsent(_ account: Identifier, _ client: String, _ scopes: Set<OpenIDScope>, in view: Snapshot) throws
        -> Bool
    {
        let row = try view.row(
            "SELECT scopes FROM openid_consent WHERE account = ? AND client = ? AND revoked_at IS NULL", account, client
        )
        return try row.map { scopes.isSubset(of: Set(try $0.get("scopes", as: String.self))) } ?? false
    }

    func keepConsent(
        _ request: AuthorizationRequest, _ account: Identifier, by act: Act, in transaction: Transaction
    ) throws {
        let known = try transaction.row(
            "SELECT scopes FROM openid_consent WHERE account = ? AND client = ? AND revoked_at IS NULL", account,
            request.client.id)
        let scopes = request.scopes.union(try known.map { Set(try $0.get("scopes", as: String.self)) } ?? [])
        let row = try transaction.row(
            """
            INSERT INTO openid_consent (id, account, client, scopes, granted_at, revoked_at) VALUES (?, ?, ?, ?, ?, NULL)
            ON CONFLICT (account, client) DO UPDATE SET scopes = excluded.scopes, granted_at = excluded.granted_at,
                revoked_at = NULL
            \(consentState.returning)
            """, act.identifier("openid.consent"), account, request.client.id, scopes.text, act.now)
        guard let row else { throw OpenIDError.noSuchConsent }
        let id: Identifier = try row.get("id")
        try tell(
            ConsentGranted(
                consent: id, account: account, client: request.client.id,
                scopes: OpenIDScope.allCases.filter(scopes.contains).map(\.rawValue)),
            about: "consent", id.text, state: try consentState.digest(of: row), by: act, in: transaction)
    }

    /// The applications that the actor lets know something about it, by name.
    public func consents(by act: Act) async throws -> [ConsentView] {
        guard let account = act.actor.account, act.actor.actsForItself else {
            throw Problem.signInRequired
        }
        return try await database.read { view in
            try view.rows(
                """
                SELECT c.id, c.scopes, c.granted_at, k.name,
                    (SELECT MAX(g.created_at) FROM openid_grant g WHERE g.account = c.account AND g.client = c.client)
                        AS entered_at
                FROM openid_consent c JOIN openid_client k ON k.id = c.client
                WHERE c.account = ? AND c.revoked_at IS NULL ORDER BY k.name, c.id
                """, account
            ).map { row in
                let scopes = Set<OpenIDScope>(try row.get("scopes", as: String.self))
                return ConsentView(
                    id: try row.get("id"), client: try row.get("name"),
                    scopes: OpenIDScope.allCases.filter(scopes.contains),
                    grantedAt: try row.get("granted_at"), enteredAt: try row.get("entered_at"))
            }
        }
    }

    /// Takes a consent back: the application is told to sign the person out, and all its tokens end.
    ///
    /// - Throws: ``OpenIDError`` when there is none such of the actor's.
    public func revokeConsent(_ id: Identifier, by act: Act) async throws {
        guard let account = act.actor.account, act.actor.actsForItself else {
            throw Problem.signInRequired
        }
        try await database.write { transaction in
            let row = try transaction.row(
                """
                UPDATE openid_consent SET revoked_at = ? WHERE id = ? AND account = ? AND revoked_at IS NULL
                \(consentState.returning)
                """, act.now, id, account)
            guard let row else { throw OpenIDError.noSuchConsent }
            let client: String = try row.get("client")
            try tell(
                ConsentRevoked(consent: id, account: account, client: client), about: "consent", id.text,
                state: try consentState.digest(of: row), by: act, in: transaction)
            try endGrants(
                "account = ? AND client = ?", [account.sql, client.sql], .consentRevoked, by: act, in: transaction)
        }
    }
}
