import Cryptography
import Extension
import Foundation
import Standards
import Storage

extension OpenIDService {
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    /// How long an assertion may live.
    private static let longestAssertion: Duration = .seconds(600)

    /// Which application asks: by its secret, or by an assertion that it signed; by the one for which it is registered.
    ///
    /// - Throws: ``OAuthError`` `invalid_client` for everything that is not exactly that.
    func authenticate(_ request: ProtocolRequest) async throws -> OpenIDClient {
        let form = try OAuthForm(request)
        let client: OpenIDClient?
        if let header = request.header("Authorization") {
            // Two proofs at once are one too many (RFC 6749 §2.3).
            guard form["client_secret"] == nil, form["client_assertion"] == nil else {
                throw OAuthError.request("Use one way of client authentication.")
            }
            client = try await authenticate(basic: header, by: request.act)
        } else if let assertion = form["client_assertion"] {
            guard form["client_assertion_type"] == Self.assertionType, form["client_secret"] == nil else {
                throw OAuthError.client
            }
            client = try await authenticate(assertion: assertion, by: request.act)
        } else {
            client = nil
        }
        guard let client, client.suspendedAt == nil else { throw OAuthError.client }
        if let named = form["client_id"], named != client.id { throw OAuthError.client }
        return client
    }

    private func authenticate(basic header: String, by act: Act) async throws -> OpenIDClient? {
        guard header.utf8.count <= 1_000, header.prefix(6).lowercased() == "basic ",
            let data = Data(base64Encoded: String(header.dropFirst(6))),
            let text = String(validating: Array(data), as: UTF8.self),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        // Identifiers and secrets of ours need no form encoding (RFC 6749 §2.3.1), so nothing is decoded.
        let (id, secret) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
        guard let client = try await client(id) else { return nil }
        guard client.method == .secret, let known = client.secretHash, let sent = SecretToken(secret),
            ConstantTime.equal(known, sent.hash)
        else {
            try await refused(client, by: act)
            return nil
        }
        return client
    }

    private func authenticate(assertion: String, by act: Act) async throws -> OpenIDClient? {
        guard let token = SignedToken(assertion), let id = token.claims["iss"]?.string,
            token.claims["sub"]?.string == id, let client = try await client(id)
        else { return nil }
        guard client.method == .key, token.isSigned(byOneOf: client.keys),
            token.isFor(oneOf: [issuer, issuer + Self.tokenPath]),
            token.isInForce(at: act.now, longest: Self.longestAssertion), let expiry = token.time("exp"),
            let name = token.claims["jti"]?.string, (1...200).contains(name.utf8.count)
        else {
            try await refused(client, by: act)
            return nil
        }
        let hash = SM3.hash(Array("\(id)\n\(name)".utf8))
        let isFresh = try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO openid_assertion (hash, ends_at) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", hash,
                expiry.adding(SignedToken.leeway)) == 1
        }
        if !isFresh { try await refused(client, by: act) }
        return isFresh ? client : nil
    }

    private func refused(_ client: OpenIDClient, by act: Act) async throws {
        try await database.write { transaction in
            try tell(ClientRefused(client: client.id), about: "refused", client.id, by: act, in: transaction)
        }
    }
}

/// The form of a call: each field once (RFC 6749 §3.2).
struct OAuthForm {
    private let fields: [String: String]

    init(_ request: ProtocolRequest) throws {
        guard let form = request.form else { throw OAuthError.request("The body must be a form.") }
        // What stands in an address ends up in logs.
        guard request.query.isEmpty else { throw OAuthError.request("Parameters belong into the body.") }
        var fields: [String: String] = [:]
        for (name, values) in form {
            guard values.count == 1, let value = values.first else {
                throw OAuthError.request("A parameter came twice.")
            }
            fields[name] = value
        }
        self.fields = fields
    }

    /// A field; one without a value counts as left out.
    subscript(name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }
}
