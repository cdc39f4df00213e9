import Cryptography
import Testing

@Suite("The forms of SM2 keys")
struct SM2KeyFormTests {
    private let key: SM2.PrivateKey

    init() throws {
        key = try .generate()
    }

    /// Whether both are the same pair: the copy signs what the original's public half verifies.
    private func isSame(_ copy: SM2.PrivateKey) throws -> Bool {
        try copy.publicKey == key.publicKey && key.publicKey.verify(copy.sign([1]), for: [1])
    }

    @Test("a public key comes back from SPKI, point and PEM")
    func publicForms() throws {
        let publicKey = key.publicKey
        #expect(try SM2.PublicKey(spki: publicKey.spki) == publicKey)
        #expect(try SM2.PublicKey(point: publicKey.point) == publicKey)
        #expect(try SM2.PublicKey(pem: publicKey.pem) == publicKey)
    }

    @Test("a private key comes back from DER, PEM and encrypted PKCS#8")
    func privateForms() throws {
        #expect(try isSame(SM2.PrivateKey(der: key.der())))
        #expect(try isSame(SM2.PrivateKey(pem: key.pem())))
        #expect(try isSame(SM2.PrivateKey(pem: key.pkcs8(passphrase: "口令 pass"), passphrase: "口令 pass")))
    }

    @Test("encrypted PKCS#8 opens only with its passphrase")
    func passphrase() throws {
        let pem = try key.pkcs8(passphrase: "right")
        #expect(pem.contains("ENCRYPTED PRIVATE KEY"))
        expect(.keyPassphrase) { _ = try SM2.PrivateKey(pem: pem, passphrase: "wrong") }
        expect(.keyPassphrase) { _ = try SM2.PrivateKey(pem: pem, passphrase: "") }
        expect(.keyPassphrase) { _ = try SM2.PrivateKey(pem: pem) }
    }

    @Test("the openssl command reads our keys")
    func readThere() throws {
        let command = try OpenSSLCommand()
        try command.write(key.pem(), to: "plain.pem")
        try command.write(key.pkcs8(passphrase: "secret"), to: "encrypted.pem")
        #expect(try command.run("pkey", "-in", "plain.pem", "-pubout").output == key.publicKey.pem)
        let encrypted = try command.run("pkey", "-in", "encrypted.pem", "-passin", "pass:secret", "-pubout")
        #expect(encrypted.output == key.publicKey.pem)
    }

    @Test(
        "we read the openssl command's keys, EC and PKCS#8, plain and encrypted")
    func readHere() throws {
        let command = try OpenSSLCommand()
        try command.write(key.pem(), to: "plain.pem")
        try command.run("ec", "-in", "plain.pem", "-out", "sec1.pem")
        try command.run("pkey", "-in", "plain.pem", "-outform", "DER", "-out", "key.der")
        try command.run(
            "pkcs8", "-topk8", "-in", "plain.pem", "-v2", "sm4-cbc", "-passout", "pass:secret", "-out", "pbkdf2.pem")
        let sec1 = try command.readText("sec1.pem")
        #expect(sec1.contains("SM2 PRIVATE KEY"))
        #expect(try isSame(SM2.PrivateKey(pem: sec1)))
        #expect(try isSame(SM2.PrivateKey(pem: sec1.replacing("SM2 PRIVATE", with: "EC PRIVATE"))))
        #expect(try isSame(SM2.PrivateKey(der: command.read("key.der"))))
        #expect(try isSame(SM2.PrivateKey(pem: command.readText("pbkdf2.pem"), passphrase: "secret")))
    }

    @Test(
        "a key of another curve or algorithm is refused",
        arguments: [
            ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], ["-algorithm", "ED25519"],
        ])
    func otherAlgorithms(options: [String]) throws {
        let command = try OpenSSLCommand()
        if options.count == 4 {
            try command.run("genpkey", options[0], options[1], options[2], options[3], "-out", "private.pem")
        } else {
            try command.run("genpkey", options[0], options[1], "-out", "private.pem")
        }
        try command.run("pkey", "-in", "private.pem", "-pubout", "-out", "public.pem")
        expect(.keyFormat) { _ = try SM2.PrivateKey(pem: command.readText("private.pem")) }
        expect(.keyFormat) { _ = try SM2.PublicKey(pem: command.readText("public.pem")) }
    }

    @Test("a point off the curve, at another length or in another form is refused")
    func badPoints() {
        var off = key.publicKey.point
        off[64] ^= 1
        var hybrid = key.publicKey.point
        hybrid[0] = 0x06
        for point in [off, hybrid, Array(off.dropLast()), [], [0], off + [0]] {
            expect(.keyFormat) { _ = try SM2.PublicKey(point: point) }
        }
    }

    @Test("the point at infinity is no public key")
    func infinity() throws {
        let spki = try Hex.decode("3019301306072a8648ce3d020106082a811ccf5501822d03020000")
        expect(.keyFormat) { _ = try SM2.PublicKey(spki: spki) }
    }

    @Test("bytes after a key, or missing from it, make it invalid")
    func trailingBytes() throws {
        let der = try key.der()
        expect(.keyFormat) { _ = try SM2.PublicKey(spki: key.publicKey.spki + [0]) }
        expect(.keyFormat) { _ = try SM2.PublicKey(spki: key.publicKey.spki.dropLast()) }
        expect(.keyFormat) { _ = try SM2.PrivateKey(der: der + [0]) }
        expect(.keyFormat) { _ = try SM2.PrivateKey(der: der.dropLast()) }
        expect(.keyFormat) { _ = try SM2.PrivateKey(der: []) }
    }

    @Test(
        "a private number out of range is refused",
        arguments: [
            String(repeating: "0", count: 64),
            // n - 1: signing would divide by 1 + d = n.
            "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122",
            "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
            String(repeating: "f", count: 64), "01",
        ])
    func scalarRange(scalar: String) {
        expect(.keyFormat) { _ = try SM2.PrivateKey(scalar: Hex.decode(scalar)) }
    }

    @Test("a private number that does not belong to the public point is refused")
    func mismatch() throws {
        let other = try SM2.PrivateKey.generate().publicKey.point
        var der = try key.der()
        let start = try #require(
            der.indices.first { der[$0...].starts(with: key.publicKey.point) }, "the point is inside")
        der.replaceSubrange(start..<(start + 65), with: other)
        expect(.keyFormat) { _ = try SM2.PrivateKey(der: der) }
    }

    @Test(
        "PEM text without the block asked for, without end, or with broken base64 is refused",
        arguments: [
            "", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PRIVATE KEY-----\nAAAA\n",
            "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        ])
    func badPEM(text: String) {
        expect(.pemFormat) { _ = try SM2.PrivateKey(pem: text) }
    }
}
