import Cryptography
import Testing

@Suite("Hex and base64url")
struct EncodingTests {
    @Test(
        "RFC 4648 examples encode and decode",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func examples(plain: String, encoded: String) throws {
        #expect(Base64URL.encode(utf8(plain)) == encoded)
        #expect(try Base64URL.decode(encoded) == utf8(plain))
    }

    @Test("the last two characters of the alphabet are those for URLs")
    func urlAlphabet() {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
    }

    @Test(
        "text that encoding never produces is refused", arguments: ["Zg==", "Zh", "Z", "Zm9v\n", "Zm+v", "Zm/v", "中"])
    func nonCanonical(text: String) {
        expect(.textEncoding) { _ = try Base64URL.decode(text) }
    }

    @Test("every byte string comes back", arguments: 0..<64)
    func roundTrip(length: Int) throws {
        var generator = SeededGenerator(seed: UInt64(length))
        let bytes = generator.bytes(length)
        #expect(try Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        #expect(try Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(try Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }

    @Test("broken hexadecimal text is refused", arguments: ["0", "0g", " 00", "0x00", "００"])
    func brokenHex(text: String) {
        expect(.textEncoding) { _ = try Hex.decode(text) }
    }

    @Test("constant-time comparison agrees with ordinary comparison")
    func comparison() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2, 4]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2]))
    }
}
