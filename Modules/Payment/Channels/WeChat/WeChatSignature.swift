import Cryptography
import Extension
import Standards

/// How WeChat Pay v3 signs (WECHATPAY2-SHA256-RSA2048): the texts of requests, and of answers and notifications.
enum WeChatSignature {
    static let scheme = "WECHATPAY2-SHA256-RSA2048"
    /// How far a timestamp may be off, in seconds.
    static let window: Int64 = 300

    /// The text that a request's signature covers; every line ends with a line feed, also the last.
    static func request(method: String, target: String, timestamp: String, nonce: String, body: [UInt8]) -> [UInt8] {
        Array("\(method)\n\(target)\n\(timestamp)\n\(nonce)\n".utf8) + body + [UInt8(ascii: "\n")]
    }

    /// The text that an answer's or a notification's signature covers.
    static func answer(timestamp: String, nonce: String, body: [UInt8]) -> [UInt8] {
        Array("\(timestamp)\n\(nonce)\n".utf8) + body + [UInt8(ascii: "\n")]
    }

    /// The header of a signed request.
    static func authorization(
        merchant: String, serial: String, key: RSASHA256.PrivateKey, method: String, target: String, body: [UInt8],
        at now: Instant
    ) throws -> String {
        let (timestamp, nonce) = (String(now.milliseconds / 1000), GatewayText.nonce())
        let text = request(method: method, target: target, timestamp: timestamp, nonce: nonce, body: body)
        let signature = GatewayText.base64(try key.sign(text))
        return
            "\(scheme) mchid=\"\(merchant)\",nonce_str=\"\(nonce)\",signature=\"\(signature)\",timestamp=\"\(timestamp)\",serial_no=\"\(serial)\""
    }

    /// The headers of a signed answer or notification.
    static func headers(
        of body: [UInt8], serial: String, key: RSASHA256.PrivateKey, at now: Instant
    ) throws -> [String: String] {
        let (timestamp, nonce) = (String(now.milliseconds / 1000), GatewayText.nonce())
        return [
            "Wechatpay-Timestamp": timestamp, "Wechatpay-Nonce": nonce, "Wechatpay-Serial": serial,
            "Wechatpay-Signature-Type": scheme,
            "Wechatpay-Signature": GatewayText.base64(
                try key.sign(answer(timestamp: timestamp, nonce: nonce, body: body))),
        ]
    }

    /// Whether a message is the word of whoever holds the key, spoken now.
    ///
    /// A signature type that is not ours is refused before anything is checked, so that nobody can talk us down to a
    /// weaker one.
    static func isProven(
        _ message: WireMessage, serial: String, key: RSASHA256.PublicKey, at now: Instant
    ) -> Bool {
        guard message["Wechatpay-Signature-Type"].map({ $0 == scheme }) ?? true,
            message["Wechatpay-Serial"] == serial, let timestamp = message["Wechatpay-Timestamp"],
            let seconds = Int64(timestamp), String(seconds) == timestamp,
            seconds >= 0, abs(now.milliseconds / 1000 - seconds) <= window, let nonce = message["Wechatpay-Nonce"],
            let signature = message["Wechatpay-Signature"].flatMap({ GatewayText.bytes(base64: $0) })
        else { return false }
        return key.isValid(signature, for: answer(timestamp: timestamp, nonce: nonce, body: message.body))
    }
}
