import Cryptography
import Extension
import Foundation
import Standards

/// Alipay's side of the rehearsal gateway.
struct SandboxAlipay {
    let gateway: SandboxGateway
    let now: Instant

    func answer(_ request: GatewayRequest) -> GatewayReply {
        let settings = gateway.settings
        let sent = String(request.target.drop { $0 != "?" }.dropFirst())
        let text =
            request.body.isEmpty
            ? sent : sent + (sent.isEmpty ? "" : "&") + String(decoding: request.body, as: UTF8.self)
        guard let fields = GatewayText.form(text) else {
            return reply("error", failure("40002", "isv.invalid-form"), settings)
        }
        let method = fields["method"] ?? ""
        guard fields["app_id"] == settings.alipayAppID, fields["sign_type"] == "RSA2",
            let signature = fields["sign"].flatMap({ GatewayText.bytes(base64: $0) }),
            settings.merchantKey.isValid(signature, for: AlipaySignature.text(of: fields, without: ["sign"])),
            let content = fields["biz_content"].flatMap({ try? JSONParser.parse(Array($0.utf8)) })?.members
        else { return reply(method, failure("40002", "isv.invalid-signature"), settings) }
        switch method {
        case "alipay.trade.precreate": return reply(method, open(content, fields, "precreate"), settings)
        case "alipay.trade.wap.pay", "alipay.trade.page.pay":
            return page(open(content, fields, "page"), settings)
        case "alipay.trade.query": return reply(method, query(content), settings)
        case "alipay.trade.close": return reply(method, close(content), settings)
        case "alipay.trade.refund": return reply(method, refund(content), settings)
        case "alipay.trade.fastpay.refund.query": return reply(method, refundQuery(content), settings)
        case "alipay.data.dataservice.bill.downloadurl.query":
            return reply(method, bill(content, settings), settings)
        default: return reply(method, failure("40004", "isv.invalid-method"), settings)
        }
    }

    private func open(
        _ content: [String: JSONValue], _ fields: [String: String], _ type: String
    ) -> [String: JSONValue] {
        guard let number = content["out_trade_no"]?.string, !number.isEmpty, number.utf8.count <= 64,
            let amount = Self.amount(content["total_amount"]), amount > .zero, let title = content["subject"]?.string
        else { return failure("40004", "ACQ.INVALID_PARAMETER") }
        let expires = content["time_expire"]?.string.flatMap(GatewayText.instant(plain:)) ?? now.adding(.seconds(7200))
        let address = gateway.settings.address
        let found: SandboxTrade? = gateway.withState { state in
            if let known = state.trades[number] { return known.amount == amount && known.isOpen(at: now) ? known : nil }
            let code = GatewayText.nonce()
            let trade = SandboxTrade(
                number: number, channel: .alipay, amount: amount, title: title, type: type, expires: expires,
                notifyURL: fields["notify_url"] ?? "", code: "\(address)/cashier/\(code)")
            state.trades[number] = trade
            state.numbers[trade.code] = number
            state.numbers[code] = number
            return trade
        }
        guard let found else { return failure("40004", "ACQ.CONTEXT_INCONSISTENT") }
        return success(["out_trade_no": .string(number), "qr_code": .string(found.code)])
    }

    /// Some kits write amounts as numbers.
    private static func amount(_ value: JSONValue?) -> Money? {
        switch value {
        case .string(let text): try? Money(yuan: text)
        case .integer(let yuan): try? Money(yuan: "\(yuan)")
        case .real(let yuan): try? Money(yuan: String(format: "%.2f", yuan))
        default: nil
        }
    }

    private func find(_ content: [String: JSONValue]) -> SandboxTrade? {
        gateway.withState { state in
            let trade =
                content["out_trade_no"]?.string.flatMap { state.trades[$0] }
                ?? content["trade_no"]?.string.flatMap { id in state.trades.values.first { $0.transaction == id } }
            return trade?.channel == .alipay ? trade : nil
        }
    }

    private func query(_ content: [String: JSONValue]) -> [String: JSONValue] {
        guard let trade = find(content) else { return failure("40004", "ACQ.TRADE_NOT_EXIST") }
        let isWhole = trade.paid != nil && trade.refunded == trade.amount
        let status =
            isWhole
            ? "TRADE_CLOSED"
            : trade.paid != nil ? "TRADE_SUCCESS" : trade.isOpen(at: now) ? "WAIT_BUYER_PAY" : "TRADE_CLOSED"
        var answer: [String: JSONValue] = [
            "out_trade_no": .string(trade.number), "trade_no": .string(trade.transaction),
            "trade_status": .string(status), "total_amount": .string(trade.amount.yuan),
        ]
        if let paid = trade.paid { answer["send_pay_date"] = .string(GatewayText.plain(paid)) }
        return success(answer)
    }

    private func close(_ content: [String: JSONValue]) -> [String: JSONValue] {
        guard let trade = find(content) else { return failure("40004", "ACQ.TRADE_NOT_EXIST") }
        if trade.paid != nil { return failure("40004", "ACQ.TRADE_STATUS_ERROR") }
        gateway.withState { $0.trades[trade.number]?.isClosed = true }
        return success(["out_trade_no": .string(trade.number), "trade_no": .string(trade.transaction)])
    }

    private func refund(_ content: [String: JSONValue]) -> [String: JSONValue] {
        guard let trade = find(content) else { return failure("40004", "ACQ.TRADE_NOT_EXIST") }
        guard let amount = Self.amount(content["refund_amount"]), amount > .zero, trade.paid != nil else {
            return failure("40004", "ACQ.TRADE_STATUS_ERROR")
        }
        let id = content["out_request_no"]?.string ?? trade.number
        let isNew = gateway.withState { state -> Bool? in
            guard let trade = state.trades[trade.number] else { return nil }
            if let known = trade.refunds.first(where: { $0.id == id }) { return known.amount == amount ? false : nil }
            guard trade.refunded.fen + amount.fen <= trade.amount.fen else { return nil }
            let refund = SandboxRefund(
                id: id, amount: amount, asked: now,
                done: now.adding(.seconds(state.settings.behaviour.slowRefunds ? 60 : 0)))
            state.trades[trade.number]?.refunds.append(refund)
            state.tell(trade, refund: refund, at: now)
            return true
        }
        guard let isNew else { return failure("40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL") }
        let isSlow = gateway.settings.behaviour.slowRefunds
        return success([
            "out_trade_no": .string(trade.number), "trade_no": .string(trade.transaction),
            "fund_change": .string(isNew && !isSlow ? "Y" : "N"),
            "refund_fee": .string((find(content)?.refunded ?? amount).yuan),
        ])
    }

    private func refundQuery(_ content: [String: JSONValue]) -> [String: JSONValue] {
        guard let trade = find(content) else { return failure("40004", "ACQ.TRADE_NOT_EXIST") }
        guard let refund = trade.refunds.first(where: { $0.id == content["out_request_no"]?.string }) else {
            // Alipay answers with success and nothing in it when it knows no such refund.
            return success([:])
        }
        var answer: [String: JSONValue] = [
            "out_trade_no": .string(trade.number), "trade_no": .string(trade.transaction),
            "out_request_no": .string(refund.id), "refund_amount": .string(refund.amount.yuan),
            "total_amount": .string(trade.amount.yuan),
        ]
        if refund.done <= now { answer["refund_status"] = "REFUND_SUCCESS" }
        return success(answer)
    }

    // MARK: Bills

    private func bill(_ content: [String: JSONValue], _ settings: SandboxSettings) -> [String: JSONValue] {
        guard let day = content["bill_date"]?.string.flatMap({ try? LegalDay($0) }),
            SandboxBill.alipay(gateway.withState { Array($0.trades.values) }, settings, of: day) != nil
        else { return failure("40004", "isp.bill_not_exist") }
        return success(["bill_download_url": .string("\(settings.address)/bills/\(day.text).csv")])
    }

    /// The file of a bill.
    func file(_ request: GatewayRequest) -> GatewayReply {
        let name = request.target.split(separator: "/").last.map(String.init) ?? ""
        let settings = gateway.settings
        guard let day = try? LegalDay(String(name.dropLast(4))),
            let file = SandboxBill.alipay(gateway.withState { Array($0.trades.values) }, settings, of: day)
        else { return GatewayReply(status: 404, message: WireMessage(headers: [:], body: [])) }
        return GatewayReply(status: 200, message: WireMessage(headers: ["Content-Type": "text/csv"], body: file))
    }

    // MARK: Answers and notifications

    private func success(_ members: [String: JSONValue]) -> [String: JSONValue] {
        members.merging(["code": "10000", "msg": "Success"]) { $1 }
    }

    private func failure(_ code: String, _ reason: String) -> [String: JSONValue] {
        ["code": .string(code), "msg": "Business Failed", "sub_code": .string(reason), "sub_msg": .string(reason)]
    }

    private func reply(
        _ method: String, _ members: [String: JSONValue], _ settings: SandboxSettings
    ) -> GatewayReply {
        let raw = Array(JSONValue.object(members).canonical.utf8)
        let name = method.isEmpty ? "error_response" : method.replacing(".", with: "_") + "_response"
        let signature = (try? settings.gatewayKey.sign(raw)).map(GatewayText.base64) ?? ""
        let body = Array("{\"\(name)\":".utf8) + raw + Array(",\"sign\":\"\(signature)\"}".utf8)
        return GatewayReply(
            status: 200, message: WireMessage(headers: ["Content-Type": "application/json;charset=utf-8"], body: body))
    }

    /// The browser is led on to the cashier page.
    private func page(_ answer: [String: JSONValue], _ settings: SandboxSettings) -> GatewayReply {
        guard let code = answer["qr_code"]?.string else {
            return GatewayReply(
                status: 400, message: WireMessage(headers: ["Content-Type": "text/plain"], body: Array("fail".utf8)))
        }
        return GatewayReply(status: 302, message: WireMessage(headers: ["Location": code], body: []))
    }

    static func post(
        _ notice: SandboxNotice, _ trade: SandboxTrade, _ settings: SandboxSettings, at now: Instant
    ) throws -> SandboxPost? {
        guard !trade.notifyURL.isEmpty, let paid = trade.paid else { return nil }
        var fields = [
            "app_id": settings.alipayAppID, "seller_id": settings.seller, "out_trade_no": trade.number,
            "trade_no": trade.transaction, "total_amount": notice.amount.yuan, "trade_status": "TRADE_SUCCESS",
            "notify_type": "trade_status_sync", "notify_id": "\(notice.id)", "charset": "utf-8", "version": "1.0",
            "notify_time": GatewayText.plain(now), "gmt_payment": GatewayText.plain(paid), "subject": trade.title,
            "buyer_id": "2088000000009999",
        ]
        if let refund = trade.refunds.first(where: { $0.id == notice.refund }) {
            fields["out_biz_no"] = refund.id
            fields["refund_fee"] = trade.refunded.yuan
        }
        return SandboxPost(
            id: notice.id, url: trade.notifyURL,
            headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
            body: Array(GatewayText.form(try AlipaySignature.notice(fields, settings.gatewayKey)).utf8))
    }
}
