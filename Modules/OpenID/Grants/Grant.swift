import Extension
import Standards
import Storage

/// One entering of an application by one person, to which its code and all its tokens belong.
struct Grant: Sendable {
    /// Why a grant ended before its time.
    enum Ending: String, Sendable {
        /// A code came a second time, or with a proof that does not fit: somebody else has it.
        case codeMisused = "code_misused"
        /// A refresh token came a second time, or from another application: somebody else has it.
        case refreshMisused = "refresh_misused"
        case revoked
        case consentRevoked = "consent_revoked"
        case signedOut = "signed_out"
    }

    let id: Identifier
    let client: String
    let account: Identifier
    let session: Identifier
    /// The post at which staff entered.
    let post: Identifier?
    let redirect: String
    let scopes: Set<OpenIDScope>
    let nonce: String
    let challenge: String
    let signedInAt: Instant
    let codeEndsAt: Instant
    let endsAt: Instant
    let endedAt: Instant?

    static let columns =
        "id, client, account, session, post, redirect, scopes, nonce, challenge, signed_in_at, code_ends_at, ends_at, ended_at"

    init(_ row: Row) throws {
        id = try row.get("id")
        client = try row.get("client")
        account = try row.get("account")
        session = try row.get("session")
        post = try row.get("post")
        redirect = try row.get("redirect")
        scopes = Set(try row.get("scopes", as: String.self))
        nonce = try row.get("nonce")
        challenge = try row.get("challenge")
        signedInAt = try row.get("signed_in_at")
        codeEndsAt = try row.get("code_ends_at")
        endsAt = try row.get("ends_at")
        endedAt = try row.get("ended_at")
    }

    /// Whether it is in force.
    func isOpen(at now: Instant) -> Bool { endedAt == nil && now < endsAt }
}

/// The tokens that a call of the token endpoint gives.
struct IssuedTokens: Sendable {
    let grant: Grant
    let scopes: Set<OpenIDScope>
    let access: SecretToken
    let refresh: SecretToken
}

/// What came of presenting a code or a refresh token: a refusal may change something too, so it is committed.
enum Redemption: Sendable {
    case issued(IssuedTokens)
    case refused
}
