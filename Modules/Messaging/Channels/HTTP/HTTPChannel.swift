import Cryptography
import Extension
import Standards

/// Sends short messages through a provider over HTTP.
///
/// A request is JSON: `request_id` (the same on every attempt), `phone`, `sign`, `template`, `params` by position. Its
/// headers `X-Key-Id`, `X-Timestamp`, `X-Nonce` and `X-Signature` prove who sends it. The provider answers 200 with
/// `{"code": "OK", "message_id": …}`, or with another code; codes that name the telephone or the template are final.
struct HTTPChannel: MessageChannel {
    private let address: ProviderAddress
    private let settings: SMSSettings
    private let signature: ProviderSignature
    private let client: OutboundHTTP

    /// - Returns: nil when the settings name no usable address.
    init?(_ settings: SMSSettings) {
        guard let address = ProviderAddress(settings.url) else { return nil }
        self.address = address
        self.settings = settings
        signature = ProviderSignature(secret: settings.secret)
        client = OutboundHTTP(timeoutSeconds: settings.timeoutSeconds)
    }

    var name: String { "http" }

    /// Codes after which another attempt is of no use.
    private static let finalCodes: Set<String> = [
        "INVALID_PHONE", "PHONE_BLACKLISTED", "INVALID_TEMPLATE", "INVALID_PARAMS", "INVALID_SIGN", "CONTENT_REJECTED",
    ]

    func send(_ message: ShortMessage, key: String, by act: Act) async throws -> ChannelReceipt {
        let request: JSONValue = [
            "request_id": .string(key), "phone": .string(message.phone.text), "sign": .string(settings.sign),
            "template": .string(message.template), "params": .array(message.variables.map { .string($0) }),
        ]
        let body = Array(request.canonical.utf8)
        let timestamp = "\(act.now.milliseconds)"
        let nonce = Hex.encode(SecureRandom.bytes(12))
        let reply = try await post(
            body,
            headers: [
                "Content-Type": "application/json; charset=utf-8", "X-Key-Id": settings.keyID,
                "X-Timestamp": timestamp, "X-Nonce": nonce,
                "X-Signature": signature.request(
                    path: address.path, timestamp: timestamp, nonce: nonce, body: body),
            ])
        let fields = try? JSONParser.parse(reply.body)
        let code = fields?["code"]?.string
        if reply.status == 200, code == "OK", let reference = fields?["message_id"]?.string, !reference.isEmpty {
            return ChannelReceipt(reference: String(reference.prefix(100)), isDelivered: false)
        }
        throw ChannelFailure(
            Self.readable(code) ?? "http_\(reply.status)", isPassing: code.map { !Self.finalCodes.contains($0) } ?? true
        )
    }

    private func post(_ body: [UInt8], headers: [String: String]) async throws -> OutboundHTTP.Reply {
        do {
            return try await client.send("POST", address.url, headers: headers, body: body)
        } catch {
            throw ChannelFailure((error as? OutboundHTTP.Failure)?.code ?? "unreachable", isPassing: true)
        }
    }

    /// A code that may stand in a log: nothing but capitals, digits and underscores, so that no text slips in.
    static func readable(_ code: String?) -> String? {
        guard let code, (1...40).contains(code.utf8.count),
            code.utf8.allSatisfy({
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: ".")
            })
        else { return nil }
        return code
    }
}
