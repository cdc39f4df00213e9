import Cryptography
public import Extension
import Messaging
import Standards
public import Storage

/// One of the accounts that a telephone serves, as its holder tells them apart.
public struct PhoneAccount: Sendable, Hashable {
    public let account: Identifier
    /// The name with a part hidden, since the whole family may look on.
    public let maskedName: String
}

/// What came of a code.
public enum PhoneSignIn: Sendable {
    case signedIn(SignedIn)
    /// The code was right; the telephone serves several accounts, one of which is to be named.
    case choice([PhoneAccount])
}

extension IdentityService {
    /// How long a code may wait.
    static let phoneCodeLifetime: Duration = .seconds(300)
    /// How many codes an hour one telephone gets at most, and one network asks for.
    private static let perPhone = 5
    private static let perNetwork = 30
    /// How long one waits before the next code goes to a telephone.
    private static let pause: Duration = .seconds(60)
    /// How often a code may be guessed.
    private static let guesses = 5

    /// Whether one can sign in by a code at all.
    public var sendsPhoneCodes: Bool { codes != nil }

    /// Sends a code to a telephone if an account belongs to it. The answer is the same when none does, after the same
    /// work: the message itself leaves afterwards.
    ///
    /// - Returns: what names this code in the second step.
    /// - Throws: ``IdentityError`` with code `input.invalid` for a number that is none, or
    ///   `identity.too_many_attempts`.
    public func sendPhoneCode(to number: String, client: SignInClient, act: Act) async throws -> String {
        guard let codes, let phone = try? MobileNumber(number.filter { !$0.isWhitespace }) else {
            throw IdentityError.invalid([Finding("phone", "field.mobile", "请填写 11 位手机号码。")])
        }
        let token = SessionToken(bytes: act.seed.bytes("identity.phone_code", count: 32))
        let bytes = act.seed.bytes("identity.phone_code.digits", count: 8)
        let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number + 1_000_000).dropFirst()
        let code = String(digits)
        let digest = mobileDigest(phone)
        let isKnown = try await database.write { transaction in
            try limit(phone: digest, client, at: act.now, in: transaction)
            try transaction.execute(
                "INSERT INTO identity_phone_code (hash, phone, code, failures, ends_at) VALUES (?, ?, ?, 0, ?)",
                token.hash, digest, codeDigest(code, token), act.now.adding(Self.phoneCodeLifetime))
            return try !phoneAccounts(digest, in: transaction).isEmpty
        }
        if isKnown {
            // Apart from the answer, so that its duration says nothing about whether there is an account.
            Task { try? await codes.send(code, to: phone, key: Hex.encode(token.hash), by: act) }
        }
        return token.text
    }

    /// Signs somebody in by a code.
    ///
    /// - Parameters:
    ///   - challenge: from ``sendPhoneCode(to:client:act:)``.
    ///   - code: six digits; not needed any more once it was right and an account is being named.
    ///   - account: which of several.
    /// - Throws: ``IdentityError`` with code `identity.code`, `identity.session_ended` when the code is too old, or
    ///   `identity.too_many_attempts`.
    public func signIn(
        phoneChallenge challenge: String, code: String, account: Identifier?, client: SignInClient, act: Act
    ) async throws -> PhoneSignIn {
        guard let token = SessionToken(challenge) else { throw IdentityError.phoneCodeEnded }
        enum Result: Sendable {
            case outcome(Outcome)
            case choice([PhoneAccount])
        }
        let result = try await database.write { transaction -> Result in
            guard let phone = try prove(token, code, at: act.now, in: transaction) else {
                return .outcome(.failure(.phoneCode))
            }
            let accounts = try phoneAccounts(phone, in: transaction)
            guard let chosen = account ?? (accounts.count == 1 ? accounts.first?.account : nil) else {
                return accounts.isEmpty ? .outcome(.failure(.phoneCode)) : .choice(accounts)
            }
            guard accounts.contains(where: { $0.account == chosen }),
                let row = try transaction.row("SELECT \(Account.columns) FROM identity_account WHERE id = ?", chosen)
            else { return .outcome(.failure(.phoneCode)) }
            try transaction.execute("DELETE FROM identity_phone_code WHERE hash = ?", token.hash)
            let found = try Account(row)
            let claim = try self.claim(found.loginName, from: client, at: act.now, in: transaction)
            try release(claim, isRight: true, at: act.now, in: transaction)
            return .outcome(
                try open(
                    found, claim, post: nil, state: nil, isStrong: false, client: client, by: act, in: transaction))
        }
        switch result {
        case .choice(let accounts): return .choice(accounts)
        case .outcome(let outcome): return .signedIn(try finished(outcome))
        }
    }

    /// The telephone of a code that fits now or did before.
    private func prove(_ token: SessionToken, _ code: String, at now: Instant, in transaction: Transaction) throws
        -> [UInt8]?
    {
        guard
            let row = try transaction.row(
                "SELECT phone, code, proven_at FROM identity_phone_code WHERE hash = ? AND ends_at > ?", token.hash, now
            )
        else { throw IdentityError.phoneCodeEnded }
        let phone: [UInt8] = try row.get("phone")
        if try row.get("proven_at", as: Instant?.self) != nil { return phone }
        let counted = try transaction.execute(
            "UPDATE identity_phone_code SET failures = failures + 1 WHERE hash = ? AND failures < ?", token.hash,
            Self.guesses)
        let known: [UInt8] = try row.get("code")
        guard counted == 1, ConstantTime.equal(known, codeDigest(code.filter { !$0.isWhitespace }, token)) else {
            return nil
        }
        try transaction.execute("UPDATE identity_phone_code SET proven_at = ? WHERE hash = ?", now, token.hash)
        return phone
    }

    private func codeDigest(_ code: String, _ token: SessionToken) -> [UInt8] {
        cipher.digest(token.hash + Array(code.utf8), purpose: "identity.phone_code")
    }

    private func phoneAccounts(_ digest: [UInt8], in view: Snapshot) throws -> [PhoneAccount] {
        try view.rows(
            """
            SELECT a.id, a.person FROM identity_account a JOIN identity_person p ON p.id = a.person
            WHERE p.mobile_digest = ? AND a.kind = 'person' AND a.disabled_at IS NULL ORDER BY a.id LIMIT 20
            """, digest
        ).map { row in
            let person: Identifier = try row.get("person")
            return PhoneAccount(
                account: try row.get("id"), maskedName: try record(ofPerson: person, in: view).masked.name)
        }
    }

    /// Counts a code that is to be sent.
    private func limit(phone: [UInt8], _ client: SignInClient, at now: Instant, in transaction: Transaction) throws {
        let ledger = AttemptLedger(transaction: transaction, now: now)
        let network = cipher.blindIndex(
            ClientNetwork.name(of: client.address), purpose: "identity.attempt.phone_network")
        let number = cipher.blindIndex(Hex.encode(phone), purpose: "identity.attempt.phone")
        for (key, limit, pause) in [
            (number, Self.perPhone, Self.pause), (network, Self.perNetwork, Duration.zero),
        ] {
            var count = NetworkLimit.current(try ledger.count(key), at: now)
            let ends = [
                NetworkLimit(failures: limit).blockedUntil(count),
                count.failures > 0 ? count.lastAt.adding(pause) : nil,
            ].compactMap { $0 }.filter { now < $0 }
            if let until = ends.max(by: { $0.milliseconds < $1.milliseconds }) {
                throw IdentityError.phoneCodesExhausted(until: until, now: now)
            }
            count.add(at: now)
            try ledger.store(count, key)
        }
    }
}
