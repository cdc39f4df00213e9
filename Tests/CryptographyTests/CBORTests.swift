import Cryptography
import Testing

@Suite("CBOR as passkeys use it")
struct CBORTests {
    private func value(_ hex: String) throws -> CBORValue { try CBORReader.value(of: Hex.decode(hex)) }

    @Test("the examples of RFC 8949, appendix A, that are canonical and of our kinds")
    func examples() throws {
        let cases: [(String, CBORValue)] = [
            ("00", .integer(0)), ("17", .integer(23)), ("1818", .integer(24)), ("1903e8", .integer(1000)),
            ("1a000f4240", .integer(1_000_000)), ("1b000000e8d4a51000", .integer(1_000_000_000_000)),
            ("20", .integer(-1)), ("3863", .integer(-100)), ("3903e7", .integer(-1000)), ("f4", .flag(false)),
            ("f5", .flag(true)), ("f6", .null), ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])),
            ("60", .text("")), ("6449455446", .text("IETF")), ("63e6b0b4", .text("水")), ("80", .array([])),
            (
                "8301820203820405",
                .array([.integer(1), .array([.integer(2), .integer(3)]), .array([.integer(4), .integer(5)])])
            ),
            ("a0", .map([:])), ("a201020304", .map([.integer(1): .integer(2), .integer(3): .integer(4)])),
            ("a26161016162820203", .map([.text("a"): .integer(1), .text("b"): .array([.integer(2), .integer(3)])])),
        ]
        for (hex, expected) in cases { #expect(try value(hex) == expected) }
    }

    @Test(
        "everything else is refused",
        arguments: [
            "", "1817", "190018", "1a0000ffff", "1b00000000ffffffff", "1bffffffffffffffff", "3bffffffffffffffff", "18",
            "44010203", "5f4101ff", "7f6161ff", "9f01ff", "bf0102ff", "61ff", "a10102ff", "0000", "c074", "f90000",
            "fb3ff0000000000000", "f7", "ff", "a201020103", "a1820102f6", "81818181818100", "9affffffff", "baffffffff",
            "5affffffff", "5bffffffffffffffff", "1c", "1d", "1e",
        ])
    func refused(hex: String) {
        expect(.cborFormat) { _ = try value(hex) }
    }

    @Test("no cut or changed input does more than fail", arguments: 0..<200)
    func hostile(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sound = try Hex.decode(
            "a401020326200121582000112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
        var bytes = sound
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
        do { _ = try CBORReader.value(of: bytes) } catch let error as CryptographyError {
            #expect(error.code == .cborFormat)
        }
    }
}
