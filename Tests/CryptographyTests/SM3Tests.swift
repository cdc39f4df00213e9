import Cryptography
import Testing

@Suite("SM3")
struct SM3Tests {
    @Test(
        "GB/T 32905 appendix A examples come out",
        arguments: [
            ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (
                String(repeating: "abcd", count: 16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
            ),
        ])
    func published(message: String, digest: String) {
        #expect(Hex.encode(SM3.hash(utf8(message))) == digest)
    }

    @Test("the empty message has a digest, and an empty buffer the same one")
    func empty() {
        let digest = "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"
        #expect(Hex.encode(SM3.hash([])) == digest)
        #expect(Hex.encode(SM3.hash(UnsafeRawBufferPointer(start: nil, count: 0))) == digest)
        #expect(Hex.encode(SM3.Hasher().finalize()) == digest)
    }

    @Test("pieces of any length give the digest of the whole", arguments: 0..<20)
    func pieces(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let message = generator.bytes(Int.random(in: 0...500, using: &generator))
        var hasher = SM3.Hasher()
        var rest = message[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...130, using: &generator))
            hasher.update(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
        #expect(hasher.finalize() == SM3.hash(message))
    }

    @Test("a copied hasher goes its own way, and finalizing does not end a message")
    func copies() {
        var first = SM3.Hasher()
        first.update(utf8("a"))
        var second = first
        first.update(utf8("b"))
        second.update(utf8("c"))
        #expect(first.finalize() == SM3.hash(utf8("ab")))
        #expect(second.finalize() == SM3.hash(utf8("ac")))
        first.update(utf8("c"))
        #expect(first.finalize() == SM3.hash(utf8("abc")))
    }

    @Test(
        "the openssl command gives the same digest",
        arguments: [0, 1, 55, 56, 64, 4096])
    func agreement(length: Int) throws {
        var generator = SeededGenerator(seed: UInt64(length))
        let message = generator.bytes(length)
        let command = try OpenSSLCommand()
        try command.write(message, to: "message")
        let output = try command.run("dgst", "-sm3", "-r", "message").output
        #expect(output.hasPrefix(Hex.encode(SM3.hash(message)) + " "))
    }
}
