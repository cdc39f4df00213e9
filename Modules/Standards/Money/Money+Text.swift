extension Money: CustomStringConvertible {
    /// Reads yuan exactly, digit by digit, as payment channels write them (`15.00`); never through floating point.
    ///
    /// - Parameter text: an optional minus sign, digits, and up to two decimals after a point; no separators.
    /// - Throws: ``StandardsError/Code/moneyForm``, ``StandardsError/Code/moneyOverflow``.
    public init(yuan text: String) throws(StandardsError) {
        let negative = text.hasPrefix("-")
        let parts = text.dropFirst(negative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : "00"
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.isDigits }), decimals.utf8.count <= 2
        else {
            throw StandardsError(.moneyForm, "金额“\(text.prefix(30))”的写法不对，请填写数字，最多两位小数，如“80.00”。")
        }
        let digits = parts[0] + decimals + (decimals.utf8.count == 1 ? "0" : "")
        guard let fen = Int64((negative ? "-" : "") + digits) else {
            throw StandardsError(.moneyOverflow, "金额太大，超出可以计算的范围，请核对后重新填写。")
        }
        self.init(fen: fen)
    }

    /// Yuan with two decimals, such as `80.00` or `-0.05`.
    public var yuan: String {
        let magnitude = fen.magnitude
        return "\(fen < 0 ? "-" : "")\(magnitude / 100).\((magnitude % 100).padded(2))"
    }

    /// The amount as it is shown to people, such as `¥80.00` or `-¥0.05`.
    public var chinese: String {
        fen < 0 ? "-¥\(yuan.dropFirst())" : "¥\(yuan)"
    }

    /// The amount as a fee: `免费` for nothing, otherwise ``chinese``.
    public var feeText: String {
        fen == 0 ? "免费" : chinese
    }

    public var description: String { chinese }
}
