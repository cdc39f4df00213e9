import Cryptography
import Testing

@Suite("The forms of an SM2 signature")
struct SM2SignatureFormTests {
    private static let order = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123"
    private static let one = String(repeating: "0", count: 63) + "1"
    private static let zero = String(repeating: "0", count: 64)

    @Test("DER and r‖s convert into each other", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        // Leading zero bytes now and then, since their encoding is where mistakes hide.
        let halves = (0..<2).map { _ in
            let zeros = Int.random(in: 0...31, using: &generator) * Int.random(in: 0...1, using: &generator)
            return [UInt8](repeating: 0, count: zeros) + [UInt8.random(in: 1...0xFE, using: &generator)]
                + generator.bytes(31 - zeros)
        }
        let signature = try SM2.Signature(raw: halves[0] + halves[1])
        #expect(try SM2.Signature(der: signature.der) == signature)
    }

    @Test("the smallest numbers have the shortest encoding")
    func shortest() throws {
        let signature = try SM2.Signature(raw: Hex.decode(Self.one + Self.one))
        #expect(Hex.encode(signature.der) == "3006020101020101")
    }

    @Test(
        "numbers out of range are refused",
        arguments: [
            order + one, one + order, zero + one, one + zero, String(repeating: "f", count: 64) + one,
        ])
    func range(raw: String) {
        expect(.signatureFormat) { _ = try SM2.Signature(raw: Hex.decode(raw)) }
    }

    @Test("raw signatures of another length are refused", arguments: [0, 63, 65])
    func rawLength(length: Int) {
        expect(.signatureFormat) { _ = try SM2.Signature(raw: [UInt8](repeating: 1, count: length)) }
    }

    @Test(
        "anything but strict DER is refused",
        arguments: [
            ("nothing", ""),
            ("trailing byte", "300602010102010100"),
            ("trailing byte inside", "300702010102010100"),
            ("negative number", "3006020181020101"),
            ("padded number", "300702020001020101"),
            ("long-form outer length", "308106020101020101"),
            ("long-form inner length", "30070281010102" + "0101"),
            ("indefinite length", "30800201010201010000"),
            ("empty number", "30050200020101"),
            ("zero", "3006020100020101"),
            ("one number", "3003020101"),
            ("three numbers", "3009020101020101020101"),
            ("another tag", "3106020101020101"),
            ("another inner tag", "3006040101020101"),
            ("cut short", "30060201010201"),
            ("number of 33 bytes", "3026022101" + zero + "020101"),
            ("order as number", "3026022100" + order + "020101"),
        ])
    func strictness(name: String, der: String) {
        expect(.signatureFormat) { _ = try SM2.Signature(der: Hex.decode(der)) }
    }
}
