import Cryptography
import Extension
import Standards
import Storage

extension OpenIDService {
    var protocolEndpoints: [any Contribution] {
        [
            ProtocolEndpoint(
                .get, "/.well-known/openid-configuration", summary: "统一身份认证的能力说明", callers: .anyone
            ) { _ in .json(200, discovery, headers: ["Cache-Control": "public, max-age=300"]) },
            ProtocolEndpoint(.get, "/openid/jwks", summary: "验签公钥", callers: .anyone) { request in
                let keys = try await keys.published(at: request.act.now)
                return .json(
                    200, ["keys": .array(keys.map(\.json))], headers: ["Cache-Control": "public, max-age=300"])
            },
            ProtocolEndpoint(.post, Self.tokenPath, summary: "换取令牌", callers: .registeredClient) { request in
                try await answering { try await tokens(request) }
            },
            ProtocolEndpoint(.get, "/openid/userinfo", summary: "登录人的信息", callers: .accessToken) { request in
                try await answering { try await userinfo(request) }
            },
            ProtocolEndpoint(.post, "/openid/userinfo", summary: "登录人的信息", callers: .accessToken) { request in
                try await answering { try await userinfo(request) }
            },
            ProtocolEndpoint(
                .post, "/openid/introspect", summary: "查验令牌", callers: .registeredClient
            ) { request in try await answering { try await introspect(request) } },
            ProtocolEndpoint(.post, "/openid/revoke", summary: "注销令牌", callers: .registeredClient) { request in
                try await answering { try await revoke(request) }
            },
        ]
    }

    private func answering(_ body: () async throws -> ProtocolReply) async throws -> ProtocolReply {
        do { return try await body() } catch let error as OAuthError { return error.reply }
    }

    /// What we can do (OpenID Connect Discovery §3).
    private var discovery: JSONValue {
        func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
        let algorithms = texts(JOSE.Algorithm.allCases.map(\.rawValue))
        let methods = texts(OpenIDClient.Method.allCases.map(\.rawValue))
        func address(_ path: String) -> JSONValue { .string(issuer + path) }
        return [
            "issuer": .string(issuer), "authorization_endpoint": address(Self.authorizePath),
            "token_endpoint": address(Self.tokenPath), "userinfo_endpoint": address("/openid/userinfo"),
            "jwks_uri": address("/openid/jwks"), "introspection_endpoint": address("/openid/introspect"),
            "revocation_endpoint": address("/openid/revoke"), "end_session_endpoint": address(Self.logoutPath),
            "scopes_supported": texts(OpenIDScope.allCases.map(\.rawValue)), "response_types_supported": ["code"],
            "response_modes_supported": ["query"], "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"], "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": algorithms, "token_endpoint_auth_methods_supported": methods,
            "token_endpoint_auth_signing_alg_values_supported": algorithms,
            "introspection_endpoint_auth_methods_supported": methods,
            "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
            "revocation_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
            "claims_supported": texts(
                ["iss", "aud", "exp", "iat", "auth_time", "nonce", "sid", "at_hash"]
                    + OpenIDScope.allCases.flatMap(\.claims)),
            "claims_parameter_supported": false, "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "prompt_values_supported": [
                "none", "login", "consent", "select_account",
            ],
            "authorization_response_iss_parameter_supported": true, "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true, "ui_locales_supported": ["zh-CN"],
        ]
    }

    /// Takes codes and refresh tokens for tokens (RFC 6749 §4.1.3 and §6).
    private func tokens(_ request: ProtocolRequest) async throws -> ProtocolReply {
        let client = try await authenticate(request)
        let form = try OAuthForm(request)
        // Before anything is spent, so that a failure here costs nobody a sign-in.
        _ = try await keys.signing(client.algorithm, by: request.act)
        let redemption: Redemption
        switch form["grant_type"] {
        case "authorization_code":
            guard let code = form["code"], let redirect = form["redirect_uri"] else {
                throw OAuthError.request("code and redirect_uri are needed.")
            }
            guard let code = SecretToken(code) else { throw OAuthError.grant }
            let verifier = form["code_verifier"] ?? ""
            redemption = try await redeem(code: code, redirect: redirect, client: client, by: request.act) {
                Self.fits(verifier, $0)
            }
        case "refresh_token":
            guard let text = form["refresh_token"] else { throw OAuthError.request("refresh_token is needed.") }
            guard let token = SecretToken(text) else { throw OAuthError.grant }
            redemption = try await refresh(
                token, narrowed: form["scope"].map { Set<OpenIDScope>($0) }, client: client, by: request.act)
        default:
            throw OAuthError(
                status: 400, code: "unsupported_grant_type",
                description: "The grant types are authorization_code and refresh_token.")
        }
        guard case .issued(let issued) = redemption else { throw OAuthError.grant }
        return .json(
            200,
            [
                "access_token": .string(issued.access.text), "token_type": "Bearer",
                "expires_in": .integer(settings.tokenLifetime.components.seconds),
                "refresh_token": .string(issued.refresh.text), "scope": .string(issued.scopes.text),
                "id_token": .string(try await identityToken(issued, for: client, by: request.act)),
            ])
    }

    /// Whether a verifier fits its challenge (RFC 7636 §4.6, S256).
    private static func fits(_ verifier: String, _ challenge: String) -> Bool {
        let unreserved = verifier.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                true
            default: false
            }
        }
        guard (43...128).contains(verifier.utf8.count), unreserved else { return false }
        return ConstantTime.equal(
            Array(Base64URL.encode(SHA256.hash(Array(verifier.utf8))).utf8), Array(challenge.utf8))
    }

    /// Who signed in, as far as the token's scopes tell (OpenID Connect Core §5.3). That it was told is recorded.
    private func userinfo(_ request: ProtocolRequest) async throws -> ProtocolReply {
        guard let header = request.header("Authorization") else { throw OAuthError.noToken }
        guard header.prefix(7).lowercased() == "bearer ", let token = SecretToken(String(header.dropFirst(7))) else {
            throw OAuthError.token
        }
        let act = request.act
        let claims = try await database.write { transaction -> [String: JSONValue]? in
            guard let live = try liveToken(token, at: act.now, in: transaction), live.kind == "access",
                let claims = try self.claims(
                    of: live.grant, live.scopes, for: live.client, at: act.now, in: transaction)
            else { return nil }
            if live.scopes != [.openid] {
                try tell(
                    ClaimsGiven(
                        grant: live.grant.id, client: live.client.id,
                        scopes: OpenIDScope.allCases.filter(live.scopes.contains).map(\.rawValue)),
                    about: "grant", live.grant.id.text, by: act, in: transaction)
            }
            return claims
        }
        guard let claims else { throw OAuthError.token }
        return .json(200, .object(claims))
    }

    /// What a token is worth (RFC 7662), to the application that it was given to; to others it is worth nothing.
    private func introspect(_ request: ProtocolRequest) async throws -> ProtocolReply {
        let client = try await authenticate(request)
        guard let text = try OAuthForm(request)["token"] else { throw OAuthError.request("token is needed.") }
        let now = request.act.now
        let live = try await SecretToken(text).asyncFlatMap { token in
            try await database.read { try liveToken(token, at: now, in: $0) }
        }
        guard let live, live.client.id == client.id else { return .json(200, ["active": false]) }
        return .json(
            200,
            [
                "active": true, "client_id": .string(client.id), "iss": .string(issuer), "aud": .string(client.id),
                "sub": .string(subject(live.grant.account, for: client)), "scope": .string(live.scopes.text),
                "token_type": .string(live.kind == "access" ? "Bearer" : "refresh_token"),
                "iat": .integer(live.issuedAt.seconds), "exp": .integer(live.endsAt.seconds),
            ])
    }

    /// Gives a token back (RFC 7009): with it all that came of the same entering. Another's token stays untouched, and the
    /// answer is the same.
    private func revoke(_ request: ProtocolRequest) async throws -> ProtocolReply {
        let client = try await authenticate(request)
        guard let text = try OAuthForm(request)["token"] else { throw OAuthError.request("token is needed.") }
        let act = request.act
        if let token = SecretToken(text) {
            try await database.write { transaction in
                guard let live = try liveToken(token, at: act.now, in: transaction), live.client.id == client.id else {
                    return
                }
                try endGrants("id = ?", [live.grant.id.sql], .revoked, by: act, in: transaction)
            }
        }
        return ProtocolReply(200)
    }
}

extension Optional {
    fileprivate func asyncFlatMap<Value>(_ body: (Wrapped) async throws -> Value?) async rethrows -> Value? {
        guard let wrapped = self else { return nil }
        return try await body(wrapped)
    }
}
