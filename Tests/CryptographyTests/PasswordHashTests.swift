import Testing

@testable import Cryptography

@Suite("Password hashes")
struct PasswordHashTests {
    @Test(
        "RFC 7914 §12 examples come out",
        arguments: [
            (
                "", "", 4, 1, 1,
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                    + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                "password", "NaCl", 10, 8, 16,
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", 14, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                    + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func published(password: String, salt: String, logN: Int, r: Int, p: Int, hash: String) throws {
        let cost = Scrypt.Cost(logN: logN, r: r, p: p)
        #expect(try Hex.encode(Scrypt.derive(password, salt: utf8(salt), cost: cost, length: 64)) == hash)
    }

    @Test("a hash is stored with its cost and verifies its own password only")
    func verifying() throws {
        let encoded = try PasswordHash.hash("芝麻开门")
        #expect(encoded.hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(PasswordHash.verify("芝麻开门", against: encoded))
        #expect(!PasswordHash.verify("芝麻关门", against: encoded))
        #expect(!PasswordHash.verify("", against: encoded))
        #expect(!PasswordHash.needsRehash(encoded))
    }

    @Test("the same password has another hash each time")
    func salting() throws {
        #expect(try PasswordHash.hash("x") != PasswordHash.hash("x"))
    }

    @Test("a cheaper hash still verifies, and asks to be replaced")
    func rehashing() throws {
        let cost = Scrypt.Cost(logN: 10, r: 8, p: 1)
        let salt = utf8("saltsaltsaltsalt")
        let hash = try Scrypt.derive("x", salt: salt, cost: cost, length: 32)
        let encoded = EncodedPasswordHash(cost: cost, salt: salt, hash: hash).text
        #expect(PasswordHash.verify("x", against: encoded))
        #expect(PasswordHash.needsRehash(encoded))
    }

    @Test("an account that does not exist is answered with false")
    func missingAccount() {
        #expect(!PasswordHash.verify("x", against: nil))
    }

    private static let salt = "c2FsdHNhbHRzYWx0c2FsdA"
    private static let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    @Test(
        "a text that is malformed, too weak or too costly is not accepted",
        arguments: [
            "", "x", "$scrypt$", "$argon2id$ln=15,r=8,p=1$\(salt)$\(hash)",
            "$scrypt$ln=15,r=8$\(salt)$\(hash)", "$scrypt$ln=15,p=1,r=8$\(salt)$\(hash)",
            "$scrypt$ln=9,r=8,p=1$\(salt)$\(hash)", "$scrypt$ln=19,r=8,p=1$\(salt)$\(hash)",
            "$scrypt$ln=63,r=8,p=1$\(salt)$\(hash)", "$scrypt$ln=18,r=16,p=1$\(salt)$\(hash)",
            "$scrypt$ln=15,r=8,p=5$\(salt)$\(hash)", "$scrypt$ln=+15,r=8,p=1$\(salt)$\(hash)",
            "$scrypt$ln=15,r=8,p=01$\(salt)$\(hash)", "$scrypt$ln=15,r=8,p=1$\(salt)$",
            "$scrypt$ln=15,r=8,p=1$$\(hash)",
            "$scrypt$ln=15,r=8,p=1$\(salt)$\(hash)$", "$scrypt$ln=15,r=8,p=1$\(salt)=$\(hash)",
        ])
    func refused(encoded: String) {
        #expect(EncodedPasswordHash(encoded) == nil)
        #expect(!PasswordHash.verify("x", against: encoded))
        #expect(PasswordHash.needsRehash(encoded))
    }

    @Test("the dearest text that is accepted can be computed")
    func upperBound() throws {
        let stored = try #require(EncodedPasswordHash("$scrypt$ln=18,r=8,p=1$\(Self.salt)$\(Self.hash)"))
        #expect(try Scrypt.derive("x", salt: stored.salt, cost: stored.cost, length: 32).count == 32)
    }
}

@Suite("Self-test")
struct SelfTestTests {
    @Test("the algorithms give their known answers")
    func run() throws {
        try CryptographySelfTest.run()
    }

    @Test("an error says in Chinese what to do, and carries its code")
    func errors() {
        let error = CryptographyError(.boxOpen, operation: "SM4.open", detail: "authentication failed")
        #expect(error.code.rawValue == "cryptography.box.open")
        #expect(error.description.contains("请核对密钥"))
        #expect(error.description.contains("cryptography.box.open"))
    }
}
