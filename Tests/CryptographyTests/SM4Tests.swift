import Testing

@testable import Cryptography

@Suite("SM4 boxes")
struct SM4Tests {
    private let key: SymmetricKey
    private let plain = utf8("张三 430602199001011234")
    private let associated = utf8("person.identity/17")

    init() throws {
        key = try SymmetricKey(bytes: Array(0..<32))
    }

    /// Counter mode over zeros is the block cipher itself, applied to the nonce.
    private func encryptBlock(_ block: [UInt8], key: [UInt8]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 16)
        try key.withUnsafeBytes { key in
            try [UInt8](repeating: 0, count: 16).withUnsafeBytes { zeros in
                try output.withUnsafeMutableBytes {
                    try CounterMode.apply(key: key, nonce: block, to: zeros, into: $0)
                }
            }
        }
        return output
    }

    @Test("GB/T 32907 appendix A.1: one block")
    func oneBlock() throws {
        let block = try Hex.decode("0123456789abcdeffedcba9876543210")
        #expect(try Hex.encode(encryptBlock(block, key: block)) == "681edf34d206965e86b3e94f536e4246")
    }

    @Test("the parts of a box are laid out as documented")
    func layout() throws {
        let nonce = [UInt8](0xF0...0xFF)
        let box = try SM4.seal(plain, key: key, associated: associated, nonce: nonce)
        #expect(box.count == plain.count + SM4.overhead)
        #expect(box[0] == 1)
        #expect(Array(box[1..<17]) == nonce)

        let command = try OpenSSLCommand()
        try command.write(plain, to: "plain")
        let cipherKey = KeyDerivation.derive(from: key, label: "yiciban.box.1.sm4-ctr", length: 16)
        try command.run(
            "enc", "-sm4-ctr", "-K", Hex.encode(cipherKey), "-iv", Hex.encode(nonce), "-in", "plain", "-out", "text")
        let text = Array(box[17..<(box.count - 32)])
        #expect(try text == command.read("text"))

        let length: [UInt8] = [0, 0, 0, 0, 0, 0, 0, UInt8(associated.count)]
        let codeKey = KeyDerivation.derive(from: key, label: "yiciban.box.1.hmac-sm3", length: 32)
        let code = HMACSM3.authenticate([1] + length + associated + nonce + text, key: codeKey)
        #expect(Array(box.suffix(32)) == code)
    }

    @Test("what was sealed can be opened", arguments: [0, 1, 15, 16, 17, 1000, 100_000])
    func roundTrip(length: Int) throws {
        var generator = SeededGenerator(seed: UInt64(length))
        let plain = generator.bytes(length)
        let cipher = SM4.Cipher(key)
        #expect(try cipher.open(SM4.seal(plain, key: key, associated: associated), associated: associated) == plain)
        #expect(try SM4.open(cipher.seal(plain, associated: []), key: key, associated: []) == plain)
    }

    @Test("a box with any bit changed does not open, always with the same error")
    func anyBit() throws {
        let box = try SM4.seal(plain, key: key, associated: associated)
        var errors: Set<CryptographyError> = []
        for index in box.indices {
            for bit in 0..<8 {
                var changed = box
                changed[index] ^= 1 << bit
                let error = #expect(throws: CryptographyError.self) {
                    try SM4.open(changed, key: key, associated: associated)
                }
                errors.formUnion(error.map { [$0] } ?? [])
            }
        }
        #expect(errors.map(\.code) == [.boxOpen])
    }

    @Test("a box that is cut or extended does not open")
    func length() throws {
        let box = try SM4.seal(plain, key: key, associated: associated)
        for length in box.indices {
            expect(.boxOpen) { _ = try SM4.open(Array(box.prefix(length)), key: key, associated: associated) }
        }
        expect(.boxOpen) { _ = try SM4.open(box + [0], key: key, associated: associated) }
    }

    @Test("another key or another associated text does not open a box")
    func binding() throws {
        let box = try SM4.seal(plain, key: key, associated: associated)
        expect(.boxOpen) { _ = try SM4.open(box, key: .generate(), associated: associated) }
        expect(.boxOpen) { _ = try SM4.open(box, key: key, associated: utf8("person.identity/18")) }
        expect(.boxOpen) { _ = try SM4.open(box, key: key, associated: []) }
    }

    @Test("bytes can't wander between the associated text and the nonce")
    func boundary() throws {
        let box = try SM4.seal(plain, key: key, associated: associated)
        expect(.boxOpen) { _ = try SM4.open(box, key: key, associated: associated + [box[1]]) }
    }

    @Test("a given nonce makes sealing repeatable, and random ones differ")
    func nonces() throws {
        let nonce = SecureRandom.bytes(16)
        let first = try SM4.seal(plain, key: key, associated: associated, nonce: nonce)
        #expect(try SM4.seal(plain, key: key, associated: associated, nonce: nonce) == first)
        #expect(try SM4.seal(plain, key: key, associated: associated) != first)
    }

    @Test("a nonce of another length is refused", arguments: [0, 12, 15, 17])
    func nonceLength(length: Int) {
        expect(.nonceLength) {
            _ = try SM4.seal(plain, key: key, associated: [], nonce: [UInt8](repeating: 0, count: length))
        }
    }
}

@Suite("Symmetric keys and random bytes")
struct SymmetricKeyTests {
    @Test("a key of another length is refused", arguments: [0, 16, 31, 33])
    func keyLength(length: Int) {
        expect(.keyLength) { _ = try SymmetricKey(bytes: [UInt8](repeating: 1, count: length)) }
    }

    @Test("printing and dumping a key or cipher shows nothing of it")
    func redaction() throws {
        let key = try SymmetricKey(bytes: [UInt8](repeating: 0xAB, count: 32))
        var text = "\(key) \(SM4.Cipher(key)) \(HMACSM3.Key(key)) \(try SM2.PrivateKey.generate())"
        dump(key, to: &text)
        dump(SM4.Cipher(key), to: &text)
        dump(HMACSM3.Key(key), to: &text)
        #expect(!text.contains("171"))
        #expect(!text.lowercased().contains("ab, ab"))
        #expect(!text.contains("0x"))
    }

    @Test("random bytes have the length asked for and do not repeat")
    func random() {
        #expect(SecureRandom.bytes(0).isEmpty)
        #expect(Set((0..<100).map { _ in SecureRandom.bytes(16) }).count == 100)
        #expect(SecureRandom.bytes(1000).count == 1000)
        #expect(SymmetricKey.generate() != SymmetricKey.generate())
    }

    @Test("a key lends its bytes unchanged")
    func lending() throws {
        let bytes = SecureRandom.bytes(32)
        #expect(try SymmetricKey(bytes: bytes).withUnsafeBytes { Array($0) } == bytes)
    }
}
