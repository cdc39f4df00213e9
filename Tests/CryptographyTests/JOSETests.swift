import Cryptography
import Testing

@Suite("Signatures of the web's tokens")
struct JOSETests {
    private func key(_ vector: JOSEVector) throws -> JOSE.PublicKey {
        func number(_ name: String) throws -> [UInt8]? { try vector.key[name].map { try Base64URL.decode($0) } }
        if let x = try number("x"), let y = try number("y") { return try JOSE.PublicKey(.point(x: x, y: y)) }
        return try JOSE.PublicKey(.modulus(n: #require(try number("n")), e: #require(try number("e"))))
    }

    @Test("the published examples verify, each under its own key alone", arguments: JOSEVector.all)
    func vectors(vector: JOSEVector) throws {
        let message = try CompactJWS(vector.message)
        for other in JOSEVector.all {
            #expect(try message.isSigned(by: key(other)) == (other.name == vector.name))
        }
    }

    @Test("no bit of a published example can be changed", arguments: JOSEVector.all)
    func tampering(vector: JOSEVector) throws {
        let key = try key(vector)
        let message = try CompactJWS(vector.message)
        for position in 0..<message.signature.count {
            var signature = message.signature
            signature[position] ^= 1
            #expect(!key.isValid(signature, for: message.signed))
        }
        for position in stride(from: 0, to: message.signed.count, by: 7) {
            var signed = message.signed
            signed[position] ^= 1
            #expect(!key.isValid(message.signature, for: signed))
        }
    }

    @Test("what a key signs, it verifies, after a way through the store too", arguments: JOSE.Algorithm.allCases)
    func roundTrip(algorithm: JOSE.Algorithm) throws {
        let key = try JOSE.PrivateKey.generate(algorithm)
        #expect(key.publicKey.algorithm == algorithm)
        let text = try CompactJWS.sign(
            header: utf8("{\"alg\":\"\(algorithm.rawValue)\"}"), payload: utf8("正文"), with: key)
        let message = try CompactJWS(text)
        #expect(message.payload == utf8("正文"))
        #expect(message.isSigned(by: key.publicKey))
        let stored = try JOSE.PrivateKey(der: key.der())
        #expect(stored.publicKey == key.publicKey)
        #expect(try JOSE.PublicKey(key.publicKey.parameters) == key.publicKey)
        #expect(key.publicKey.isValid(try stored.sign([]), for: []))
        #expect(!"\(key)\(String(reflecting: key))".contains("0x"))
    }

    @Test("signatures always have the length that the standard fixes", arguments: 0..<40)
    func length(_: Int) throws {
        let key = try JOSE.PrivateKey.generate(.es256)
        #expect(try key.sign(utf8("x")).count == 64)
    }

    @Test("the openssl command accepts our ES256 signatures in DER, and we accept its own")
    func agreesWithOpenSSL() throws {
        let command = try OpenSSLCommand()
        let key = try JOSE.PrivateKey.generate(.es256)
        try command.write(key.der(), to: "key.der")
        try command.write("message", to: "message")
        let made = try command.run(
            "dgst", "-sha256", "-keyform", "DER", "-sign", "key.der", "-out", "signature", "message")
        #expect(made.status == 0)
        #expect(key.publicKey.isValid(der: try command.read("signature"), for: utf8("message")))
        #expect(!key.publicKey.isValid(der: try command.read("signature"), for: utf8("another")))
        #expect(!key.publicKey.isValid(try command.read("signature"), for: utf8("message")))
    }

    @Test(
        "a text that is not exactly one compact message is refused",
        arguments: [
            "", ".", "..", "a.b", "a.b.c.d", "eyJ9.e30", "eyJ9.e30.", ".e30.AAAA", "eyJhbGciOiJub25lIn0=.e30.AAAA",
            "eyJhbGciOiJub25lIn0.e3 0.AAAA", "eyJhbGciOiJub25lIn0.e30.AA+A", "eyJhbGciOiJub25lIn0.e30.AAB",
            "eyJhbGciOiJub25lIn0\n.e30.AAAA", " eyJhbGciOiJub25lIn0.e30.AAAA",
        ])
    func form(text: String) throws {
        // An empty signature is canonical base64url; it must not verify, whatever the header says.
        if let message = try? CompactJWS(text) {
            #expect(message.signature.isEmpty)
            #expect(!(try message.isSigned(by: key(.rsa))))
            #expect(!(try message.isSigned(by: key(.curve))))
        } else {
            expect(.jwsFormat) { _ = try CompactJWS(text) }
        }
    }

    @Test("a huge text is refused before it is taken apart")
    func huge() {
        let text = "eyJ9." + String(repeating: "A", count: CompactJWS.maximumLength) + ".AAAA"
        expect(.jwsFormat) { _ = try CompactJWS(text) }
        expect(.jwsFormat) { _ = try CompactJWS(String(repeating: ".", count: 100)) }
    }

    @Test("a point that is not on P-256 is no key: off the curve, infinity, too short, beyond the field")
    func points() throws {
        guard case .point(let x, let y) = try key(.curve).parameters else {
            Issue.record("no point")
            return
        }
        var off = y
        off[31] ^= 1
        let zero = [UInt8](repeating: 0, count: 32)
        let beyond = [UInt8](repeating: 0xFF, count: 32)
        let wrong: [(x: [UInt8], y: [UInt8])] = [
            (x, off), (y, x), (zero, zero), (beyond, y), (x, beyond), (Array(x.dropLast()), y), ([0] + x, y), ([], []),
        ]
        for (x, y) in wrong {
            expect(.signingKey) { _ = try JOSE.PublicKey(.point(x: x, y: y)) }
        }
    }

    @Test("keys of another curve or kind are no keys")
    func kinds() throws {
        let command = try OpenSSLCommand()
        for (kind, option) in [
            ("EC", "ec_paramgen_curve:P-384"), ("EC", "ec_paramgen_curve:secp256k1"), ("EC", "ec_paramgen_curve:SM2"),
            ("RSA", "rsa_keygen_bits:1024"), ("RSA", "rsa_keygen_pubexp:3"),
        ] {
            let made = try command.run(
                "genpkey", "-algorithm", kind, "-pkeyopt", option, "-outform", "DER", "-out", "key.der")
            #expect(made.status == 0)
            let der = try command.read("key.der")
            expect(.signingKey) { _ = try JOSE.PrivateKey(der: der) }
        }
    }

    @Test("weak and outsized numbers are no RSA key")
    func modulus() throws {
        guard case .modulus(let n, let e) = try key(.rsa).parameters else {
            Issue.record("no modulus")
            return
        }
        let wrong: [(n: [UInt8], e: [UInt8])] = [
            (n, [1]), (n, [3]), (n, [1, 0, 0]), (n, [0, 1, 0, 1]), (n, [1, 0, 0, 0, 1]), ([0] + n, e), ([], e), (n, []),
            (Array(n.prefix(128)), e), ([UInt8](repeating: 0xFF, count: 513), e),
        ]
        for (n, e) in wrong {
            expect(.signingKey) { _ = try JOSE.PublicKey(.modulus(n: n, e: e)) }
        }
    }

    @Test("zero, the order and stretched numbers are no signature", arguments: [0, 1, 2, 3])
    func degenerate(kind: Int) throws {
        let order = try Hex.decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        let zero = [UInt8](repeating: 0, count: 32)
        let raw = [zero + zero, order + order, zero + order, zero + zero + [0]][kind]
        #expect(try !key(.curve).isValid(raw, for: []))
    }

    @Test(
        "a signature in anything but strict DER is not valid",
        arguments: ["", "3000", "3006020181020101", "308106020101020101", "300702020001020101"])
    func strictDER(text: String) throws {
        #expect(try !key(.curve).isValid(der: Hex.decode(text), for: []))
    }
}
