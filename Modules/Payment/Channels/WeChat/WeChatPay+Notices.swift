import Cryptography
public import Extension
public import Standards

extension WeChatPay {
    public func read(_ message: WireMessage, at now: Instant) throws -> ChannelNotice {
        guard
            WeChatSignature.isProven(message, serial: settings.gatewayKeyID, key: settings.gatewayKey, at: now)
        else { throw PaymentError.unproven }
        guard let notice = (try? JSONParser.parse(message.body))?.members,
            let resource = notice["resource"]?.members, let content = decrypted(resource)
        else { throw PaymentError.unproven }
        switch notice["event_type"]?.string {
        case "TRANSACTION.SUCCESS":
            guard content.members?["trade_state"]?.string == "SUCCESS",
                content.members?["mchid"]?.string == settings.merchant,
                content.members?["appid"]?.string == settings.appID, let receipt = receipt(content)
            else { throw PaymentError.unproven }
            return .paid(receipt)
        case let type? where type.hasPrefix("REFUND."):
            guard content.members?["mchid"]?.string == settings.merchant,
                let refund = content.members?["out_refund_no"]?.string
            else { throw PaymentError.unproven }
            return .refund(refund)
        default: return .other
        }
    }

    public func answer(isTaken: Bool) -> RawReply {
        isTaken
            ? RawReply(status: 204, contentType: "application/json", body: [])
            : RawReply(
                status: 400, contentType: "application/json", body: Array(#"{"code":"FAIL","message":"失败"}"#.utf8))
    }

    /// The content of a notification (AEAD_AES_256_GCM); nil when it was changed or is none.
    private func decrypted(_ resource: [String: JSONValue]) -> JSONValue? {
        guard resource["algorithm"]?.string == "AEAD_AES_256_GCM",
            let box = resource["ciphertext"]?.string.flatMap({ GatewayText.bytes(base64: $0) }),
            let nonce = resource["nonce"]?.string,
            let plain = try? AES256GCM.open(
                box, key: settings.secret, nonce: Array(nonce.utf8),
                associated: Array((resource["associated_data"]?.string ?? "").utf8))
        else { return nil }
        return try? JSONParser.parse(plain)
    }

    /// What a trade's answer or notification says was paid; nil for another currency or a malformed one.
    func receipt(_ trade: JSONValue) -> ChannelReceipt? {
        guard let trade = trade.members, let number = trade["out_trade_no"]?.string,
            let gatewayNumber = trade["transaction_id"]?.string, !gatewayNumber.isEmpty,
            let amount = trade["amount"]?.members, let total = amount["total"]?.integer, total > 0,
            amount["currency"].map({ $0.string == "CNY" }) ?? true,
            let paid = trade["success_time"]?.string.flatMap({ try? Instant($0) })
        else { return nil }
        return ChannelReceipt(number: number, gatewayNumber: gatewayNumber, amount: Money(fen: total), paid: paid)
    }
}

extension PaymentError {
    /// A message that nobody proved.
    static let unproven = PaymentError(
        .unproven, status: 401, "通知没有通过核验", "签名、时间或内容与约定的不符，没有处理。")
}
