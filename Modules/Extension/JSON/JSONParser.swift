import Foundation

/// A strict parser of RFC 8259.
///
/// Ours instead of Foundation's because it refuses what an API must refuse with a place to look at: duplicate keys,
/// invalid UTF-8, nesting deeper than 64, numbers beyond 64 bits; and because it is on the path of every request.
public struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// How deep arrays and objects may lie in each other.
    public static let maximumDepth = 64

    /// Parses a whole document.
    public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        if String(validating: bytes, as: UTF8.self) == nil {
            throw parser.failure("内容不是有效的 UTF-8 文字")
        }
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        if parser.position < bytes.count { throw parser.failure("内容在结束之后还有多余的字符") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func failure(_ message: String) -> JSONError {
        let before = bytes.prefix(position)
        let line = 1 + before.count { $0 == 0x0A }
        let column = 1 + (before.lastIndex(of: 0x0A).map { position - $0 - 1 } ?? position)
        return JSONError(message: message, line: line, column: column)
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        switch current {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw failure("内容不完整")
        default: return try number()
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        depth += 1
        if depth > Self.maximumDepth { throw failure("嵌套太深") }
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("这里应当是带引号的字段名") }
            let name = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure("字段名后面应当是冒号") }
            position += 1
            skipSpace()
            let value = try value()
            if members.updateValue(value, forKey: name) != nil { throw failure("字段 \(name) 出现了两次") }
            skipSpace()
            let separator = current
            position += 1
            if separator == UInt8(ascii: "}") { return .object(members) }
            guard separator == UInt8(ascii: ",") else {
                position -= 1
                throw failure("这里应当是逗号或右花括号")
            }
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            skipSpace()
            elements.append(try value())
            skipSpace()
            let separator = current
            position += 1
            if separator == UInt8(ascii: "]") { return .array(elements) }
            guard separator == UInt8(ascii: ",") else {
                position -= 1
                throw failure("这里应当是逗号或右方括号")
            }
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw failure("不认识的内容") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        while let byte = current, Self.numberBytes.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard text.wholeMatchesJSONNumber else {
            position = start
            throw failure("不认识的内容")
        }
        if text.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }) {
            guard let real = Double(text), real.isFinite else { throw failure("数字超出范围") }
            return .real(real)
        }
        guard let integer = Int64(text) else { throw failure("数字超出范围") }
        return .integer(integer)
    }

    private static let numberBytes = Set("-+.0123456789eE".utf8)

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        // Most strings have no escapes and are copied whole.
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        if current == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
        }
        var unescaped = Array(bytes[start..<position])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case 0..<0x20: throw failure("文字里有没有转义的控制字符")
            default:
                unescaped.append(byte)
                position += 1
            }
        }
        throw failure("文字没有结束的引号")
    }

    private mutating func escape(into output: inout [UInt8]) throws(JSONError) {
        position += 1
        let simple: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
        ]
        guard let byte = current else { throw failure("文字没有结束的引号") }
        position += 1
        if let plain = simple[byte] {
            output.append(plain)
            return
        }
        guard byte == UInt8(ascii: "u") else { throw failure("不认识的转义字符") }
        var scalar = UInt32(try hexadecimal())
        if (0xD800..<0xDC00).contains(scalar) {
            guard current == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
            else { throw failure("不成对的 Unicode 转义") }
            position += 2
            let low = UInt32(try hexadecimal())
            guard (0xDC00..<0xE000).contains(low) else { throw failure("不成对的 Unicode 转义") }
            scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let unicode = Unicode.Scalar(scalar) else { throw failure("不成对的 Unicode 转义") }
        output.append(contentsOf: String(unicode).utf8)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard position + 4 <= bytes.count,
            let value = UInt16(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
        else { throw failure("Unicode 转义应当是四位十六进制数") }
        position += 4
        return value
    }
}

extension String {
    /// Whether this is a number in the grammar of RFC 8259 §6, which forbids `+1`, `01` and `1.`.
    fileprivate var wholeMatchesJSONNumber: Bool {
        var rest = Substring(self)
        if rest.first == "-" { rest.removeFirst() }
        let whole = rest.prefix(while: \.isNumber)
        guard !whole.isEmpty, whole == "0" || whole.first != "0" else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix(while: \.isNumber)
            if fraction.isEmpty { return false }
            rest = rest.dropFirst(fraction.count + 1)
        }
        if rest.first == "e" || rest.first == "E" {
            rest.removeFirst()
            if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
            let exponent = rest.prefix(while: \.isNumber)
            if exponent.isEmpty { return false }
            rest = rest.dropFirst(exponent.count)
        }
        return rest.isEmpty
    }
}
