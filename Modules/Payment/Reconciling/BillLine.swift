import Standards

/// A line of a channel's bill (渠道账单), as reconciling needs it.
struct BillLine: Sendable, Hashable {
    /// The number of the attempt (商户订单号).
    let number: String
    /// The number of the refund; nil for a payment.
    let refund: String?
    /// The channel's own number.
    let gatewayNumber: String
    /// In fen, always above nothing.
    let amount: Money

    /// What the line is about: one thing has one line.
    var key: String { refund ?? number }
}

/// Reads bills line by line, whatever their length; what is no line of a trade is passed over, and a line that can't be read
/// is a fault of the file.
struct BillReader: Sendable {
    /// Where the columns are; found in the head line.
    private struct Columns {
        let number: Int
        let refund: Int
        let gatewayNumber: Int
        let amount: Int
        let back: Int
        let kind: Int
    }

    let channel: ChannelID
    private var columns: Columns?

    init(_ channel: ChannelID) { self.channel = channel }

    /// Takes one line.
    ///
    /// - Returns: what it says; nil for heads, totals and comments.
    /// - Throws: ``PaymentError`` `bill` for a line of a trade that can't be read.
    mutating func take(_ line: Substring) throws -> BillLine? {
        var line = line
        while let last = line.last, last.isNewline || last == "\u{FEFF}" { line = line.dropLast() }
        if line.first == "\u{FEFF}" { line = line.dropFirst() }
        if line.isEmpty || line.hasPrefix("#") { return nil }
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { Self.plain($0) }
        guard let columns else {
            columns = channel == .wechat ? Self.wechat(cells) : Self.alipay(cells)
            return nil
        }
        // The head of the totals ends the lines of trades.
        if channel == .wechat, !line.hasPrefix("`") {
            self.columns = nil
            return nil
        }
        guard cells.count > max(columns.number, columns.refund, columns.amount, columns.back, columns.kind) else {
            return channel == .wechat && cells.count < 10 ? nil : try Self.fail(line)
        }
        let isRefund =
            channel == .wechat
            ? cells[columns.kind] == "REFUND" || cells[columns.kind] == "REVOKED" : cells[columns.kind].contains("退款")
        let written = cells[isRefund ? columns.back : columns.amount]
        guard let amount = try? Money(yuan: written.hasPrefix("-") ? String(written.dropFirst()) : written),
            amount > .zero, !cells[columns.number].isEmpty
        else { return try Self.fail(line) }
        return BillLine(
            number: cells[columns.number], refund: isRefund ? cells[columns.refund] : nil,
            gatewayNumber: cells[columns.gatewayNumber], amount: amount)
    }

    private static func fail<Value>(_ line: Substring) throws -> Value {
        throw PaymentError(.bill, status: 422, "账单读不懂", "账单里有一行读不懂：“\(line.prefix(80))”。请核对文件是否完整、渠道是否选对。")
    }

    /// WeChat writes a back-quote before each value, Alipay pads with tabs.
    private static func plain(_ cell: Substring) -> String {
        var cell = cell
        if cell.first == "`" { cell = cell.dropFirst() }
        while cell.last?.isWhitespace == true { cell = cell.dropLast() }
        return String(cell.drop(while: \.isWhitespace))
    }

    private static func wechat(_ head: [String]) -> Columns? {
        columns(
            head, number: "商户订单号", refund: "商户退款单号", gateway: "微信订单号", amount: "订单金额", back: "申请退款金额", kind: "交易状态")
    }

    private static func alipay(_ head: [String]) -> Columns? {
        columns(
            head, number: "商户订单号", refund: "退款批次号/请求号", gateway: "支付宝交易号", amount: "订单金额（元）", back: "订单金额（元）",
            kind: "业务类型")
    }

    private static func columns(
        _ head: [String], number: String, refund: String, gateway: String, amount: String, back: String, kind: String
    ) -> Columns? {
        func place(_ title: String) -> Int? { head.firstIndex(of: title) }
        guard let number = place(number), let refund = place(refund), let gateway = place(gateway),
            let amount = place(amount), let back = place(back), let kind = place(kind)
        else { return nil }
        return Columns(
            number: number, refund: refund, gatewayNumber: gateway, amount: amount, back: back, kind: kind)
    }
}
