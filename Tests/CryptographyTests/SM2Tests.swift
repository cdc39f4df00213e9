import Cryptography
import Testing

@Suite("SM2 signatures")
struct SM2Tests {
    /// GB/T 32918.5-2017, appendix A.2.
    private enum Published {
        static let scalar = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
        static let point =
            "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
        static let signature =
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        static let message = utf8("message digest")
    }

    @Test("GB/T 32918.5: the published scalar has the published point, which verifies the published signature")
    func published() throws {
        let key = try SM2.PrivateKey(scalar: Hex.decode(Published.scalar))
        #expect(Hex.encode(key.publicKey.point) == Published.point)
        let signature = try SM2.Signature(raw: Hex.decode(Published.signature)).der
        #expect(key.publicKey.verify(signature, for: Published.message))
        #expect(!key.publicKey.verify(signature, for: Published.message, id: "1234567812345679"))
        #expect(!key.publicKey.verify(signature, for: Published.message + [0]))
    }

    @Test("a signature verifies under its own message, identifier and key only")
    func binding() throws {
        let key = try SM2.PrivateKey.generate()
        let signature = try key.sign(utf8("公文"), id: "ALICE123@YAHOO.COM")
        #expect(key.publicKey.verify(signature, for: utf8("公文"), id: "ALICE123@YAHOO.COM"))
        #expect(!key.publicKey.verify(signature, for: utf8("公文")))
        #expect(!key.publicKey.verify(signature, for: utf8("公交"), id: "ALICE123@YAHOO.COM"))
        let other = try SM2.PrivateKey.generate().publicKey
        #expect(!other.verify(signature, for: utf8("公文"), id: "ALICE123@YAHOO.COM"))
    }

    @Test("a signature with any byte changed, cut or extended does not verify")
    func tampering() throws {
        let key = try SM2.PrivateKey.generate()
        let message = utf8("message")
        let signature = try key.sign(message)
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!key.publicKey.verify(changed, for: message), "byte \(index)")
            #expect(!key.publicKey.verify(Array(signature.prefix(index)), for: message))
        }
        #expect(!key.publicKey.verify(signature + [0], for: message))
    }

    @Test("an empty message can be signed")
    func emptyMessage() throws {
        let key = try SM2.PrivateKey.generate()
        #expect(key.publicKey.verify(try key.sign([]), for: []))
    }

    @Test("an identifier that the standard can't express is refused when signing and never verifies")
    func longIdentifier() throws {
        let key = try SM2.PrivateKey.generate()
        let longest = String(repeating: "x", count: 8190)
        #expect(key.publicKey.verify(try key.sign([1], id: longest), for: [1], id: longest))
        expect(.identifierLength) { _ = try key.sign([1], id: longest + "x") }
        #expect(!key.publicKey.verify(try key.sign([1]), for: [1], id: longest + "x"))
    }

    @Test("one key signs and verifies in many tasks at once")
    func concurrency() async throws {
        let key = try SM2.PrivateKey.generate()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask { key.publicKey.verify(try key.sign([UInt8(index)]), for: [UInt8(index)]) }
            }
            for try await isValid in group {
                #expect(isValid)
            }
        }
    }

    @Test("the openssl command verifies our signature")
    func ourSignatureThere() throws {
        let key = try SM2.PrivateKey.generate()
        let command = try OpenSSLCommand()
        try command.write(utf8("批准"), to: "message")
        try command.write(key.sign(utf8("批准")), to: "signature")
        try command.write(key.publicKey.pem, to: "public.pem")
        let result = try command.run(
            "pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-digest", "sm3", "-in", "message",
            "-sigfile", "signature", "-pkeyopt", "distid:1234567812345678")
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("we verify the openssl command's signature")
    func theirSignatureHere() throws {
        let command = try OpenSSLCommand()
        try command.run("genpkey", "-algorithm", "SM2", "-out", "private.pem")
        try command.run("pkey", "-in", "private.pem", "-pubout", "-out", "public.pem")
        try command.write(utf8("批准"), to: "message")
        try command.run(
            "pkeyutl", "-sign", "-inkey", "private.pem", "-rawin", "-digest", "sm3", "-in", "message", "-out",
            "signature", "-pkeyopt", "distid:1234567812345678")
        let key = try SM2.PublicKey(pem: command.readText("public.pem"))
        #expect(key.verify(try command.read("signature"), for: utf8("批准")))
        #expect(try SM2.PrivateKey(pem: command.readText("private.pem")).publicKey == key)
    }
}
