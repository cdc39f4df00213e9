import Cryptography
import Extension
import Identity
import Standards
import Storage

extension OpenIDService {
    /// The identifier by which a sector's systems know an account: the same at each visit, and of no use to compare notes
    /// with others (pairwise, OpenID Connect Core §8.1).
    func subject(_ account: Identifier, for client: OpenIDClient) -> String {
        pairwise(account, client.sector, purpose: "openid.subject")
    }

    /// The name of a session towards one application (`sid`).
    func session(_ session: Identifier, for client: OpenIDClient) -> String {
        pairwise(session, client.id, purpose: "openid.session")
    }

    private func pairwise(_ id: Identifier, _ whom: String, purpose: String) -> String {
        Base64URL.encode(Array(cipher.digest(Array("\(whom)\n\(id)".utf8), purpose: purpose).prefix(24)))
    }

    /// What scopes tell about who entered; nil when it may not sign in any more.
    func claims(
        of grant: Grant, _ scopes: Set<OpenIDScope>, for client: OpenIDClient, at now: Instant, in view: Snapshot
    ) throws -> [String: JSONValue]? {
        guard let subject = try identity.subject(of: grant.account, at: now, in: view) else { return nil }
        var claims: [String: JSONValue] = ["sub": .string(self.subject(grant.account, for: client))]
        func set(_ name: String, _ text: String?) { claims[name] = text.map { .string($0) } }
        let profile = subject.profile
        if scopes.contains(.profile) {
            set("name", subject.name)
            set("gender", profile?.sex.map { $0.chinese == "女" ? "female" : "male" })
            set("birthdate", profile?.birthDay?.text)
            if subject.kind == .staff { set("preferred_username", subject.loginName) }
        }
        if scopes.contains(.phone) { set("phone_number", profile?.mobile.map { "+86 \($0.text)" }) }
        if scopes.contains(.identityNumber) {
            set("id_type", profile?.documentKind.rawValue)
            set("id_number", profile?.idNumber)
        }
        if scopes.contains(.staff), let post = subject.posts.first(where: { $0.post.id == grant.post }) {
            set("agency", post.post.agency.text)
            set("agency_name", post.post.agencyName)
            set("division", post.post.division)
            set("post", post.post.id.text)
            claims["roles"] = .array(post.roles.map { .string($0) })
        }
        return claims
    }

    /// The ID token of a grant (OpenID Connect Core §2): who, when, for whom; everything else is asked of userinfo.
    func identityToken(_ issued: IssuedTokens, for client: OpenIDClient, by act: Act) async throws -> String {
        let grant = issued.grant
        let half = SHA256.hash(Array(issued.access.text.utf8)).prefix(16)
        return try SignedToken.sign(
            [
                "iss": .string(issuer), "sub": .string(subject(grant.account, for: client)), "aud": .string(client.id),
                "exp": .integer(act.now.adding(settings.tokenLifetime).seconds), "iat": .integer(act.now.seconds),
                "auth_time": .integer(grant.signedInAt.seconds), "nonce": .string(grant.nonce),
                "sid": .string(session(grant.session, for: client)), "at_hash": .string(Base64URL.encode(Array(half))),
            ], type: "JWT", with: try await keys.signing(client.algorithm, by: act))
    }
}
