import Cryptography
import Extension
import Foundation
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Identity

/// An authenticator and its browser, which may be made to lie.
private struct Authenticator {
    let key: JOSE.PrivateKey
    let credential = Array("credential-of-the-test".utf8)
    var origin = "https://ywtb.example.gov.cn"
    var party = "ywtb.example.gov.cn"
    var flags: UInt8 = 0x05
    var count: UInt32 = 1

    init(_ algorithm: JOSE.Algorithm = .es256) throws { key = try JOSE.PrivateKey.generate(algorithm) }

    func clientData(_ type: String, _ challenge: String, extra: String = "") -> [UInt8] {
        Array("{\"type\":\"\(type)\",\"challenge\":\"\(challenge)\",\"origin\":\"\(origin)\"\(extra)}".utf8)
    }

    var data: [UInt8] {
        SHA256.hash(Array(party.utf8)) + [flags] + withUnsafeBytes(of: count.bigEndian) { Array($0) }
    }

    /// The attestation object of a new credential, with format none.
    func attestation() -> [UInt8] {
        var made = SHA256.hash(Array(party.utf8)) + [flags | 0x40] + [0, 0, 0, 0]
        made += [UInt8](repeating: 0, count: 16) + [0, UInt8(credential.count)] + credential + cose
        let length = made.count
        return [0xA3, 0x63] + Array("fmt".utf8) + [0x64] + Array("none".utf8) + [0x67] + Array("attStmt".utf8) + [0xA0]
            + [0x68] + Array("authData".utf8) + Self.byteString(length) + made
    }

    /// The head of a byte string, in the shortest form.
    private static func byteString(_ length: Int) -> [UInt8] {
        length < 256 ? [0x58, UInt8(length)] : [0x59, UInt8(length >> 8), UInt8(length & 0xFF)]
    }

    private var cose: [UInt8] {
        switch key.publicKey.parameters {
        case .point(let x, let y):
            return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32] + x + [0x22, 0x58, 32] + y
        case .modulus(let n, let e):
            return [0xA4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x59, UInt8(n.count >> 8), UInt8(n.count & 0xFF)]
                + n
                + [0x21, 0x43] + e
        }
    }

    /// The signature in the form of authenticators: DER for ES256.
    func sign(_ message: [UInt8]) throws -> [UInt8] {
        let raw = try key.sign(message)
        guard key.publicKey.algorithm == .es256 else { return raw }
        return DER.sequence([
            DER.integer(magnitude: Array(raw.prefix(32))), DER.integer(magnitude: Array(raw.suffix(32))),
        ])
    }
}

@Suite("Signing in by a passkey")
struct PasskeyTests {
    private struct Home {
        let fixture: IdentityFixture
        let identity: IdentityService

        func act(_ seconds: Int = 0) async throws -> Act {
            let now = IdentityFixture.after(seconds)
            let signedIn = try await fixture.signIn(at: now)
            return Act(actor: signedIn.actor, now: now)
        }

        func add(_ device: Authenticator, by act: Act, password: String = IdentityFixture.password) async throws {
            let challenge = try await identity.passkeyCreation(by: act).challenge
            try await identity.addPasskey(
                title: "我的手机", challenge: challenge, clientData: device.clientData("webauthn.create", challenge),
                attestation: device.attestation(), password: password, by: act)
        }

        func challenge(at seconds: Int = 0) -> String {
            identity.passkeyRequest(
                by: Act(actor: .anonymous(terminal: .portal), now: IdentityFixture.after(seconds)))?.challenge ?? ""
        }

        /// Whether it is refused as a passkey that does not fit.
        func isRefused(
            _ device: Authenticator, _ challenge: String, clientData: [UInt8]? = nil, signature: [UInt8]? = nil,
            at seconds: Int = 0
        ) async throws -> Bool {
            do {
                _ = try await enter(device, challenge, clientData: clientData, signature: signature, at: seconds)
                return false
            } catch let error as IdentityError {
                return error.code == .passkey
            }
        }

        func addingRefused(
            _ device: Authenticator, by act: Act, password: String = IdentityFixture.password
        ) async throws -> IdentityError.Code? {
            do {
                try await add(device, by: act, password: password)
                return nil
            } catch let error as IdentityError {
                return error.code
            }
        }

        func enter(
            _ device: Authenticator, _ challenge: String, clientData: [UInt8]? = nil, signature: [UInt8]? = nil,
            at seconds: Int = 0
        ) async throws -> SignedIn {
            let client = clientData ?? device.clientData("webauthn.get", challenge)
            return try await identity.signIn(
                passkey: device.credential, challenge: challenge, clientData: client, authenticatorData: device.data,
                signature: try signature ?? device.sign(device.data + SHA256.hash(client)),
                client: SignInClient(address: "192.0.2.1", terminal: .portal),
                act: Act(actor: .anonymous(terminal: .portal), now: IdentityFixture.after(seconds)))
        }
    }

    private func with(_ kind: TestDatabaseKind = .sqlite, _ body: (Home) async throws -> Void) async throws {
        try await IdentityFixture.with(kind) { (fixture) async throws in
            let identity = IdentityService(
                database: fixture.database, events: EventLog(), cipher: fixture.keyring.cipher,
                organisation: fixture.organisation, division: "430600",
                party: PasskeyParty(address: "https://ywtb.example.gov.cn"))
            try await body(Home(fixture: fixture, identity: identity))
        }
    }

    @Test(
        "one that was added opens its account, each challenge once", arguments: TestDatabase.all,
        JOSE.Algorithm.allCases)
    func story(kind: TestDatabaseKind, algorithm: JOSE.Algorithm) async throws {
        try await with(kind) { (home) async throws in
            var device = try Authenticator(algorithm)
            let act = try await home.act()
            try await home.add(device, by: act)
            let challenge = home.challenge()
            device.count = 2
            let signedIn = try await home.enter(device, challenge)
            #expect(signedIn.actor.person == home.fixture.person)
            device.count = 3
            #expect(try await home.isRefused(device, challenge))
            let listed = try await home.identity.passkeys(by: act)
            #expect(listed.map(\.title) == ["我的手机"])
            #expect(listed[0].usedAt == IdentityFixture.start)
            try await home.identity.removePasskey(listed[0].id, by: act)
            #expect(try await home.isRefused(device, home.challenge()))
        }
    }

    @Test("an authenticator that counts nothing is let in; a copy whose count stands still is not")
    func copies() async throws {
        try await with { (home) async throws in
            var device = try Authenticator()
            try await home.add(device, by: try await home.act())
            device.count = 0
            _ = try await home.enter(device, home.challenge())
            _ = try await home.enter(device, home.challenge(at: 1), at: 1)
            device.count = 7
            _ = try await home.enter(device, home.challenge(at: 2), at: 2)
            for count: UInt32 in [7, 6, 0] {
                device.count = count
                #expect(try await home.isRefused(device, home.challenge(at: 3), at: 3))
            }
        }
    }

    @Test(
        "nothing is believed that was made elsewhere, for elsewhere, by nobody or by another key",
        arguments: [
            "origin", "party", "absent", "unverified", "type", "cross", "challenge", "late", "key", "signature",
        ])
    func lies(how: String) async throws {
        try await with { (home) async throws in
            let honest = try Authenticator()
            try await home.add(honest, by: try await home.act())
            var device = honest
            device.count = 2
            let challenge = home.challenge()
            var client: [UInt8]?
            var signature: [UInt8]?
            var seconds = 0
            switch how {
            case "origin": device.origin = "https://ywtb.example.gov.cn.evil.example"
            case "party": device.party = "evil.example"
            case "absent": device.flags = 0x04
            case "unverified": device.flags = 0x01
            case "type": client = device.clientData("webauthn.create", challenge)
            case "cross": client = device.clientData("webauthn.get", challenge, extra: ",\"crossOrigin\":true")
            case "challenge": client = device.clientData("webauthn.get", home.challenge(at: 1))
            case "late": seconds = 300
            case "key":
                let stranger = try Authenticator()
                signature = try stranger.sign(device.data + SHA256.hash(device.clientData("webauthn.get", challenge)))
            default: signature = []
            }
            #expect(try await home.isRefused(device, challenge, clientData: client, signature: signature, at: seconds))
            var sound = honest
            sound.count = 3
            _ = try await home.enter(sound, home.challenge(at: 2), at: 2)
        }
    }

    @Test("a challenge that is not ours, or was for something else, opens nothing")
    func challenges() async throws {
        try await with { (home) async throws in
            var device = try Authenticator()
            let act = try await home.act()
            try await home.add(device, by: act)
            device.count = 2
            let other = try await home.identity.passkeyCreation(by: act).challenge
            var forged = try Base64URL.decode(home.challenge())
            forged[20] ^= 1
            for challenge in ["", "x", other, Base64URL.encode(forged)] {
                #expect(try await home.isRefused(device, challenge))
            }
        }
    }

    @Test("adding one needs the password and an answer to one's own challenge")
    func adding() async throws {
        try await with { (home) async throws in
            let device = try Authenticator()
            let act = try await home.act()
            #expect(try await home.addingRefused(device, by: act, password: "Wrong-Horse-7") == .credentials)
            var remote = device
            remote.origin = "https://evil.example"
            #expect(try await home.addingRefused(remote, by: act) == .passkey)
            var weak = device
            weak.flags = 0x01
            #expect(try await home.addingRefused(weak, by: act) == .passkey)
            #expect(try await home.identity.passkeys(by: act).isEmpty)
            try await home.add(device, by: act)
            // The same credential does not come to an account twice.
            let later = Act(actor: act.actor, now: IdentityFixture.after(1))
            #expect(try await home.addingRefused(device, by: later) == .passkey)
        }
    }

    @Test(
        "a portal that is reached by a number has no passkeys",
        arguments: [
            ("http://localhost:8080", true), ("https://ywtb.example.gov.cn", true), ("http://127.0.0.1:8080", false),
            ("https://[::1]:8080", false), ("http://ywtb.example.gov.cn", false), ("", false),
        ])
    func party(address: String, isPossible: Bool) {
        #expect((PasskeyParty(address: address) != nil) == isPossible)
    }
}
