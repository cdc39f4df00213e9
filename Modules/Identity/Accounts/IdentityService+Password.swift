import Cryptography
public import Extension
import Storage

extension IdentityService {
    /// Changes the actor's own password. Its other sessions end and this one gets a new token.
    ///
    /// - Throws: ``IdentityError`` with code `identity.credentials` when the current password is wrong (counted like a
    ///   failed sign-in from the same place), or `identity.password_weak`.
    public func changePassword(current: String, new: String, by act: Act) async throws -> SignedIn {
        guard let accountID = act.actor.account, let session = act.actor.session else {
            throw IdentityError.sessionEnded
        }
        let found = try await ownCredentials(accountID)
        let hashed = try await hash(new, for: try LoginName(found.name))
        let claim = try await proveOwnPassword(current, found, by: act)
        let signedIn = try await database.write { transaction in
            try release(claim, isRight: true, at: act.now, in: transaction)
            let row = try transaction.row(
                """
                UPDATE identity_account SET password_hash = ?, must_change = 0 WHERE id = ? AND password_hash = ?
                \(states.account.returning)
                """, hashed.text, accountID, found.hash)
            guard let row else { throw IdentityError.credentials }
            try endSessions("account = ? AND id <> ?", [accountID.sql, session.sql], by: act, in: transaction)
            try tell(
                PasswordChanged(account: accountID), about: "account", accountID,
                state: try states.account.digest(of: row), by: act, in: transaction)
            return try renewToken(of: session, by: act, in: transaction)
        }
        sessions.forget(account: accountID)
        return signedIn
    }

    /// Makes sure that whoever sits at a session knows its password, before something weighty.
    ///
    /// - Throws: ``IdentityError`` with code `identity.credentials`, counted like a failed sign-in from the same place.
    func proveOwnPassword(_ password: String, by act: Act) async throws {
        guard let account = act.actor.account else { throw IdentityError.sessionEnded }
        let claim = try await proveOwnPassword(password, try await ownCredentials(account), by: act)
        try await database.write { try release(claim, isRight: true, at: act.now, in: $0) }
    }

    private func proveOwnPassword(
        _ password: String, _ found: (name: String, hash: String), by act: Act
    ) async throws -> SignInClaim {
        let client = SignInClient(address: act.clientAddress, terminal: act.actor.terminal)
        let claim = try await database.write { try self.claim(found.name, from: client, at: act.now, in: $0) }
        if case .blocked(let until) = claim.verdict { throw IdentityError.tooManyAttempts(until: until, now: act.now) }
        let isRight = try await passwords.run(preferred: true) { PasswordHash.verify(password, against: found.hash) }
        guard isRight else {
            try await database.write { transaction in
                try countFailure(claim, at: act.now, in: transaction)
                try refuse(.credentials, found.name, client, claim, by: act, in: transaction)
            }
            throw IdentityError.credentials
        }
        return claim
    }

    private func ownCredentials(_ account: Identifier) async throws -> (name: String, hash: String) {
        let row = try await database.read { view in
            try view.row("SELECT login_name, password_hash FROM identity_account WHERE id = ?", account)
        }
        guard let row else { throw IdentityError.accountUnknown }
        return (try row.get("login_name"), try row.get("password_hash"))
    }
}
