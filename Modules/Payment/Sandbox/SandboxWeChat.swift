import Cryptography
import Extension
import Standards

/// WeChat Pay's side of the rehearsal gateway.
struct SandboxWeChat {
    let gateway: SandboxGateway
    let now: Instant

    func answer(_ request: GatewayRequest) -> GatewayReply {
        let settings = gateway.settings
        guard isProven(request, settings) else { return refusal(401, "SIGN_ERROR", "签名错误") }
        let path = String(request.target.prefix { $0 != "?" })
        let query = GatewayText.form(String(request.target.dropFirst(path.count + 1))) ?? [:]
        let parts = path.split(separator: "/").map(String.init)
        let body = request.body.isEmpty ? [:] : (try? JSONParser.parse(request.body))?.members
        guard let body else { return refusal(400, "PARAM_ERROR", "不是 JSON") }
        switch (request.method, parts.count) {
        case ("POST", 4) where path.hasPrefix("/v3/pay/transactions/"): return open(parts[3], body, settings)
        case ("GET", 5) where path.hasPrefix("/v3/pay/transactions/out-trade-no/"):
            guard query["mchid"] == settings.merchant else { return refusal(400, "PARAM_ERROR", "mchid") }
            return trade(parts[4], settings)
        case ("GET", 5) where path.hasPrefix("/v3/pay/transactions/id/"):
            let number = gateway.withState { $0.trades.values.first { $0.transaction == parts[4] }?.number }
            return trade(number ?? "", settings)
        case ("POST", 6) where path.hasPrefix("/v3/pay/transactions/out-trade-no/") && parts[5] == "close":
            return close(parts[4])
        case ("POST", 4) where path == "/v3/refund/domestic/refunds": return refund(body, settings)
        case ("GET", 5) where path.hasPrefix("/v3/refund/domestic/refunds/"): return refund(parts[4])
        case ("GET", 3) where path == "/v3/bill/tradebill": return bill(query, settings)
        case ("GET", 3) where path == "/v3/billdownload/file": return file(query, settings)
        default: return refusal(404, "NOT_FOUND", "没有这个接口")
        }
    }

    /// Whether the merchant signed this very request just now.
    private func isProven(_ request: GatewayRequest, _ settings: SandboxSettings) -> Bool {
        let headers = WireMessage(headers: request.headers, body: request.body)
        guard let header = headers["Authorization"], header.hasPrefix(WeChatSignature.scheme + " ") else {
            return false
        }
        var fields: [String: String] = [:]
        for part in header.dropFirst(WeChatSignature.scheme.count + 1).split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return false }
            fields[pair[0].filter { !$0.isWhitespace }] = pair[1].filter { $0 != "\"" }
        }
        guard fields["mchid"] == settings.merchant, fields["serial_no"] == settings.serial,
            let timestamp = fields["timestamp"], let seconds = Int64(timestamp),
            abs(now.milliseconds / 1000 - seconds) <= WeChatSignature.window, let nonce = fields["nonce_str"],
            let signature = fields["signature"].flatMap({ GatewayText.bytes(base64: $0) })
        else { return false }
        return settings.merchantKey.isValid(
            signature,
            for: WeChatSignature.request(
                method: request.method, target: request.target, timestamp: timestamp, nonce: nonce, body: request.body))
    }

    private func open(_ kind: String, _ body: [String: JSONValue], _ settings: SandboxSettings) -> GatewayReply {
        guard let number = body["out_trade_no"]?.string, (6...32).contains(number.utf8.count),
            number.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: "_-|*".utf8.contains(byte)
                }
            }), body["mchid"]?.string == settings.merchant, body["appid"]?.string == settings.appID,
            let title = body["description"]?.string, let notifyURL = body["notify_url"]?.string,
            !notifyURL.contains("?"), let total = body["amount"]?["total"]?.integer, total > 0,
            body["amount"]?["currency"]?.string ?? "CNY" == "CNY",
            ["native", "h5", "jsapi"].contains(kind), kind != "jsapi" || body["payer"]?["openid"]?.string != nil,
            kind != "h5" || body["scene_info"]?["payer_client_ip"]?.string != nil
        else { return refusal(400, "PARAM_ERROR", "参数错误") }
        let expires = body["time_expire"]?.string.flatMap { try? Instant($0) } ?? now.adding(.seconds(7200))
        let found: SandboxTrade? = gateway.withState { state in
            if let known = state.trades[number] {
                return known.amount.fen == total && known.type == kind && known.isOpen(at: now) ? known : nil
            }
            let code = kind == "jsapi" ? "wx\(now.day.digits)\(GatewayText.nonce().prefix(16))" : GatewayText.nonce()
            let content =
                kind == "native"
                ? "weixin://wxpay/bizpayurl?pr=\(code)"
                : kind == "h5" ? "\(settings.address)/cashier/\(code)" : code
            let trade = SandboxTrade(
                number: number, channel: .wechat, amount: Money(fen: total), title: title, type: kind, expires: expires,
                notifyURL: notifyURL, code: content)
            state.trades[number] = trade
            state.numbers[content] = number
            state.numbers[code] = number
            return trade
        }
        guard let found else { return refusal(400, "INVALID_REQUEST", "商户订单号重复，或订单已支付、已关闭") }
        let member = kind == "native" ? "code_url" : kind == "h5" ? "h5_url" : "prepay_id"
        return reply(200, .object([member: .string(found.code)]), settings)
    }

    private func trade(_ number: String, _ settings: SandboxSettings) -> GatewayReply {
        guard let trade = gateway.withState({ $0.trades[number] }), trade.channel == .wechat else {
            return refusal(404, "ORDER_NOT_EXIST", "订单不存在")
        }
        return reply(200, Self.content(trade, trade.amount, settings, at: now), settings)
    }

    /// A trade as answers and notifications tell it.
    private static func content(
        _ trade: SandboxTrade, _ amount: Money, _ settings: SandboxSettings, at now: Instant
    ) -> JSONValue {
        let isPaid = trade.paid != nil
        let state =
            !trade.refunds.isEmpty ? "REFUND" : isPaid ? "SUCCESS" : trade.isOpen(at: now) ? "NOTPAY" : "CLOSED"
        var content: [String: JSONValue] = [
            "appid": .string(settings.appID), "mchid": .string(settings.merchant),
            "out_trade_no": .string(trade.number), "trade_state": .string(state), "trade_state_desc": .string(state),
            "trade_type": .string(trade.type.uppercased()),
            "amount": .object(["total": .integer(amount.fen), "currency": "CNY", "payer_total": .integer(amount.fen)]),
        ]
        if let paid = trade.paid {
            content["transaction_id"] = .string(trade.transaction)
            content["success_time"] = .string(GatewayText.rfc3339(paid))
            content["bank_type"] = "OTHERS"
            content["payer"] = .object(["openid": "oSandboxPayer"])
        }
        return .object(content)
    }

    private func close(_ number: String) -> GatewayReply {
        let outcome = gateway.withState { state -> String? in
            guard let trade = state.trades[number], trade.channel == .wechat else { return "ORDER_NOT_EXIST" }
            if trade.paid != nil { return "ORDERPAID" }
            state.trades[number]?.isClosed = true
            return nil
        }
        if let outcome { return refusal(outcome == "ORDERPAID" ? 400 : 404, outcome, outcome) }
        return reply(204, nil, gateway.settings)
    }

    private func refund(_ body: [String: JSONValue], _ settings: SandboxSettings) -> GatewayReply {
        guard let id = body["out_refund_no"]?.string,
            let amount = body["amount"]?["refund"]?.integer, amount > 0,
            let total = body["amount"]?["total"]?.integer
        else { return refusal(400, "PARAM_ERROR", "参数错误") }
        let number =
            body["out_trade_no"]?.string
            ?? body["transaction_id"]?.string.flatMap { id in
                gateway.withState { $0.trades.values.first { $0.transaction == id }?.number }
            } ?? ""
        let outcome = gateway.withState { state -> String? in
            guard let trade = state.trades[number], trade.channel == .wechat, trade.paid != nil else {
                return "RESOURCE_NOT_EXISTS"
            }
            if let known = trade.refunds.first(where: { $0.id == id }) {
                return known.amount.fen == amount ? nil : "INVALID_REQUEST"
            }
            guard trade.amount.fen == total, trade.refunded.fen + amount <= total else { return "NOT_ENOUGH" }
            let refund = SandboxRefund(
                id: id, amount: Money(fen: amount), asked: now,
                done: now.adding(.seconds(state.settings.behaviour.slowRefunds ? 60 : 0)))
            state.trades[number]?.refunds.append(refund)
            state.tell(trade, refund: refund, at: now)
            return nil
        }
        if let outcome { return refusal(outcome == "RESOURCE_NOT_EXISTS" ? 404 : 400, outcome, outcome) }
        return refund(id)
    }

    private func refund(_ id: String) -> GatewayReply {
        let found = gateway.withState { state in
            state.trades.values.lazy.compactMap { trade in
                trade.refunds.first { $0.id == id }.map { (trade, $0) }
            }.first
        }
        guard let (trade, refund) = found else { return refusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在") }
        return reply(200, .object(Self.content(refund, trade, at: now)), gateway.settings)
    }

    private static func content(
        _ refund: SandboxRefund, _ trade: SandboxTrade, at now: Instant
    ) -> [String: JSONValue] {
        let isDone = refund.done <= now
        var content: [String: JSONValue] = [
            "refund_id": .string("5030\(refund.id.suffix(12))"), "out_refund_no": .string(refund.id),
            "transaction_id": .string(trade.transaction), "out_trade_no": .string(trade.number),
            "status": .string(isDone ? "SUCCESS" : "PROCESSING"), "channel": "ORIGINAL",
            "create_time": .string(GatewayText.rfc3339(refund.asked)),
            "amount": .object([
                "refund": .integer(refund.amount.fen), "total": .integer(trade.amount.fen), "currency": "CNY",
            ]),
        ]
        if isDone { content["success_time"] = .string(GatewayText.rfc3339(refund.done)) }
        return content
    }

    // MARK: Notifications and answers

    static func post(
        _ notice: SandboxNotice, _ trade: SandboxTrade, _ settings: SandboxSettings, at now: Instant
    ) throws -> SandboxPost {
        let content: JSONValue
        if let refund = trade.refunds.first(where: { $0.id == notice.refund }) {
            var members = Self.content(refund, trade, at: now)
            members["mchid"] = .string(settings.merchant)
            members["refund_status"] = members.removeValue(forKey: "status")
            content = .object(members)
        } else {
            var paid = trade
            paid.refunds = []
            content = Self.content(paid, notice.amount, settings, at: now)
        }
        let nonce = String(GatewayText.nonce().prefix(12))
        let associated = notice.refund == nil ? "transaction" : "refund"
        let box = try AES256GCM.seal(
            Array(content.canonical.utf8), key: settings.secret, nonce: Array(nonce.utf8),
            associated: Array(associated.utf8))
        let body = JSONValue.object([
            "id": .string("EV-\(notice.id)"), "create_time": .string(GatewayText.rfc3339(now)),
            "event_type": .string(notice.refund == nil ? "TRANSACTION.SUCCESS" : "REFUND.SUCCESS"),
            "resource_type": "encrypt-resource", "summary": "支付成功",
            "resource": .object([
                "algorithm": "AEAD_AES_256_GCM", "original_type": .string(associated),
                "associated_data": .string(associated), "nonce": .string(nonce),
                "ciphertext": .string(GatewayText.base64(box)),
            ]),
        ])
        let bytes = Array(body.canonical.utf8)
        var headers = try WeChatSignature.headers(
            of: bytes, serial: settings.gatewayKeyID, key: settings.gatewayKey, at: now)
        headers["Content-Type"] = "application/json"
        return SandboxPost(id: notice.id, url: trade.notifyURL, headers: headers, body: bytes)
    }

    private func reply(_ status: Int, _ content: JSONValue?, _ settings: SandboxSettings) -> GatewayReply {
        let body = content.map { Array($0.canonical.utf8) } ?? []
        guard
            var headers = try? WeChatSignature.headers(
                of: body, serial: settings.gatewayKeyID, key: settings.gatewayKey, at: now)
        else { return refusal(500, "SYSTEM_ERROR", "系统错误") }
        headers["Content-Type"] = "application/json; charset=utf-8"
        return GatewayReply(status: status, message: WireMessage(headers: headers, body: body))
    }

    private func refusal(_ status: Int, _ code: String, _ message: String) -> GatewayReply {
        GatewayReply(
            status: status,
            message: WireMessage(
                headers: ["Content-Type": "application/json; charset=utf-8"],
                body: Array(JSONValue.object(["code": .string(code), "message": .string(message)]).canonical.utf8)))
    }

    // MARK: Bills

    private func bill(_ query: [String: String], _ settings: SandboxSettings) -> GatewayReply {
        guard let day = query["bill_date"].flatMap({ try? LegalDay($0) }) else {
            return refusal(400, "PARAM_ERROR", "bill_date")
        }
        let file = SandboxBill.wechat(gateway.withState { Array($0.trades.values) }, settings, of: day)
        guard let file else { return refusal(400, "NO_STATEMENT_EXIST", "账单不存在") }
        return reply(
            200,
            .object([
                "hash_type": "SHA1", "hash_value": .string(Hex.encode(SHA1.hash(file))),
                "download_url": .string("\(settings.address)/v3/billdownload/file?token=\(day.digits)"),
            ]), settings)
    }

    private func file(_ query: [String: String], _ settings: SandboxSettings) -> GatewayReply {
        guard let token = query["token"], token.count == 8,
            let day = try? LegalDay("\(token.prefix(4))-\(token.dropFirst(4).prefix(2))-\(token.suffix(2))"),
            let file = SandboxBill.wechat(gateway.withState { Array($0.trades.values) }, settings, of: day)
        else { return refusal(404, "NOT_FOUND", "没有这个文件") }
        return GatewayReply(status: 200, message: WireMessage(headers: ["Content-Type": "text/plain"], body: file))
    }
}
