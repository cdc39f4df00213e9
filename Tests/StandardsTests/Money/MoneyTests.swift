import Standards
import Testing

@Suite("Money")
struct MoneyTests {
    @Test(
        "is read from yuan exactly",
        arguments: [
            ("15.00", 1500), ("15", 1500), ("15.5", 1550), ("0.01", 1), ("-0.05", -5), ("0", 0), ("007.10", 710),
            ("92233720368547758.07", Int64.max), ("-92233720368547758.08", Int64.min),
        ])
    func reads(text: String, fen: Int64) throws {
        let money = try Money(yuan: text)
        #expect(money.fen == fen)
        #expect(try Money(yuan: money.yuan) == money)
    }

    @Test(
        "is refused in any other form",
        arguments: [
            "", "-", ".", "15.", ".5", "1.005", "15.000", "1,000", "¥15", "1e3", "+5", "--5", "１５", "1.2.3", " 15",
        ])
    func refuses(text: String) {
        #expect(refusal(of: try Money(yuan: text))?.code == .moneyForm)
    }

    @Test("never wraps around")
    func overflow() throws {
        let most = Money(fen: .max)
        let cent = Money(fen: 1)
        #expect(refusal(of: try Money(yuan: "92233720368547758.08"))?.code == .moneyOverflow)
        #expect(refusal(of: try most + cent)?.code == .moneyOverflow)
        #expect(refusal(of: try Money(fen: .min) - cent)?.code == .moneyOverflow)
        #expect(refusal(of: try most * 2)?.code == .moneyOverflow)
        #expect(refusal(of: try Money.sum([most, cent]))?.code == .moneyOverflow)
        #expect(try Money.sum([Money(fen: 80_00), cent, cent]) == Money(fen: 80_02))
        #expect(try Money.sum([]) == .zero)
        #expect(try Money(fen: 550) * 3 - Money(fen: 50) == Money(fen: 1600))
    }

    @Test("is shown in yuan, and as a fee says when it is free")
    func texts() throws {
        #expect(Money(fen: 8000).chinese == "¥80.00" && Money(fen: -5).chinese == "-¥0.05")
        #expect(Money(fen: .min).yuan == "-92233720368547758.08")
        #expect(Money.zero.feeText == "免费" && Money.zero.chinese == "¥0.00" && Money(fen: 1).feeText == "¥0.01")
        #expect(try json(Money(fen: 8000)) == "8000")
        #expect(try roundTrip(Money(fen: -1)) == Money(fen: -1))
    }
}
