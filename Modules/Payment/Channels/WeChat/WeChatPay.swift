import Cryptography
import Extension
public import Standards
import Storage

/// WeChat Pay v3 as merchant (微信支付): native, H5 and JSAPI trades, queries, closing, refunds, bills and notifications.
public struct WeChatPay: PaymentChannel {
    let settings: WeChatSettings
    let line: any GatewayLine
    let notifyURL: String
    public let isRehearsal: Bool

    public var id: ChannelID { .wechat }
    public var forms: [PayForm] { [.code, .page, .inApp] }

    /// - Parameters:
    ///   - settings: the merchant.
    ///   - site: the address of this site, to which notifications come.
    public init(_ settings: WeChatSettings, site: String) throws {
        guard let address = GatewayAddress(settings.url) else { throw PaymentError.noChannel(.wechat) }
        self.init(
            settings, site: site, line: GatewayHTTP(address), isRehearsal: address.text.hasPrefix("http://"))
    }

    init(_ settings: WeChatSettings, site: String, line: any GatewayLine, isRehearsal: Bool) {
        self.settings = settings
        self.line = line
        self.isRehearsal = isRehearsal
        notifyURL = "\(site)/api/v1/pay/notifications/wechat"
    }

    public func invite(_ ask: ChannelAsk, at now: Instant) async throws -> String {
        var order: [String: JSONValue] = [
            "appid": .string(settings.appID), "mchid": .string(settings.merchant),
            "description": .string(String(ask.title.prefix(40))), "out_trade_no": .string(ask.number),
            "time_expire": .string(GatewayText.rfc3339(ask.expires)), "notify_url": .string(notifyURL),
            "amount": .object(["total": .integer(ask.amount.fen), "currency": "CNY"]),
        ]
        let (path, member): (String, String)
        switch ask.form {
        case .page:
            (path, member) = ("h5", "h5_url")
            order["scene_info"] = .object([
                "payer_client_ip": .string(ask.payerAddress), "h5_info": .object(["type": "Wap"]),
            ])
        case .inApp:
            guard let payer = ask.payer else { throw GatewayFailure("payer", isPassing: false) }
            (path, member) = ("jsapi", "prepay_id")
            order["payer"] = .object(["openid": .string(payer)])
        case .code, .window: (path, member) = ("native", "code_url")
        }
        let answer = try await call("POST", "/v3/pay/transactions/\(path)", .object(order), at: now)
        guard let invitation = answer.members?[member]?.string, !invitation.isEmpty else {
            throw GatewayFailure("answer", isPassing: true)
        }
        return invitation
    }

    /// What the payer's own app needs to pay a JSAPI trade (调起支付参数).
    public func appParameters(prepay: String, at now: Instant) throws -> [String: String] {
        let (timestamp, nonce) = (String(now.milliseconds / 1000), GatewayText.nonce())
        let package = "prepay_id=\(prepay)"
        let text = "\(settings.appID)\n\(timestamp)\n\(nonce)\n\(package)\n"
        return [
            "appId": settings.appID, "timeStamp": timestamp, "nonceStr": nonce, "package": package, "signType": "RSA",
            "paySign": GatewayText.base64(try settings.key.sign(Array(text.utf8))),
        ]
    }

    public func standing(of number: String, at now: Instant) async throws -> ChannelStanding {
        do {
            let answer = try await call(
                "GET", "/v3/pay/transactions/out-trade-no/\(number)?mchid=\(settings.merchant)", at: now)
            return try standing(answer, of: number)
        } catch let failure as GatewayFailure where Self.unknown.contains(failure.reason) {
            return .unknown
        }
    }

    private func standing(_ answer: JSONValue, of number: String) throws -> ChannelStanding {
        switch answer.members?["trade_state"]?.string {
        case "SUCCESS", "REFUND":
            guard let receipt = receipt(answer), receipt.number == number else {
                throw GatewayFailure("answer", isPassing: true)
            }
            return .paid(receipt)
        case "CLOSED", "REVOKED", "PAYERROR": return .closed
        case "NOTPAY", "USERPAYING": return .waiting
        default: throw GatewayFailure("answer", isPassing: true)
        }
    }

    public func close(_ number: String, at now: Instant) async throws {
        do {
            _ = try await call(
                "POST", "/v3/pay/transactions/out-trade-no/\(number)/close",
                .object(["mchid": .string(settings.merchant)]), at: now)
        } catch let failure as GatewayFailure
            where Self.unknown.contains(failure.reason) || failure.reason == "ORDERPAID"
            || failure.reason == "ORDER_PAID"
        {
            // Its standing says the rest.
        }
    }

    public func refund(_ ask: ChannelRefundAsk, at now: Instant) async throws -> ChannelRefundStanding {
        let answer = try await call(
            "POST", "/v3/refund/domestic/refunds",
            .object([
                "out_trade_no": .string(ask.number), "out_refund_no": .string(ask.refund),
                "reason": .string(ask.reason),
                "amount": .object([
                    "refund": .integer(ask.amount.fen), "total": .integer(ask.total.fen), "currency": "CNY",
                ]),
            ]), at: now)
        return Self.refundStanding(answer)
    }

    public func refundStanding(of ask: ChannelRefundAsk, at now: Instant) async throws -> ChannelRefundStanding {
        do {
            return Self.refundStanding(try await call("GET", "/v3/refund/domestic/refunds/\(ask.refund)", at: now))
        } catch let failure as GatewayFailure where Self.unknown.contains(failure.reason) {
            return .unknown
        }
    }

    private static func refundStanding(_ answer: JSONValue) -> ChannelRefundStanding {
        switch answer.members?["status"]?.string {
        case "SUCCESS": .done
        case "ABNORMAL": .failed("ABNORMAL")
        case "CLOSED": .failed("CLOSED")
        default: .working
        }
    }

    public func bill(of day: LegalDay, at now: Instant) async throws -> [UInt8]? {
        let answer: JSONValue
        do {
            answer = try await call("GET", "/v3/bill/tradebill?bill_date=\(day.text)&bill_type=ALL", at: now)
        } catch let failure as GatewayFailure where failure.reason == "NO_STATEMENT_EXIST" {
            return nil
        }
        guard let target = answer.members?["download_url"]?.string?.afterHost,
            let hash = answer.members?["hash_value"]?.string
        else { throw GatewayFailure("answer", isPassing: true) }
        // Always from the host that was configured, whatever the address says.
        let reply = try await line.send(try signed("GET", target, [], at: now))
        guard reply.status == 200, Hex.encode(SHA1.hash(reply.message.body)) == hash.lowercased() else {
            throw GatewayFailure("hash", isPassing: true)
        }
        return reply.message.body
    }

    // MARK: Calls

    /// The codes by which the gateway says that it knows no such trade or refund.
    private static let unknown: Set = ["ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"]

    private func signed(_ method: String, _ target: String, _ body: [UInt8], at now: Instant) throws -> GatewayRequest {
        var headers = [
            "Accept": "application/json", "User-Agent": "yiciban",
            "Authorization": try WeChatSignature.authorization(
                merchant: settings.merchant, serial: settings.serial, key: settings.key, method: method, target: target,
                body: body, at: now),
        ]
        if !body.isEmpty { headers["Content-Type"] = "application/json" }
        return GatewayRequest(method: method, target: target, headers: headers, body: body)
    }

    private func call(
        _ method: String, _ target: String, _ body: JSONValue? = nil, at now: Instant
    ) async throws -> JSONValue {
        let bytes = body.map { Array($0.canonical.utf8) } ?? []
        let reply = try await line.send(try signed(method, target, bytes, at: now))
        let answer = reply.message.body.isEmpty ? JSONValue.object([:]) : try? JSONParser.parse(reply.message.body)
        guard (200..<300).contains(reply.status) else {
            throw GatewayFailure(
                answer?.members?["code"]?.string ?? "http.\(reply.status)",
                isPassing: reply.status >= 500 || reply.status == 429)
        }
        guard
            WeChatSignature.isProven(
                reply.message, serial: settings.gatewayKeyID, key: settings.gatewayKey, at: now)
        else { throw GatewayFailure("signature", isPassing: true) }
        guard let answer else { throw GatewayFailure("answer", isPassing: true) }
        return answer
    }
}
