import Cryptography
public import Extension
import Organisation
import Standards
import Storage

extension IdentityService {
    /// How long one may take to type the code after the password.
    static let challengeLifetime: Duration = .seconds(300)

    /// Whether an account signs in with a second factor.
    func hasSecondFactor(_ account: Identifier, in view: Snapshot) throws -> Bool {
        try view.row(
            "SELECT 1 AS one FROM identity_second_factor WHERE account = ? AND confirmed_at IS NOT NULL", account)
            != nil
    }

    /// What proves in the second step that the password was right in the first.
    func challenge(for account: Identifier, by act: Act, in transaction: Transaction) throws -> String {
        let token = SessionToken(bytes: act.seed.bytes("identity.challenge", count: 32))
        try transaction.execute(
            "INSERT INTO identity_challenge (hash, account, ends_at) VALUES (?, ?, ?)", token.hash, account,
            act.now.adding(Self.challengeLifetime))
        return token.text
    }

    /// Signs somebody in by the code, after the password was right.
    ///
    /// - Parameters:
    ///   - challenge: from the error of the first step (``IdentityError/challenge``).
    ///   - code: six digits of the app, or a recovery code.
    /// - Throws: ``IdentityError`` with code `identity.code` when the code does not fit, `identity.session_ended` when
    ///   the challenge is too old, or `identity.too_many_attempts`.
    public func signIn(challenge: String, code: String, client: SignInClient, act: Act) async throws -> SignedIn {
        guard let hash = SessionToken(challenge)?.hash else { throw IdentityError.challengeEnded }
        let outcome = try await database.write { transaction -> Outcome in
            guard
                let row = try transaction.row(
                    "SELECT account FROM identity_challenge WHERE hash = ? AND ends_at > ?", hash, act.now),
                let found = try transaction.row(
                    "SELECT \(Account.columns) FROM identity_account WHERE id = ? AND disabled_at IS NULL",
                    try row.get("account", as: String.self))
            else { return .failure(.challengeEnded) }
            let account = try Account(found)
            let claim = try self.claim(account.loginName, from: client, at: act.now, in: transaction)
            if case .blocked(let until) = claim.verdict {
                try refuse(.tooManyAttempts, account.loginName, client, claim, by: act, in: transaction)
                return .failure(.tooManyAttempts(until: until, now: act.now))
            }
            if let error = try spend(code: code, of: account.id, by: act, in: transaction) {
                try countFailure(claim, at: act.now, in: transaction)
                try refuse(.code, account.loginName, client, claim, by: act, in: transaction)
                return .failure(error)
            }
            try transaction.execute("DELETE FROM identity_challenge WHERE hash = ?", hash)
            try release(claim, isRight: true, at: act.now, in: transaction)
            let post = try organisation.snapshot(in: transaction).posts(of: account.id, on: act.now.day).first
            if post == nil { return .failure(.noPost) }
            return try open(
                account, claim, post: post, state: nil, isStrong: true, client: client, by: act, in: transaction)
        }
        return try finished(outcome)
    }
}
