import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import OpenID

@Suite("An application that proves itself by its own key")
struct AssertionTests {
    private struct Keyed {
        let fixture: OpenIDFixture
        let client: OpenIDClient
        let key: SigningKey

        func claims(_ changes: [String: JSONValue?] = [:]) -> [String: JSONValue] {
            var claims: [String: JSONValue] = [
                "iss": .string(client.id), "sub": .string(client.id),
                "aud": .string(OpenIDFixture.issuer + "/openid/token"), "jti": "1",
                "exp": .integer(OpenIDFixture.start.seconds + 60), "iat": .integer(OpenIDFixture.start.seconds),
            ]
            for (name, value) in changes { claims[name] = value }
            return claims
        }

        /// Whether an assertion is believed: then the call gets as far as the token that it asks about.
        func isBelieved(_ assertion: String) async throws -> Bool {
            let reply = try await fixture.call(
                .post, "/openid/introspect",
                [
                    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion": assertion, "token": "x",
                ])
            return reply.status == 200
        }

        func isBelieved(_ changes: [String: JSONValue?]) async throws -> Bool {
            try await isBelieved(try SignedToken.sign(claims(changes), type: "JWT", with: key))
        }
    }

    private func with(_ algorithm: JOSE.Algorithm, _ body: (Keyed) async throws -> Void) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let key = try JOSE.PrivateKey.generate(algorithm)
            var draft = ClientDraft()
            draft.name = "不动产系统"
            draft.redirects = ["https://land.example.gov.cn/callback"]
            draft.keys = [JSONWebKey(key.publicKey)]
            let (client, secret) = try await fixture.openID.addClient(draft, by: OpenIDFixture.system())
            #expect(secret == nil)
            try await body(
                Keyed(
                    fixture: fixture, client: client,
                    key: SigningKey(id: JSONWebKey(key.publicKey).id, privateKey: key)))
        }
    }

    @Test("is believed once for each assertion", arguments: JOSE.Algorithm.allCases)
    func once(algorithm: JOSE.Algorithm) async throws {
        try await with(algorithm) { (keyed) async throws in
            let assertion = try SignedToken.sign(keyed.claims(), type: "JWT", with: keyed.key)
            #expect(try await keyed.isBelieved(assertion))
            #expect(try await !keyed.isBelieved(assertion))
            #expect(try await keyed.isBelieved(["jti": "2", "aud": [.string(OpenIDFixture.issuer)]]))
        }
    }

    @Test(
        "clocks may differ by a minute either way, and by no second more",
        arguments: [
            ("exp", -59, true), ("exp", -60, false), ("exp", 660, true), ("exp", 661, false), ("iat", 60, true),
            ("iat", 61, false), ("nbf", 60, true), ("nbf", 61, false),
        ])
    func skew(claim: String, seconds: Int64, isBelieved: Bool) async throws {
        try await with(.es256) { (keyed) async throws in
            let time = JSONValue.integer(OpenIDFixture.start.seconds + seconds)
            #expect(try await keyed.isBelieved([claim: time]) == isBelieved)
        }
    }

    @Test("is not believed with a claim that is missing, another's or of another form")
    func claims() async throws {
        try await with(.es256) { (keyed) async throws in
            let wrong: [[String: JSONValue?]] = [
                ["iss": nil], ["sub": nil], ["sub": .string(keyed.fixture.client.id)],
                ["iss": .string(keyed.fixture.client.id), "sub": .string(keyed.fixture.client.id)], ["aud": nil],
                ["aud": "https://other.example"], ["aud": []], ["exp": nil], ["exp": "soon"], ["exp": .real(1e12)],
                ["exp": -1], ["jti": nil], ["jti": ""], ["nbf": "x"],
            ]
            for changes in wrong { #expect(try await !keyed.isBelieved(changes)) }
            #expect(try await keyed.isBelieved([:]))
        }
    }

    @Test("is not believed with a signature of another algorithm or key, or none")
    func forgeries() async throws {
        try await with(.rs256) { (keyed) async throws in
            let stranger = try JOSE.PrivateKey.generate(.rs256)
            let payload = Array(JSONValue.object(keyed.claims()).canonical.utf8)
            func header(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }
            let body = Base64URL.encode(payload)
            guard case .modulus(let n, _) = keyed.key.privateKey.publicKey.parameters else { return }
            let confused = header("{\"alg\":\"HS256\"}") + "." + body
            let mac = HMACSHA256.authenticate(Array(confused.utf8), key: n)
            var forged = [
                header("{\"alg\":\"none\"}") + "." + body + ".", header("{\"alg\":\"None\"}") + "." + body + ".AAAA",
                confused + "." + Base64URL.encode(mac),
                try CompactJWS.sign(header: Array("{\"alg\":\"RS256\"}".utf8), payload: payload, with: stranger),
            ]
            let stolen = JSONWebKey(stranger.publicKey).json.canonical
            for text in [
                "{\"alg\":\"RS256\",\"jwk\":\(stolen)}", "{\"alg\":\"RS256\",\"kid\":\"\(keyed.key.id)\"}",
                "{\"alg\":\"RS256\",\"jku\":\"https://evil.example/keys\"}",
            ] { forged.append(try CompactJWS.sign(header: Array(text.utf8), payload: payload, with: stranger)) }
            for text in [
                "{\"alg\":\"RS256\",\"alg\":\"RS256\"}", "{\"alg\":\"RS256\",\"crit\":[\"exp\"]}", "{}", "[]",
                "{\"alg\":\"ES256\"}", "{\"alg\":\"RS256\",\"kid\":\"another\"}", "{\"alg\":\"RS256\",\"kid\":1}",
            ] {
                forged.append(
                    try CompactJWS.sign(header: Array(text.utf8), payload: payload, with: keyed.key.privateKey))
            }
            for assertion in forged { #expect(try await !keyed.isBelieved(assertion)) }
            #expect(try await keyed.isBelieved([:]))
        }
    }
}
