import Cryptography
import Extension

/// How Alipay signs (RSA2): sorted fields of requests and notifications, the raw text of answers.
enum AlipaySignature {
    /// The text that a signature covers: fields in order, without empty ones, values as they are before any coding.
    static func text(of fields: [String: String], without left: Set<String>) -> [UInt8] {
        let kept = fields.filter { !left.contains($0.key) && !$0.value.isEmpty }
        let sorted = kept.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return Array(sorted.map { "\($0.key)=\($0.value)" }.joined(separator: "&").utf8)
    }

    /// The fields of a request with their signature.
    static func signed(_ fields: [String: String], _ key: RSASHA256.PrivateKey) throws -> [String: String] {
        var signed = fields
        signed["sign"] = GatewayText.base64(try key.sign(text(of: fields, without: ["sign"])))
        return signed
    }

    /// The fields of a notification with their signature, which doesn't cover its own type.
    static func notice(_ fields: [String: String], _ key: RSASHA256.PrivateKey) throws -> [String: String] {
        var signed = fields
        signed["sign_type"] = "RSA2"
        signed["sign"] = GatewayText.base64(try key.sign(text(of: fields, without: ["sign", "sign_type"])))
        return signed
    }

    /// The raw text of a member of an answer, exactly as it came: from its `{` to the matching `}`.
    static func rawMember(_ name: String, in body: [UInt8]) -> [UInt8]? {
        let mark = Array("\"\(name)\":".utf8)
        guard let start = body.firstRange(of: mark)?.upperBound,
            let open = body[start...].firstIndex(where: { $0 != UInt8(ascii: " ") }), body[open] == UInt8(ascii: "{")
        else { return nil }
        var (depth, isText, isEscaped) = (0, false, false)
        for index in open..<body.count {
            let byte = body[index]
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return Array(body[open...index]) }
            default: break
            }
        }
        return nil
    }
}
