import Standards

/// The bills of the rehearsal gateway, in the gateways' own forms.
enum SandboxBill {
    /// WeChat's bill of all trades of a day: UTF-8 with a mark, every value behind a back-quote, two rows of totals at the
    /// end; nil for a day without trades.
    static func wechat(_ trades: [SandboxTrade], _ settings: SandboxSettings, of day: LegalDay) -> [UInt8]? {
        var rows: [String] = []
        var (count, total, back) = (0, Int64(0), Int64(0))
        for trade in trades.sorted(by: { $0.number < $1.number }) where trade.channel == .wechat {
            guard let paid = trade.paid else { continue }
            func row(_ at: Instant, _ state: String, _ refund: SandboxRefund?) -> String {
                let amount = refund == nil ? trade.amount.yuan : "0.00"
                let values = [
                    GatewayText.plain(at), settings.appID, settings.merchant, "0", "", trade.transaction, trade.number,
                    "oSandboxPayer", trade.type.uppercased(), state, "OTHERS", "CNY", amount, "0.00",
                    refund.map { "5030\($0.id.suffix(12))" } ?? "0", refund?.id ?? "0",
                    refund?.amount.yuan ?? "0.00", "0.00", refund == nil ? "" : "ORIGINAL",
                    refund == nil ? "" : "SUCCESS", trade.title, "", "0.00000", "0.00%", amount,
                    refund?.amount.yuan ?? "0.00", "",
                ]
                return values.map { "`\($0)" }.joined(separator: ",")
            }
            if paid.day == day {
                rows.append(row(paid, "SUCCESS", nil))
                count += 1
                total += trade.amount.fen
            }
            for refund in trade.refunds where refund.done.day == day {
                rows.append(row(refund.done, "REFUND", refund))
                count += 1
                back += refund.amount.fen
            }
        }
        if rows.isEmpty { return nil }
        let head =
            "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
        let totals = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
        let sums = [
            "\(count)", Money(fen: total).yuan, Money(fen: back).yuan, "0.00", "0.00000", Money(fen: total).yuan,
            Money(fen: back).yuan,
        ].map { "`\($0)" }.joined(separator: ",")
        return [0xEF, 0xBB, 0xBF] + Array(([head] + rows + [totals, sums]).map { $0 + "\r\n" }.joined().utf8)
    }

    /// Alipay's bill of the trades of a day: comment lines, padded values, totals in comments. Here in UTF-8, which the
    /// reader takes as well as GBK.
    static func alipay(_ trades: [SandboxTrade], _ settings: SandboxSettings, of day: LegalDay) -> [UInt8]? {
        var rows: [String] = []
        for trade in trades.sorted(by: { $0.number < $1.number }) where trade.channel == .alipay {
            guard let paid = trade.paid else { continue }
            func row(_ at: Instant, _ refund: SandboxRefund?) -> String {
                [
                    trade.transaction, trade.number, refund == nil ? "交易" : "退款", trade.title,
                    GatewayText.plain(trade.paid ?? at), GatewayText.plain(at), "", "", "", "", "sandbox",
                    refund.map { "-\($0.amount.yuan)" } ?? trade.amount.yuan,
                    refund.map { "-\($0.amount.yuan)" } ?? trade.amount.yuan, "0.00", "0.00", "0.00", "0.00", "0.00",
                    "",
                    "0.00", "0.00", refund?.id ?? "", "0.00", "0.00", "",
                ].map { "\($0)\t" }.joined(separator: ",")
            }
            if paid.day == day { rows.append(row(paid, nil)) }
            for refund in trade.refunds where refund.done.day == day { rows.append(row(refund.done, refund)) }
        }
        if rows.isEmpty { return nil }
        let head =
            "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
        let lines =
            [
                "#支付宝业务明细查询", "#账号：[\(settings.seller)0156]", "#-----------------业务明细列表----------------",
                head,
            ] + rows + ["#-----------------业务明细列表结束------------", "#导出时间：[\(day.text)]"]
        return Array(lines.map { $0 + "\r\n" }.joined().utf8)
    }
}
