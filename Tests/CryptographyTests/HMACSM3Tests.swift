import Cryptography
import Testing

@Suite("HMAC-SM3 and key derivation")
struct HMACSM3Tests {
    @Test(
        "the openssl command gives the same code for short, block-long and longer keys",
        arguments: [1, 32, 63, 64, 65, 200])
    func agreement(keyLength: Int) throws {
        var generator = SeededGenerator(seed: UInt64(keyLength))
        let key = generator.bytes(keyLength)
        let message = generator.bytes(300)
        let command = try OpenSSLCommand()
        try command.write(message, to: "message")
        let output = try command.run(
            "dgst", "-sm3", "-mac", "HMAC", "-macopt", "hexkey:\(Hex.encode(key))", "-r", "message"
        ).output
        #expect(output.hasPrefix(Hex.encode(HMACSM3.authenticate(message, key: key)) + " "))
    }

    @Test("a prepared key can be used again and again, by many tasks at once")
    func preparedKey() async {
        let key = HMACSM3.Key(utf8("key"))
        let expected = (0..<64).map { HMACSM3.authenticate([$0], key: utf8("key")) }
        await withTaskGroup(of: (Int, [UInt8]).self) { group in
            for index in 0..<64 {
                group.addTask { (index, HMACSM3.authenticate([UInt8(index)], key: key)) }
            }
            for await (index, code) in group {
                #expect(code == expected[index])
            }
        }
    }

    @Test("a changed code, message or key is not valid")
    func invalid() {
        let code = HMACSM3.authenticate(utf8("message"), key: utf8("key"))
        #expect(HMACSM3.isValid(code, for: utf8("message"), key: utf8("key")))
        #expect(!HMACSM3.isValid(code, for: utf8("massage"), key: utf8("key")))
        #expect(!HMACSM3.isValid(code, for: utf8("message"), key: utf8("kez")))
        #expect(!HMACSM3.isValid(Array(code.dropLast()), for: utf8("message"), key: utf8("key")))
        for index in code.indices {
            var changed = code
            changed[index] ^= 1
            #expect(!HMACSM3.isValid(changed, for: utf8("message"), key: utf8("key")))
        }
    }

    @Test(
        "HKDF gives what the openssl command gives", arguments: [1, 31, 32, 33, 100, 255 * 32])
    func hkdf(length: Int) throws {
        let command = try OpenSSLCommand()
        let input = utf8("input keying material")
        try command.run(
            "kdf", "-keylen", "\(length)", "-kdfopt", "digest:SM3", "-kdfopt", "hexkey:\(Hex.encode(input))", "-kdfopt",
            "salt:pepper", "-kdfopt", "info:label", "-binary", "-out", "key", "HKDF")
        let extracted = HKDF.extract(input, salt: utf8("pepper"))
        let output = HKDF.expand(HMACSM3.Key(extracted), info: utf8("label"), length: length)
        #expect(output.count == length)
        #expect(try output == command.read("key"))
    }

    @Test("different labels and different keys give different bytes, the same ones the same")
    func labels() throws {
        let key = try SymmetricKey(bytes: [UInt8](repeating: 7, count: 32))
        let derived = KeyDerivation.derive(from: key, label: "a", length: 48)
        #expect(derived.count == 48)
        #expect(KeyDerivation.derive(from: key, label: "a", length: 48) == derived)
        #expect(KeyDerivation.derive(from: key, label: "b", length: 48) != derived)
        #expect(KeyDerivation.derive(from: .generate(), label: "a", length: 48) != derived)
        #expect(key.derived(label: "a") != key.derived(label: "b"))
        #expect(KeyDerivation.derive(from: key, label: "a", length: 0).isEmpty)
    }
}
