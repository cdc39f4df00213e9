import Cryptography
public import Extension
import Organisation
public import Standards
public import Storage

/// A passkey (通行密钥) as its owner sees it.
public struct PasskeyView: Sendable, Hashable {
    public let id: Identifier
    public let title: String
    public let addedAt: Instant
    public let usedAt: Instant?
}

/// What a browser needs to make a passkey.
public struct PasskeyCreation: Sendable, Hashable {
    public let challenge: String
    public let party: String
    /// The account, as authenticators keep it; base64url.
    public let user: String
    public let loginName: String
    public let displayName: String
    /// The credentials that are there already; base64url.
    public let known: [String]
}

extension IdentityService {
    private static let perAccount = 10

    /// Begins to add a passkey to the actor's own account.
    ///
    /// - Throws: ``Problem`` where the portal has no name to which passkeys could be bound.
    public func passkeyCreation(by act: Act) async throws -> PasskeyCreation {
        let (party, account) = (try ownParty(), try Self.ownAccount(act))
        let challenge = PasskeyChallenge("add/\(account)", cipher, by: act)
        return try await database.read { view in
            let login = try view.row("SELECT login_name FROM identity_account WHERE id = ?", account)
            let known = try view.rows("SELECT credential FROM identity_passkey WHERE account = ?", account)
            return PasskeyCreation(
                challenge: challenge.text, party: party.id, user: Base64URL.encode(Array(account.text.utf8)),
                loginName: try login?.get("login_name") ?? "", displayName: act.actor.displayName,
                known: try known.map { Base64URL.encode(try $0.get("credential")) })
        }
    }

    /// Adds a passkey, after the password has shown that it is the owner who adds it.
    ///
    /// - Parameters:
    ///   - clientData: the browser's record of the ceremony.
    ///   - attestation: what the authenticator made; who made the authenticator is not asked.
    /// - Throws: ``IdentityError`` with code `identity.passkey` for anything that does not fit, or
    ///   `identity.credentials`.
    public func addPasskey(
        title: String, challenge: String, clientData: [UInt8], attestation: [UInt8], password: String, by act: Act
    ) async throws {
        let (party, account) = (try ownParty(), try Self.ownAccount(act))
        try await proveOwnPassword(password, by: act)
        guard let challenge = PasskeyChallenge(challenge, "add/\(account)", cipher, at: act.now),
            party.accepts(clientData, type: "webauthn.create", challenge: challenge.text),
            let object = try? CBORReader.value(of: attestation), let bytes = object["authData"]?.bytes,
            let data = AuthenticatorData(bytes), party.accepts(data), let made = data.made
        else { throw IdentityError.passkey }
        let id = act.identifier("identity.passkey")
        let shown = title.isEmpty ? "通行密钥" : String(title.prefix(40))
        let stored = try Self.stored(made.key)
        try await database.write { transaction in
            try spend(challenge, in: transaction)
            let count = try transaction.row("SELECT COUNT(*) AS n FROM identity_passkey WHERE account = ?", account)
            guard try count?.get("n", as: Int.self) ?? 0 < Self.perAccount else { throw IdentityError.passkeysFull }
            let added = try transaction.execute(
                """
                INSERT INTO identity_passkey (id, account, credential, public_key, sign_count, title, added_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (credential) DO NOTHING
                """, id, account, made.id, stored, data.signCount, shown, act.now)
            guard added == 1 else { throw IdentityError.passkey }
            try tell(PasskeyAdded(account: account, passkey: id), about: "account", account, by: act, in: transaction)
        }
    }

    /// The passkeys of the actor's own account, the oldest first.
    public func passkeys(by act: Act) async throws -> [PasskeyView] {
        let account = try Self.ownAccount(act)
        return try await database.read { view in
            try view.rows(
                "SELECT id, title, added_at, used_at FROM identity_passkey WHERE account = ? ORDER BY id", account
            ).map {
                PasskeyView(
                    id: try $0.get("id"), title: try $0.get("title"), addedAt: try $0.get("added_at"),
                    usedAt: try $0.get("used_at"))
            }
        }
    }

    /// Removes one of the actor's own passkeys.
    ///
    /// - Throws: ``Problem`` when there is none such.
    public func removePasskey(_ id: Identifier, by act: Act) async throws {
        let account = try Self.ownAccount(act)
        try await database.write { transaction in
            let removed = try transaction.execute(
                "DELETE FROM identity_passkey WHERE id = ? AND account = ?", id, account)
            guard removed == 1 else { throw Problem.notFound("这个通行密钥") }
            try tell(PasskeyRemoved(account: account, passkey: id), about: "account", account, by: act, in: transaction)
        }
    }

    /// Whether passkeys can be used here at all.
    public var takesPasskeys: Bool { party != nil }

    /// The one origin whose pages may use passkeys; nil where there are none.
    public var passkeyOrigin: String? { party?.origin }

    /// What a browser needs to sign somebody in by a passkey: the challenge and our name; nil where there are none.
    public func passkeyRequest(by act: Act) -> (challenge: String, party: String)? {
        party.map { (PasskeyChallenge("sign-in", cipher, by: act).text, $0.id) }
    }

    /// Signs somebody in by a passkey, which is possession and the owner's verification in one: it counts as a second
    /// factor too.
    ///
    /// - Throws: ``IdentityError`` with code `identity.passkey` for anything that does not fit.
    public func signIn(
        passkey credential: [UInt8], challenge: String, clientData: [UInt8], authenticatorData: [UInt8],
        signature: [UInt8], client: SignInClient, act: Act
    ) async throws -> SignedIn {
        guard let party = self.party, let challenge = PasskeyChallenge(challenge, "sign-in", cipher, at: act.now),
            party.accepts(clientData, type: "webauthn.get", challenge: challenge.text),
            let data = AuthenticatorData(authenticatorData), party.accepts(data)
        else { throw IdentityError.passkey }
        let message = authenticatorData + SHA256.hash(clientData)
        let outcome = try await database.write { transaction -> Outcome in
            try spend(challenge, in: transaction)
            guard
                let row = try transaction.row(
                    "SELECT id, account, public_key, sign_count FROM identity_passkey WHERE credential = ?", credential),
                try JOSE.PublicKey(spki: try row.get("public_key")).isValid(der: signature, for: message)
            else { return .failure(.passkey) }
            let last: Int64 = try row.get("sign_count")
            // A counter that does not grow is a copy of the authenticator; many have none and always say 0.
            guard data.signCount > last || (data.signCount == 0 && last == 0) else { return .failure(.passkey) }
            try transaction.execute(
                "UPDATE identity_passkey SET sign_count = ?, used_at = ? WHERE id = ?", data.signCount, act.now,
                try row.get("id", as: String.self))
            guard
                let found = try transaction.row(
                    "SELECT \(Account.columns) FROM identity_account WHERE id = ?",
                    try row.get("account", as: String.self))
            else { return .failure(.passkey) }
            let account = try Account(found)
            if account.disabledAt != nil { return .failure(.accountDisabled) }
            var post: StaffPost?
            if account.kind == .staff {
                post = try organisation.snapshot(in: transaction).posts(of: account.id, on: act.now.day).first
                if post == nil { return .failure(.noPost) }
            }
            // Failures by others at this address do not concern who holds the key.
            let claim = SignInClaim(
                verdict: .allowed, account: account, passwordHash: nil, nameKey: [], networkKey: [])
            return try open(
                account, claim, post: post, state: nil, isStrong: true, client: client, by: act, in: transaction)
        }
        return try finished(outcome)
    }

    private func spend(_ challenge: PasskeyChallenge, in transaction: Transaction) throws {
        let isFirst =
            try transaction.execute(
                "INSERT INTO identity_passkey_challenge (hash, ends_at) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
                challenge.hash, challenge.endsAt) == 1
        guard isFirst else { throw IdentityError.passkey }
    }

    private func ownParty() throws -> PasskeyParty {
        guard let party else { throw Problem.notFound("通行密钥") }
        return party
    }

    private static func ownAccount(_ act: Act) throws -> Identifier {
        guard let account = act.actor.account, act.actor.actsForItself,
            act.actor.session != nil
        else {
            throw IdentityError.sessionEnded
        }
        return account
    }

    private static func stored(_ key: JOSE.PublicKey) throws -> [UInt8] { try key.spki }
}
