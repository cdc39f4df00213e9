/// An amount of Renminbi as a whole number of fen; negative for what goes the other way.
public struct Money: Hashable, Sendable {
    /// The amount in fen, a hundredth of a yuan.
    public let fen: Int64

    /// Nothing.
    public static let zero = Money(fen: 0)

    /// An amount of fen.
    public init(fen: Int64) {
        self.fen = fen
    }

    /// Adds two amounts.
    ///
    /// - Throws: ``StandardsError/Code/moneyOverflow`` beyond 64 bits of fen.
    public static func + (lhs: Money, rhs: Money) throws(StandardsError) -> Money {
        try checked(lhs.fen.addingReportingOverflow(rhs.fen))
    }

    /// Takes one amount from another.
    ///
    /// - Throws: ``StandardsError/Code/moneyOverflow`` beyond 64 bits of fen.
    public static func - (lhs: Money, rhs: Money) throws(StandardsError) -> Money {
        try checked(lhs.fen.subtractingReportingOverflow(rhs.fen))
    }

    /// An amount some times over, such as a fee per piece.
    ///
    /// - Throws: ``StandardsError/Code/moneyOverflow`` beyond 64 bits of fen.
    public static func * (lhs: Money, count: Int64) throws(StandardsError) -> Money {
        try checked(lhs.fen.multipliedReportingOverflow(by: count))
    }

    /// The sum of some amounts; nothing for none.
    ///
    /// - Throws: ``StandardsError/Code/moneyOverflow`` beyond 64 bits of fen.
    public static func sum(_ amounts: some Sequence<Money>) throws(StandardsError) -> Money {
        var total = Money.zero
        for amount in amounts {
            total = try total + amount
        }
        return total
    }

    private static func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(StandardsError) -> Money {
        guard !result.overflow else {
            throw StandardsError(.moneyOverflow, "金额太大，超出可以计算的范围，请核对各项金额。")
        }
        return Money(fen: result.partialValue)
    }
}

extension Money: Comparable {
    public static func < (lhs: Money, rhs: Money) -> Bool {
        lhs.fen < rhs.fen
    }
}

extension Money: Codable {
    /// Decodes the fen as one integer.
    public init(from decoder: any Decoder) throws {
        fen = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fen)
    }
}
