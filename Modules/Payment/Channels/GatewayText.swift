import Cryptography
import Extension
import Foundation
import Standards

/// What both gateways' texts have in common.
enum GatewayText {
    /// RFC 3339 in the zone of China, such as `2026-11-22T21:00:00+08:00`.
    static func rfc3339(_ instant: Instant) -> String {
        let (day, clock) = chinaClock(instant)
        return "\(day)T\(clock)+08:00"
    }

    /// As Alipay writes it, in the zone of China: `2026-11-22 21:00:00`.
    static func plain(_ instant: Instant) -> String {
        let (day, clock) = chinaClock(instant)
        return "\(day) \(clock)"
    }

    /// Reads ``plain(_:)``; nil for any other form.
    static func instant(plain text: String) -> Instant? {
        guard text.utf8.count == 19 else { return nil }
        return try? Instant("\(text.prefix(10))T\(text.suffix(8))+08:00")
    }

    private static func chinaClock(_ instant: Instant) -> (day: String, clock: String) {
        let shifted = Instant(milliseconds: instant.milliseconds + 28_800_000).iso8601
        return (String(shifted.prefix(10)), String(shifted.dropFirst(11).prefix(8)))
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// Nil for text that is not strict base64.
    static func bytes(base64 text: String) -> [UInt8]? { Data(base64Encoded: text).map(Array.init) }

    /// A nonce for a request: 32 characters.
    static func nonce() -> String { Hex.encode(SecureRandom.bytes(16)) }

    /// Percent coding of everything but letters, digits and `-._~`.
    static func percent(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return encoded
    }

    /// The fields of a form or query; nil when one stands there twice or is no UTF-8.
    static func form(_ text: String) -> [String: String]? {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func decoded(_ part: Substring) -> String? {
                part.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
            }
            guard let name = decoded(parts[0]), let value = parts.count > 1 ? decoded(parts[1]) : "",
                fields.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        return fields
    }

    static func form(_ fields: [String: String]) -> String {
        fields.sorted { $0.key < $1.key }.map { "\(percent($0.key))=\(percent($0.value))" }.joined(separator: "&")
    }
}

extension JSONValue {
    /// The members of an object; nil for anything else.
    var members: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}

extension String {
    /// An address without its scheme and host: path and query from `/`; nil where there are none.
    var afterHost: String? {
        guard let scheme = firstRange(of: "://") else { return nil }
        return self[scheme.upperBound...].firstIndex(of: "/").map { String(self[$0...]) }
    }
}
