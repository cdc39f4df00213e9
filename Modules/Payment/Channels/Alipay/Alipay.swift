import Cryptography
import Extension
public import Standards
import Storage

/// Alipay's open platform as merchant (支付宝): precreate and wap trades, queries, closing, refunds, bills and
/// notifications.
public struct Alipay: PaymentChannel {
    let settings: AlipaySettings
    let line: any GatewayLine
    /// The path of the gateway on its host.
    let path: String
    let notifyURL: String
    public let isRehearsal: Bool

    public var id: ChannelID { .alipay }
    public var forms: [PayForm] { [.code, .page] }

    /// - Parameters:
    ///   - settings: the merchant.
    ///   - site: the address of this site, to which notifications come.
    public init(_ settings: AlipaySettings, site: String) throws {
        guard let address = GatewayAddress(settings.url) else { throw PaymentError.noChannel(.alipay) }
        let path = address.text.afterHost ?? ""
        guard let host = GatewayAddress(String(address.text.dropLast(path.count))) else {
            throw PaymentError.noChannel(.alipay)
        }
        self.init(
            settings, site: site, line: GatewayHTTP(host), path: path,
            isRehearsal: address.text.hasPrefix("http://"))
    }

    init(_ settings: AlipaySettings, site: String, line: any GatewayLine, path: String, isRehearsal: Bool) {
        self.settings = settings
        self.line = line
        self.path = path.isEmpty ? "/" : path
        self.isRehearsal = isRehearsal
        notifyURL = "\(site)/api/v1/pay/notifications/alipay"
    }

    public func invite(_ ask: ChannelAsk, at now: Instant) async throws -> String {
        var content: [String: JSONValue] = [
            "out_trade_no": .string(ask.number), "total_amount": .string(ask.amount.yuan),
            "subject": .string(String(ask.title.prefix(80))), "time_expire": .string(GatewayText.plain(ask.expires)),
        ]
        if ask.form == .page {
            content["product_code"] = "QUICK_WAP_WAY"
            var fields = common("alipay.trade.wap.pay", .object(content), at: now)
            fields["notify_url"] = notifyURL
            fields["return_url"] = ask.returnURL
            return settings.url + "?" + GatewayText.form(try AlipaySignature.signed(fields, settings.key))
        }
        let answer = try await call("alipay.trade.precreate", .object(content), notify: true, at: now)
        guard answer["out_trade_no"]?.string == ask.number, let code = answer["qr_code"]?.string, !code.isEmpty else {
            throw GatewayFailure("answer", isPassing: true)
        }
        return code
    }

    public func standing(of number: String, at now: Instant) async throws -> ChannelStanding {
        do {
            let answer = try await call("alipay.trade.query", .object(["out_trade_no": .string(number)]), at: now)
            switch answer["trade_status"]?.string {
            case "TRADE_SUCCESS", "TRADE_FINISHED":
                guard let receipt = receipt(answer, paidAt: answer["send_pay_date"]?.string, now),
                    receipt.number == number
                else { throw GatewayFailure("answer", isPassing: true) }
                return .paid(receipt)
            case "TRADE_CLOSED":
                // A trade that was paid and wholly paid back is closed too; what was paid still counts.
                if let receipt = receipt(answer, paidAt: answer["send_pay_date"]?.string, nil) { return .paid(receipt) }
                return .closed
            case "WAIT_BUYER_PAY": return .waiting
            default: throw GatewayFailure("answer", isPassing: true)
            }
        } catch let failure as GatewayFailure where failure.reason == "ACQ.TRADE_NOT_EXIST" {
            return .unknown
        }
    }

    public func close(_ number: String, at now: Instant) async throws {
        do {
            _ = try await call("alipay.trade.close", .object(["out_trade_no": .string(number)]), at: now)
        } catch let failure as GatewayFailure
            where failure.reason == "ACQ.TRADE_NOT_EXIST" || failure.reason == "ACQ.TRADE_STATUS_ERROR"
        {
            // Its standing says the rest.
        }
    }

    public func refund(_ ask: ChannelRefundAsk, at now: Instant) async throws -> ChannelRefundStanding {
        let answer = try await call(
            "alipay.trade.refund",
            .object([
                "out_trade_no": .string(ask.number), "refund_amount": .string(ask.amount.yuan),
                "out_request_no": .string(ask.refund), "refund_reason": .string(ask.reason),
            ]), at: now)
        // `fund_change` N says that the same request was carried out before, or not yet: a query tells.
        return answer["fund_change"]?.string == "Y" ? .done : .working
    }

    public func refundStanding(of ask: ChannelRefundAsk, at now: Instant) async throws -> ChannelRefundStanding {
        do {
            let answer = try await call(
                "alipay.trade.fastpay.refund.query",
                .object(["out_trade_no": .string(ask.number), "out_request_no": .string(ask.refund)]), at: now)
            if answer["refund_status"]?.string == "REFUND_SUCCESS" { return .done }
            return answer["refund_amount"] == nil ? .unknown : .working
        } catch let failure as GatewayFailure where failure.reason == "ACQ.TRADE_NOT_EXIST" {
            return .unknown
        }
    }

    public func bill(of day: LegalDay, at now: Instant) async throws -> [UInt8]? {
        let answer: [String: JSONValue]
        do {
            answer = try await call(
                "alipay.data.dataservice.bill.downloadurl.query",
                .object(["bill_type": "trade", "bill_date": .string(day.text)]), at: now)
        } catch let failure as GatewayFailure where failure.reason == "isp.bill_not_exist" {
            return nil
        }
        guard let target = answer["bill_download_url"]?.string?.afterHost else {
            throw GatewayFailure("answer", isPassing: true)
        }
        // Always from the host that was configured, whatever the address says.
        let reply = try await line.send(GatewayRequest(method: "GET", target: target))
        guard reply.status == 200 else { throw GatewayFailure("http.\(reply.status)", isPassing: true) }
        return reply.message.body
    }

    // MARK: Calls

    private func common(_ method: String, _ content: JSONValue, at now: Instant) -> [String: String] {
        [
            "app_id": settings.appID, "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
            "timestamp": GatewayText.plain(now), "version": "1.0", "biz_content": content.canonical,
        ]
    }

    private func call(
        _ method: String, _ content: JSONValue, notify: Bool = false, at now: Instant
    ) async throws -> [String: JSONValue] {
        var fields = common(method, content, at: now)
        if notify { fields["notify_url"] = notifyURL }
        let body = GatewayText.form(try AlipaySignature.signed(fields, settings.key))
        let reply = try await line.send(
            GatewayRequest(
                method: "POST", target: path,
                headers: ["Content-Type": "application/x-www-form-urlencoded;charset=utf-8"], body: Array(body.utf8)))
        guard reply.status == 200 else {
            throw GatewayFailure("http.\(reply.status)", isPassing: reply.status >= 500 || reply.status == 429)
        }
        let name = method.replacing(".", with: "_") + "_response"
        guard let raw = AlipaySignature.rawMember(name, in: reply.message.body),
            let whole = (try? JSONParser.parse(reply.message.body))?.members,
            let signature = whole["sign"]?.string.flatMap({ GatewayText.bytes(base64: $0) }),
            settings.gatewayKey.isValid(signature, for: raw), let answer = (try? JSONParser.parse(raw))?.members
        else { throw GatewayFailure("signature", isPassing: true) }
        guard answer["code"]?.string == "10000" else {
            let reason = answer["sub_code"]?.string ?? answer["code"]?.string ?? "answer"
            throw GatewayFailure(
                reason, isPassing: answer["code"]?.string == "20000" || reason.hasSuffix("SYSTEM_ERROR"))
        }
        return answer
    }

    /// What an answer says was paid; `fallback` is the moment where it names none.
    private func receipt(
        _ answer: [String: JSONValue], paidAt: String?, _ fallback: Instant?
    ) -> ChannelReceipt? {
        guard let number = answer["out_trade_no"]?.string, let gatewayNumber = answer["trade_no"]?.string,
            let amount = answer["total_amount"]?.string.flatMap({ try? Money(yuan: $0) }), amount > .zero,
            let paid = paidAt.flatMap(GatewayText.instant(plain:)) ?? fallback
        else { return nil }
        return ChannelReceipt(number: number, gatewayNumber: gatewayNumber, amount: amount, paid: paid)
    }
}
