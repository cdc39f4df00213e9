import Cryptography
import Testing

@Suite("Base 45")
struct Base45Tests {
    @Test(
        "the examples of RFC 9285 §4.3 and 4.4",
        arguments: [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")])
    func examples(_ plain: String, _ text: String) {
        #expect(Base45.encode(Array(plain.utf8)) == text)
        #expect(Base45.decode(text) == Array(plain.utf8))
    }

    @Test("what is written is read again, for every length", arguments: 0..<70)
    func round(_ count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
        #expect(Base45.decode(Base45.encode(bytes)) == bytes)
    }

    @Test("texts that nobody wrote are refused", arguments: ["A", "GGW", "::", "abc", "AB\n", "é", "AAAA"])
    func refused(_ text: String) {
        #expect(Base45.decode(text) == nil)
    }
}
