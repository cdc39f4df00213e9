import Cryptography
public import Extension
import Organisation
import Standards
import Storage

extension IdentityService {
    /// Signs somebody in.
    ///
    /// A wrong name costs the same work as a wrong password and gets the same answer. Failures are limited by name and
    /// network and by network, never by account: nobody can lock another out. A device on which the account signed in
    /// before is exempt, so a right password from there always works.
    ///
    /// - Parameters:
    ///   - name: the login name, identity number or mobile number.
    ///   - password: as typed.
    ///   - code: of the second factor, for accounts that have one; nil to be asked for it in a second step.
    ///   - client: from where.
    ///   - act: the anonymous act of the request.
    /// - Throws: ``IdentityError`` with code `identity.credentials`, `identity.too_many_attempts`, `identity.busy`,
    ///   `identity.account_disabled`, `identity.no_post`, `identity.code_needed` or `identity.code`.
    public func signIn(
        name: String, password: String, code: String? = nil, client: SignInClient, act: Act
    ) async throws -> SignedIn {
        let name = name.filter { !$0.isWhitespace }
        let claim = try await database.write { transaction in
            let claim = try self.claim(name, from: client, at: act.now, in: transaction)
            if case .blocked = claim.verdict {
                try refuse(.tooManyAttempts, name, client, claim, by: act, in: transaction)
            }
            return claim
        }
        if case .blocked(let until) = claim.verdict { throw IdentityError.tooManyAttempts(until: until, now: act.now) }
        let check = try await verify(password, claim, at: act.now)
        let outcome = try await database.write { transaction in
            try finish(claim, check, name: name, code: code, client: client, by: act, in: transaction)
        }
        return try finished(outcome)
    }

    /// What a sign-in came to, once it is committed.
    func finished(_ outcome: Outcome) throws -> SignedIn {
        switch outcome {
        case .success(let signedIn, let ended):
            sessions.forget(ids: ended)
            return signedIn
        case .failure(let error): throw error
        }
    }

    private struct Check: Sendable {
        let isRight: Bool
        /// The hash at today's cost, when the stored one is of another.
        let rehashed: String?
    }

    enum Outcome: Sendable {
        case success(SignedIn, ended: [Identifier])
        case failure(IdentityError)
    }

    private func verify(_ password: String, _ claim: SignInClaim, at now: Instant) async throws -> Check {
        do {
            return try await passwords.run(preferred: claim.isKnownDevice) {
                guard password.utf8.count <= PasswordPolicy.maximumLength * 4 else {
                    return Check(isRight: PasswordHash.verify("", against: nil), rehashed: nil)
                }
                let isRight = PasswordHash.verify(password, against: claim.passwordHash)
                let isOld = isRight && claim.passwordHash.map(PasswordHash.needsRehash) == true
                return Check(isRight: isRight, rehashed: isOld ? try PasswordHash.hash(password) : nil)
            }
        } catch {
            // Nothing was found out about the password, so nothing is counted.
            try await database.write { try release(claim, isRight: false, at: now, in: $0) }
            throw error
        }
    }

    private func finish(
        _ claim: SignInClaim, _ check: Check, name: String, code: String?, client: SignInClient, by act: Act,
        in transaction: Transaction
    ) throws -> Outcome {
        func refused(_ reason: SignInRefused.Reason, _ error: IdentityError) throws -> Outcome {
            try refuse(reason, name, client, claim, by: act, in: transaction)
            return .failure(error)
        }
        guard check.isRight, let account = claim.account,
            let row = try transaction.row(
                "SELECT \(Account.columns) FROM identity_account WHERE id = ? AND password_hash = ?", account.id,
                claim.passwordHash ?? "")
        else {
            try countFailure(claim, at: act.now, in: transaction)
            return try refused(.credentials, .credentials)
        }
        try release(claim, isRight: true, at: act.now, in: transaction)
        let current = try Account(row)
        if current.disabledAt != nil { return try refused(.disabled, .accountDisabled) }
        var post: StaffPost?
        if current.kind == .staff {
            post = try organisation.snapshot(in: transaction).posts(of: account.id, on: act.now.day).first
            if post == nil { return try refused(.noPost, .noPost) }
        }
        let state = try check.rehashed.flatMap { rehashed in
            try transaction.row(
                "UPDATE identity_account SET password_hash = ? WHERE id = ? \(states.account.returning)", rehashed,
                account.id)
        }.map { try states.account.digest(of: $0) }
        let hasFactor = try hasSecondFactor(account.id, in: transaction)
        if hasFactor {
            guard let code else {
                return .failure(.codeNeeded(try challenge(for: account.id, by: act, in: transaction)))
            }
            if let error = try spend(code: code, of: account.id, by: act, in: transaction) {
                try countFailure(claim, at: act.now, in: transaction)
                return try refused(.code, error)
            }
        }
        return try open(
            current, claim, post: post, state: state, isStrong: hasFactor, client: client, by: act, in: transaction)
    }

    /// Opens the session of an account that has proved itself.
    ///
    /// - Parameter state: the digest of the account's row when the sign-in changed it.
    func open(
        _ account: Account, _ claim: SignInClaim, post: StaffPost?, state: [UInt8]?, isStrong: Bool,
        client: SignInClient, by act: Act, in transaction: Transaction
    ) throws -> Outcome {
        let ended = try client.replacing.map { try end(token: $0, by: act, in: transaction) } ?? []
        let device = try rememberDevice(claim, account.id, client, by: act, in: transaction)
        let opened = try openSession(
            for: account, post: post, terminal: client.terminal, isElder: client.isElder, isStrong: isStrong, by: act,
            in: transaction)
        try tell(
            SignedInEvent(
                account: account.id, session: opened.record.id, terminal: client.terminal.rawValue,
                addressDigest: digest(client.address, "identity.address"), isKnownDevice: claim.isKnownDevice),
            about: "account", account.id, state: state, by: act, in: transaction)
        let signedIn = SignedIn(
            token: opened.token.text, device: device,
            actor: try actor(of: opened.record, at: act.now, in: transaction),
            mustChangePassword: account.mustChangePassword)
        return .success(signedIn, ended: ended)
    }

    /// Makes the device known for the account, and forgets the account's oldest ones.
    private func rememberDevice(
        _ claim: SignInClaim, _ account: Identifier, _ client: SignInClient, by act: Act, in transaction: Transaction
    ) throws -> String {
        var cookie = DeviceCookie(client.device)
        if claim.isKnownDevice { return cookie.text }
        let secret = act.seed.bytes("identity.device", count: 32)
        cookie.add(secret)
        try transaction.execute(
            "INSERT INTO identity_device (token_hash, account, used_at, failures) VALUES (?, ?, ?, 0)",
            SM3.hash(secret), account, act.now)
        try transaction.execute(
            """
            DELETE FROM identity_device WHERE account = ? AND token_hash NOT IN (
                SELECT token_hash FROM identity_device WHERE account = ? ORDER BY used_at DESC, token_hash LIMIT ?)
            """, account, account, DeviceLimit.perAccount)
        return cookie.text
    }

    func refuse(
        _ reason: SignInRefused.Reason, _ name: String, _ client: SignInClient, _ claim: SignInClaim, by act: Act,
        in transaction: Transaction
    ) throws {
        let address = digest(client.address, "identity.address")
        let event = SignInRefused(
            reason: reason, nameDigest: digest(name.lowercased(), "identity.sign_in_name"), addressDigest: address)
        // What names no account has a stream for each address, so that one attacker's noise stays in one chain.
        let stream = claim.account.map { self.stream("account", $0.id.text) } ?? self.stream("address", address)
        try events.record([event], to: stream, by: act, in: transaction)
    }

    private func digest(_ text: String, _ purpose: String) -> String {
        Hex.encode(cipher.digest(Array(text.utf8), purpose: purpose))
    }
}
