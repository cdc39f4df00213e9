import Cryptography
import Testing

@Suite("SM2 encryption")
struct SM2EncryptionTests {
    private let key: SM2.PrivateKey
    private let secret = Array("数据密钥 0123456789abcdef".utf8)

    init() throws {
        key = try .generate()
    }

    private func code(_ body: () throws -> Void) -> CryptographyError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? CryptographyError)?.code
        }
    }

    @Test("only the holder of the private half reads it, and nothing that was changed is read")
    func roundTrip() throws {
        let cipher = try key.publicKey.encrypt(secret)
        #expect(try key.decrypt(cipher) == secret)
        #expect(try key.publicKey.encrypt(secret) != cipher, "each time under a fresh random number")
        let other = try SM2.PrivateKey.generate()
        #expect(code { _ = try other.decrypt(cipher) } == .boxOpen)
        #expect(code { _ = try key.decrypt(Array(cipher.dropLast())) } == .boxOpen)
        #expect(code { _ = try key.decrypt([]) } == .boxOpen)
        for position in [cipher.count - 1, cipher.count / 2, 8] {
            var changed = cipher
            changed[position] ^= 1
            #expect(code { _ = try key.decrypt(changed) } == .boxOpen)
        }
    }

    @Test("openssl reads what we encrypt, and we read what openssl encrypts")
    func openSSL() throws {
        let openssl = try OpenSSLCommand()
        try openssl.write(try key.pem(), to: "key.pem")
        try openssl.write(key.publicKey.pem, to: "public.pem")
        try openssl.write(secret, to: "plain")
        try openssl.write(try key.publicKey.encrypt(secret), to: "ours")
        #expect(
            try openssl.run("pkeyutl", "-decrypt", "-inkey", "key.pem", "-in", "ours", "-out", "read").status == 0)
        #expect(try openssl.read("read") == secret)
        let theirs = try openssl.run(
            "pkeyutl", "-encrypt", "-pubin", "-inkey", "public.pem", "-in", "plain", "-out", "theirs")
        #expect(theirs.status == 0)
        #expect(try key.decrypt(try openssl.read("theirs")) == secret)
    }
}
