import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import OpenID

@Suite("Keys that sign tokens")
struct KeyTests {
    @Test("the thumbprint is that of RFC 7638")
    func thumbprint() throws {
        let json: JSONValue = [
            "kty": "RSA", "e": "AQAB", "alg": "RS256",
            "n":
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        ]
        #expect(try JSONWebKey(json: json).id == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
    }

    @Test("a key survives its way through JSON, without anything private", arguments: JOSE.Algorithm.allCases)
    func roundTrip(algorithm: JOSE.Algorithm) throws {
        let key = JSONWebKey(try JOSE.PrivateKey.generate(algorithm).publicKey)
        #expect(try JSONWebKey.set("{\"keys\":[\(key.json.canonical)]}") == [key])
        #expect(key.json["d"] == nil)
    }

    @Test("what is no sound public key for signatures is refused")
    func refused() throws {
        let sound = JSONWebKey(try JOSE.PrivateKey.generate(.es256).publicKey).json
        guard case .object(let members) = sound else { return }
        let wrong: [[String: JSONValue?]] = [
            ["kty": nil], ["kty": "oct"], ["crv": "P-384"], ["x": nil], ["x": "AAAA"], ["y": "!"], ["use": "enc"],
            ["alg": "RS256"], ["alg": "none"], ["kid": 1], ["kid": ""], ["d": "AAAA"],
        ]
        for changes in wrong {
            let changed = members.merging(changes.mapValues { $0 ?? .null }) { $1 }
                .filter { changes[$0.key] != .some(nil) }
            #expect(throws: Finding.self) { try JSONWebKey(json: .object(changed)) }
        }
        for text in ["", "[]", "{\"keys\":[]}", "{\"keys\":[\(sound.canonical),\(sound.canonical)]}"] {
            #expect(throws: Finding.self) { try JSONWebKey.set(text) }
        }
    }

    @Test(
        "keys change on schedule: the next one is known a day before it signs, the last one a day after",
        arguments: TestDatabase.all)
    func rotation(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let keys = fixture.openID.keys
            func act(_ day: Int, _ hour: Int = 0) -> Act {
                OpenIDFixture.system(at: OpenIDFixture.after(day * 86_400 + hour * 3_600))
            }
            func published(_ act: Act) async throws -> Set<String> {
                Set(try await keys.published(at: act.now).map(\.id))
            }
            let first = try await keys.signing(.es256, by: act(0))
            let rsa = try await keys.signing(.rs256, by: act(0))
            #expect(try await published(act(0)) == [first.id, rsa.id])
            try await keys.rotate(by: act(89))
            #expect(try await published(act(89)).count == 2)
            try await keys.rotate(by: act(90))
            #expect(try await published(act(90)).count == 4)
            #expect(try await keys.signing(.es256, by: act(90, 23)).id == first.id)
            try await keys.rotate(by: act(91))
            let second = try await keys.signing(.es256, by: act(91))
            #expect(second.id != first.id)
            #expect(try await published(act(91)).contains(first.id))
            try await keys.rotate(by: act(91, 23))
            #expect(try await published(act(91, 23)).contains(first.id))
            try await keys.rotate(by: act(92))
            #expect(try await !published(act(92)).contains(first.id))
            #expect(try await keys.signing(.es256, by: act(92)).id == second.id)
        }
    }

    @Test("keys that may have leaked are replaced at once")
    func replacement() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let before = try await fixture.openID.keys.signing(.rs256, by: OpenIDFixture.system())
            try await fixture.openID.replaceKeys(by: OpenIDFixture.system())
            let after = try await fixture.openID.keys.signing(.rs256, by: OpenIDFixture.system())
            #expect(after.id != before.id)
            let published = try await fixture.openID.keys.published(at: OpenIDFixture.start)
            #expect(!published.map(\.id).contains(before.id))
            let nobody = try await fixture.act()
            await #expect(throws: OpenIDError.self) { try await fixture.openID.replaceKeys(by: nobody) }
        }
    }

    @Test("no key lies in the database in clear", arguments: TestDatabase.all)
    func sealed(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let key = try await fixture.openID.keys.signing(.es256, by: OpenIDFixture.system())
            let plain = try key.privateKey.der()
            let contents = try await fixture.database.read { view in
                try view.rows("SELECT content FROM openid_key").map { try $0.get("content", as: [UInt8].self) }
            }
            #expect(!contents.isEmpty)
            for content in contents { #expect(!content.contains(plain.suffix(32))) }
        }
    }
}
