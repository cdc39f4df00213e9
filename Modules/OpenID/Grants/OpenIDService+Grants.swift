import Extension
import Identity
import Standards
import Storage

extension OpenIDService {
    /// Ends all open grants that meet a condition of ours, with all that came of them, and lets their applications know.
    func endGrants(
        _ condition: String, _ arguments: [SQLValue], _ ending: Grant.Ending, by act: Act, in transaction: Transaction
    ) throws {
        let rows = try transaction.rows(
            """
            UPDATE openid_grant SET ended_at = ?, ended_by = ? WHERE ended_at IS NULL AND \(condition)
            RETURNING \(Grant.columns)
            """, arguments: [act.now.sql, ending.rawValue.sql] + arguments)
        let grants = try rows.map { try Grant($0) }.sorted { $0.id.text < $1.id.text }
        for grant in grants {
            try tell(
                GrantEnded(grant: grant.id, client: grant.client, reason: ending.rawValue), about: "grant",
                grant.id.text, by: act, in: transaction)
        }
        guard ending == .signedOut || ending == .consentRevoked else { return }
        var told: Set<String> = []
        for grant in grants where act.now < grant.endsAt && told.insert("\(grant.client)/\(grant.session)").inserted {
            guard try client(grant.client, in: transaction)?.backchannel != nil else { continue }
            try tell(
                LogoutDue(client: grant.client, account: grant.account, session: grant.session), about: "grant",
                grant.id.text, by: act, in: transaction)
        }
    }

    private func end(_ grant: Grant, _ ending: Grant.Ending, by act: Act, in transaction: Transaction) throws {
        try endGrants("id = ?", [grant.id.sql], ending, by: act, in: transaction)
    }

    /// Takes a code for tokens. Whatever is wrong with it, the code is spent, and what came of it before ends.
    ///
    /// - Parameters:
    ///   - isProven: whether the verifier fits the challenge.
    func redeem(
        code: SecretToken, redirect: String, client: OpenIDClient, by act: Act,
        isProven: @escaping @Sendable (_ challenge: String) -> Bool
    ) async throws -> Redemption {
        try await database.write { transaction in
            let spent = try transaction.row(
                """
                UPDATE openid_grant SET code_used_at = ? WHERE code_hash = ? AND code_used_at IS NULL
                RETURNING \(Grant.columns)
                """, act.now, code.hash)
            guard let row = spent else {
                if let row = try transaction.row(
                    "SELECT \(Grant.columns) FROM openid_grant WHERE code_hash = ?", code.hash)
                {
                    try end(try Grant(row), .codeMisused, by: act, in: transaction)
                }
                return .refused
            }
            let grant = try Grant(row)
            guard grant.client == client.id, grant.redirect == redirect, isProven(grant.challenge) else {
                try end(grant, .codeMisused, by: act, in: transaction)
                return .refused
            }
            guard act.now < grant.codeEndsAt, try isAlive(grant, client, at: act.now, in: transaction),
                try identity.start(ofSession: grant.session, at: act.now, in: transaction) != nil
            else { return .refused }
            return .issued(try issue(grant, grant.scopes, by: act, in: transaction))
        }
    }

    /// Takes a refresh token for new tokens (rotation). One that comes a second time, or from another application than
    /// the one it was given to, has leaked: the whole grant ends.
    ///
    /// - Parameter narrowed: the scopes that are wanted; nil for all that were given.
    func refresh(
        _ token: SecretToken, narrowed: Set<OpenIDScope>?, client: OpenIDClient, by act: Act
    ) async throws -> Redemption {
        try await database.write { transaction in
            guard
                let found = try transaction.row(
                    "SELECT grant_id, scopes, ends_at FROM openid_token WHERE hash = ? AND kind = 'refresh'", token.hash
                ),
                let row = try transaction.row(
                    "SELECT \(Grant.columns) FROM openid_grant WHERE id = ?", try found.get("grant_id", as: String.self)
                )
            else { return .refused }
            let grant = try Grant(row)
            let isFirst =
                try transaction.execute(
                    "UPDATE openid_token SET used_at = ? WHERE hash = ? AND used_at IS NULL", act.now, token.hash) == 1
            guard isFirst, grant.client == client.id else {
                try end(grant, .refreshMisused, by: act, in: transaction)
                return .refused
            }
            let given = Set<OpenIDScope>(try found.get("scopes", as: String.self))
            let wanted = narrowed.map { $0.union([.openid]) } ?? given
            guard wanted.isSubset(of: given), act.now < (try found.get("ends_at", as: Instant.self)),
                try isAlive(grant, client, at: act.now, in: transaction)
            else { return .refused }
            return .issued(try issue(grant, wanted, by: act, in: transaction))
        }
    }

    /// Whether a grant may still give anything: neither ended nor taken back, for an application that may still have it,
    /// by an account that may still sign in.
    func isAlive(_ grant: Grant, _ client: OpenIDClient, at now: Instant, in view: Snapshot) throws -> Bool {
        try grant.isOpen(at: now) && client.suspendedAt == nil && grant.scopes.isSubset(of: client.scopes)
            && hasConsent(grant.account, client.id, grant.scopes, in: view)
            && identity.subject(of: grant.account, at: now, in: view) != nil
    }

    private func issue(
        _ grant: Grant, _ scopes: Set<OpenIDScope>, by act: Act, in transaction: Transaction
    ) throws -> IssuedTokens {
        let issued = IssuedTokens(
            grant: grant, scopes: scopes, access: SecretToken("openid.access", by: act),
            refresh: SecretToken("openid.refresh", by: act))
        let ends = min(act.now.adding(settings.tokenLifetime), grant.endsAt)
        for (kind, token, ends) in [("access", issued.access, ends), ("refresh", issued.refresh, grant.endsAt)] {
            try transaction.execute(
                "INSERT INTO openid_token (hash, grant_id, kind, scopes, issued_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)",
                token.hash, grant.id, kind, scopes.text, act.now, ends)
        }
        return issued
    }

    /// A token that is in force.
    struct LiveToken: Sendable {
        let grant: Grant
        let client: OpenIDClient
        let kind: String
        let scopes: Set<OpenIDScope>
        let issuedAt: Instant
        let endsAt: Instant
    }

    /// What a token stands for; nil when it is unknown, used, expired or its grant has ended.
    func liveToken(_ token: SecretToken, at now: Instant, in view: Snapshot) throws -> LiveToken? {
        guard
            let row = try view.row(
                "SELECT grant_id, kind, scopes, issued_at, ends_at, used_at FROM openid_token WHERE hash = ?",
                token.hash),
            let found = try view.row(
                "SELECT \(Grant.columns) FROM openid_grant WHERE id = ?", try row.get("grant_id", as: String.self))
        else { return nil }
        let grant = try Grant(found)
        let ends: Instant = try row.get("ends_at")
        let used: Instant? = try row.get("used_at")
        guard used == nil, now < ends, let client = try client(grant.client, in: view),
            try isAlive(grant, client, at: now, in: view)
        else { return nil }
        return LiveToken(
            grant: grant, client: client, kind: try row.get("kind"),
            scopes: Set(try row.get("scopes", as: String.self)),
            issuedAt: try row.get("issued_at"), endsAt: ends)
    }
}
