import Cryptography
import Testing

@Suite("Passwords that change every thirty seconds")
struct OneTimePasswordTests {
    private static let secret = utf8("12345678901234567890")

    @Test(
        "are those of RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func vectors(seconds: Int64, password: String) {
        let counter = OneTimePassword.counter(at: seconds * 1_000)
        #expect(OneTimePassword.password(secret: Self.secret, counter: counter, digits: 8) == password)
        #expect(OneTimePassword.password(secret: Self.secret, counter: counter) == password.suffix(6))
    }

    @Test("are taken one step early and one step late, no further, and never twice")
    func steps() {
        let time: Int64 = 1_111_111_111_000
        let now = OneTimePassword.counter(at: time)
        for offset: Int64 in -3...3 {
            let typed = OneTimePassword.password(secret: Self.secret, counter: now + offset)
            let found = OneTimePassword.step(of: typed, secret: Self.secret, at: time, after: 0)
            #expect(found == (abs(offset) <= 1 ? now + offset : nil))
            #expect(OneTimePassword.step(of: typed, secret: Self.secret, at: time, after: now + offset) == nil)
        }
        for wrong in ["", "1", "00000", "0000000", "abcdef", "１２３４５６"] {
            #expect(OneTimePassword.step(of: wrong, secret: Self.secret, at: time, after: 0) == nil)
        }
    }

    @Test(
        "base 32 is that of RFC 4648, without padding",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(plain: String, text: String) {
        #expect(Base32.encode(utf8(plain)) == text)
    }
}
