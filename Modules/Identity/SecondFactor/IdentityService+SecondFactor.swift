import Cryptography
import Documents
public import Extension
import Organisation
public import Standards
public import Storage

/// How an account stands to the second factor (二次验证).
public struct SecondFactorState: Sendable, Hashable {
    /// Since when it is used; nil for not.
    public let confirmedAt: Instant?
    /// How many recovery codes are left.
    public let recoveryCodes: Int
    /// Whether a role of the account demands it.
    public let isDemanded: Bool
}

/// A secret that is being set up: shown once, to be taken into an app.
public struct SecondFactorSetup: Sendable, Hashable {
    /// In base 32, for typing.
    public let secret: String
    /// As a QR code.
    public let picture: String
}

extension IdentityService {
    /// How the actor's own account stands.
    public func secondFactor(by act: Act) async throws -> SecondFactorState {
        let account = try Self.ownStaffAccount(act)
        return try await database.read { view in
            let row = try view.row(
                "SELECT confirmed_at FROM identity_second_factor WHERE account = ? AND confirmed_at IS NOT NULL",
                account)
            let left = try view.row(
                "SELECT COUNT(*) AS n FROM identity_recovery_code WHERE account = ? AND used_at IS NULL", account)
            return SecondFactorState(
                confirmedAt: try row?.get("confirmed_at"), recoveryCodes: try left?.get("n") ?? 0,
                isDemanded: try demandsSecondFactor(account, at: act.now, in: view))
        }
    }

    /// Begins to set it up: a new secret, which counts once a code of it was typed. One that is in use stays until then.
    ///
    /// - Throws: ``IdentityError`` with code `identity.credentials` when the password is wrong, or
    ///   `identity.second_factor` when one is in use already: it is taken away first.
    public func beginSecondFactor(password: String, by act: Act) async throws -> SecondFactorSetup {
        let account = try Self.ownStaffAccount(act)
        try await proveOwnPassword(password, by: act)
        let secret = act.seed.bytes("identity.second_factor", count: OneTimePassword.secretLength)
        let sealed = try cipher.seal(
            secret, context: SealedColumn.secondFactor(account), seed: act.seed.derived("identity.second_factor"))
        let login = try await database.write { transaction -> String in
            let kept = try transaction.execute(
                """
                INSERT INTO identity_second_factor (account, secret, begun_at, confirmed_at, last_step)
                VALUES (?, ?, ?, NULL, 0)
                ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, begun_at = excluded.begun_at
                WHERE identity_second_factor.confirmed_at IS NULL
                """, account, sealed, act.now)
            guard kept == 1 else { throw IdentityError.secondFactorInUse }
            return try transaction.row("SELECT login_name FROM identity_account WHERE id = ?", account)?
                .get("login_name", as: String.self) ?? ""
        }
        return try Self.setup(secret, login)
    }

    /// What is being set up and waits for its first code; nil for nothing.
    public func pendingSecondFactor(by act: Act) async throws -> SecondFactorSetup? {
        let account = try Self.ownStaffAccount(act)
        return try await database.read { view in
            guard
                let row = try view.row(
                    """
                    SELECT f.secret, a.login_name FROM identity_second_factor f
                    JOIN identity_account a ON a.id = f.account WHERE f.account = ? AND f.confirmed_at IS NULL
                    """, account)
            else { return nil }
            let secret = try cipher.open(try row.get("secret"), context: SealedColumn.secondFactor(account))
            return try Self.setup(secret, try row.get("login_name"))
        }
    }

    private static func setup(_ secret: [UInt8], _ login: String) throws -> SecondFactorSetup {
        let text = Base32.encode(secret)
        // The issuer is ASCII, since some apps read nothing else.
        return SecondFactorSetup(
            secret: text,
            picture: try CodePicture.svg("otpauth://totp/Yiciban:\(login)?secret=\(text)&issuer=Yiciban"))
    }

    /// Takes it into use by a code of the new secret. The session counts as one with a second factor from then on.
    ///
    /// - Returns: the recovery codes, which are shown this once.
    /// - Throws: ``IdentityError`` with code `identity.code` when the code does not fit, or too many did not.
    public func confirmSecondFactor(code: String, by act: Act) async throws -> [String] {
        let account = try Self.ownStaffAccount(act)
        let codes = RecoveryCode.make(for: account, by: act)
        let outcome = try await database.write { transaction -> IdentityError? in
            guard
                let row = try transaction.row(
                    "SELECT secret FROM identity_second_factor WHERE account = ? AND confirmed_at IS NULL", account)
            else { return .code }
            let secret = try cipher.open(try row.get("secret"), context: SealedColumn.secondFactor(account))
            if let error = try count(codeOf: account, at: act.now, in: transaction) { return error }
            guard
                let step = OneTimePassword.step(
                    of: code.filter { !$0.isWhitespace }, secret: secret, at: act.now.milliseconds, after: 0)
            else { return .code }
            try AttemptLedger(transaction: transaction, now: act.now).forget(codeKey(account))
            try transaction.execute(
                "UPDATE identity_second_factor SET confirmed_at = ?, last_step = ? WHERE account = ?", act.now, step,
                account)
            try transaction.execute("DELETE FROM identity_recovery_code WHERE account = ?", account)
            for code in codes {
                try transaction.execute(
                    "INSERT INTO identity_recovery_code (account, hash, used_at) VALUES (?, ?, NULL)", account,
                    code.hash(account, cipher))
            }
            if let session = act.actor.session {
                try transaction.execute("UPDATE identity_session SET is_strong = 1 WHERE id = ?", session)
                // Others that were opened by the password alone end.
                try endSessions(
                    "account = ? AND id <> ?", [account.sql, session.sql], by: act, in: transaction)
            }
            try tell(SecondFactorAdded(account: account), about: "account", account, by: act, in: transaction)
            return nil
        }
        if let outcome { throw outcome }
        sessions.forget(account: account)
        return codes.map(\.shown)
    }

    /// Takes the actor's own second factor away.
    ///
    /// - Throws: ``IdentityError`` with code `identity.credentials` when the password is wrong, or
    ///   `identity.second_factor` when a role demands it.
    public func removeOwnSecondFactor(password: String, by act: Act) async throws {
        let account = try Self.ownStaffAccount(act)
        try await proveOwnPassword(password, by: act)
        try await database.write { transaction in
            if try demandsSecondFactor(account, at: act.now, in: transaction) {
                throw IdentityError.secondFactorDemanded
            }
            try removeSecondFactor(of: account, by: act, in: transaction)
        }
    }

    /// Takes an account's second factor away, for when telephone and recovery codes are lost; its sessions end.
    ///
    /// - Throws: ``IdentityError`` when the actor may not manage accounts, or there is none.
    public func resetSecondFactor(of account: Identifier, by act: Act, in transaction: Transaction) throws {
        guard act.actor.holds(Self.manageAccounts) else { throw IdentityError.profileDenied }
        try removeSecondFactor(of: account, by: act, in: transaction)
        try endSessions("account = ?", [account.sql], by: act, in: transaction)
    }

    private func removeSecondFactor(of account: Identifier, by act: Act, in transaction: Transaction) throws {
        let removed = try transaction.execute("DELETE FROM identity_second_factor WHERE account = ?", account)
        guard removed == 1 else { throw IdentityError.noSecondFactor }
        try transaction.execute("DELETE FROM identity_recovery_code WHERE account = ?", account)
        try tell(SecondFactorRemoved(account: account), about: "account", account, by: act, in: transaction)
    }

    static func ownStaffAccount(_ act: Act) throws -> Identifier {
        guard act.actor.kind == .staff, let account = act.actor.account else { throw IdentityError.sessionEnded }
        return account
    }

    /// Whether a role that the account has at a post in force demands a second factor; no for nobody.
    public func demandsSecondFactor(ofAccount account: Identifier?, at now: Instant) async throws -> Bool {
        guard let account else { return false }
        return try await database.read { try demandsSecondFactor(account, at: now, in: $0) }
    }

    /// Whether a role that the account has at a post in force demands a second factor.
    func demandsSecondFactor(_ account: Identifier, at now: Instant, in view: Snapshot) throws -> Bool {
        if settings.secondFactorRoles.isEmpty { return false }
        let known = try organisation.snapshot(in: view)
        let current = Set(known.posts(of: account, on: now.day).map(\.id))
        return (known.postsByAccount[account] ?? []).contains { post in
            current.contains(post.id) && !settings.secondFactorRoles.isDisjoint(with: post.roles)
        }
    }

    // MARK: Codes

    func codeKey(_ account: Identifier) -> [UInt8] {
        cipher.blindIndex(account.text, purpose: "identity.attempt.code")
    }

    /// Counts an attempt at a code before it is looked at; the error when too many have failed.
    func count(codeOf account: Identifier, at now: Instant, in transaction: Transaction) throws -> IdentityError? {
        let ledger = AttemptLedger(transaction: transaction, now: now)
        var count = NameLimit.current(try ledger.count(codeKey(account)), at: now)
        if let until = NameLimit.blockedUntil(count), now < until { return .tooManyAttempts(until: until, now: now) }
        count.add(at: now)
        try ledger.store(count, codeKey(account))
        return nil
    }

    /// Whether a code of the telephone or a recovery code fits; one that fits is spent.
    ///
    /// - Returns: nil when it fits.
    func spend(code typed: String, of account: Identifier, by act: Act, in transaction: Transaction) throws
        -> IdentityError?
    {
        if let error = try count(codeOf: account, at: act.now, in: transaction) { return error }
        let digits = typed.filter { !$0.isWhitespace }
        guard
            let row = try transaction.row(
                "SELECT secret, last_step FROM identity_second_factor WHERE account = ? AND confirmed_at IS NOT NULL",
                account)
        else { return .code }
        let last: Int64 = try row.get("last_step")
        let secret = try cipher.open(try row.get("secret"), context: SealedColumn.secondFactor(account))
        var isRight = false
        if let step = OneTimePassword.step(of: digits, secret: secret, at: act.now.milliseconds, after: last) {
            isRight =
                try transaction.execute(
                    "UPDATE identity_second_factor SET last_step = ? WHERE account = ? AND last_step < ?", step,
                    account,
                    step) == 1
        } else if let code = RecoveryCode(typed) {
            isRight =
                try transaction.execute(
                    "UPDATE identity_recovery_code SET used_at = ? WHERE account = ? AND hash = ? AND used_at IS NULL",
                    act.now, account, code.hash(account, cipher)) == 1
            if isRight {
                try tell(RecoveryCodeUsed(account: account), about: "account", account, by: act, in: transaction)
            }
        }
        guard isRight else { return .code }
        try AttemptLedger(transaction: transaction, now: act.now).forget(codeKey(account))
        return nil
    }
}
