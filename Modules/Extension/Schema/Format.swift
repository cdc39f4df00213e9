public import Standards
public import Storage

/// How one kind of value is decoded, validated, encoded and described.
public struct Format<Value: Sendable>: Sendable {
    @usableFromInline let decode: @Sendable (JSONValue, _ path: String, inout [Finding]) -> Value?
    @usableFromInline let encode: @Sendable (Value, inout JSONWriter) -> Void
    @usableFromInline let describe: @Sendable () -> FormatDescription
    @usableFromInline var mayBeAbsent = false
    @usableFromInline var isAbsent: @Sendable (Value) -> Bool = { _ in false }

    /// A format of one's own.
    @inlinable
    public init(
        decode: @escaping @Sendable (JSONValue, _ path: String, inout [Finding]) -> Value?,
        encode: @escaping @Sendable (Value, inout JSONWriter) -> Void,
        describe: @escaping @Sendable () -> FormatDescription
    ) {
        self.decode = decode
        self.encode = encode
        self.describe = describe
    }

    /// The same format, but the field may be left out and then keeps its default.
    public var withDefault: Format<Value> {
        var copy = self
        copy.mayBeAbsent = true
        return copy
    }
}

extension Format {
    /// The format of a field that may be left out.
    @inlinable
    public static func optional<Wrapped>(_ wrapped: Format<Wrapped>) -> Format where Value == Wrapped? {
        var format = Format(
            decode: { json, path, findings in wrapped.decode(json, path, &findings).map(Optional.some) },
            encode: { value, writer in
                if let value { wrapped.encode(value, &writer) } else { writer.writeNull() }
            },
            describe: wrapped.describe)
        format.mayBeAbsent = true
        format.isAbsent = { $0 == nil }
        return format
    }
}

extension Format where Value == String {
    /// A text of at most `max` characters, trimmed and rid of what nobody can see (`withoutInvisibles`); control
    /// characters are refused, but line breaks where `lines` allows.
    public static func text(min: Int = 0, max: Int, lines: Bool = false, pattern: String? = nil) -> Format {
        Format(
            decode: { json, path, findings in
                guard let text = json.string else {
                    findings.append(Finding(path, "field.type", "这里应当填写文字。"))
                    return nil
                }
                let trimmed = text.withoutInvisibles.trimmed
                if !trimmed.fits(max) {
                    findings.append(Finding(path, "field.too_long", "最多 \(max) 个字，现有 \(trimmed.count) 个字。"))
                    return nil
                }
                if min > 0, trimmed.count < min {
                    findings.append(
                        min == 1
                            ? Finding(path, "field.required", "请填写此项。")
                            : Finding(path, "field.too_short", "至少 \(min) 个字。"))
                    return nil
                }
                if trimmed.unicodeScalars.contains(where: { $0.isControl && !(lines && ($0 == "\n" || $0 == "\t")) }) {
                    findings.append(Finding(path, "field.control_character", "含有不可见的控制字符，请删去后重新填写。"))
                    return nil
                }
                return trimmed
            },
            encode: { $1.write($0) },
            describe: {
                FormatDescription([
                    "type": "string", "maxLength": .integer(Int64(max)), "minLength": .integer(Int64(min)),
                ])
            })
    }
}

extension Format where Value == Int {
    /// A whole number within bounds.
    public static func integer(in bounds: ClosedRange<Int>) -> Format {
        Format(
            decode: { json, path, findings in
                guard let number = json.integer.map(Int.init) ?? json.string.flatMap(Int.init) else {
                    findings.append(Finding(path, "field.type", "这里应当填写整数。"))
                    return nil
                }
                guard bounds.contains(number) else {
                    findings.append(
                        Finding(path, "field.range", "应当在 \(bounds.lowerBound) 到 \(bounds.upperBound) 之间。"))
                    return nil
                }
                return number
            },
            encode: { $1.write(Int64($0)) },
            describe: {
                FormatDescription([
                    "type": "integer", "minimum": .integer(Int64(bounds.lowerBound)),
                    "maximum": .integer(Int64(bounds.upperBound)),
                ])
            })
    }
}

extension Format where Value == Bool {
    /// True or false.
    public static var flag: Format {
        Format(
            decode: { json, path, findings in
                if let flag = json.bool { return flag }
                if let text = json.string, text == "true" || text == "false" { return text == "true" }
                findings.append(Finding(path, "field.type", "这里应当是 true 或 false。"))
                return nil
            },
            encode: { $1.write($0) },
            describe: { FormatDescription(["type": "boolean"]) })
    }
}

extension Format where Value: SchemaType {
    /// An object with a schema of its own.
    @inlinable
    public static var object: Format {
        Format(
            decode: { json, path, findings in Value.schema.decode(json, at: path, findings: &findings) },
            encode: { Value.schema.encode($0, into: &$1) },
            describe: { Value.schemaReference })
    }
}

extension Format {
    /// A list of at most `max` elements.
    @inlinable
    public static func list<Element>(of element: Format<Element>, max: Int = 1000) -> Format where Value == [Element] {
        Format(
            decode: { json, path, findings in
                guard let elements = json.array else {
                    findings.append(Finding(path, "field.type", "这里应当是一个列表。"))
                    return nil
                }
                guard elements.count <= max else {
                    findings.append(Finding(path, "field.too_many", "最多 \(max) 项，现有 \(elements.count) 项。"))
                    return nil
                }
                let before = findings.count
                let values = elements.enumerated().compactMap { element.decode($1, "\(path)[\($0)]", &findings) }
                return findings.count == before ? values : nil
            },
            encode: { values, writer in
                writer.beginArray()
                for value in values { element.encode(value, &writer) }
                writer.endArray()
            },
            describe: {
                let inner = element.describe()
                return FormatDescription(
                    ["type": "array", "items": inner.schema, "maxItems": .integer(Int64(max))],
                    components: inner.components)
            })
    }

    /// An object whose keys are data, such as the answers by question.
    @inlinable
    public static func map<Element>(of element: Format<Element>, max: Int = 500) -> Format
    where Value == [String: Element] {
        Format(
            decode: { json, path, findings in
                guard case .object(let members) = json else {
                    findings.append(Finding(path, "field.type", "这里应当是一个对象。"))
                    return nil
                }
                guard members.count <= max else {
                    findings.append(Finding(path, "field.too_many", "最多 \(max) 项，现有 \(members.count) 项。"))
                    return nil
                }
                let before = findings.count
                var values: [String: Element] = [:]
                for (name, member) in members.sorted(by: { ExactText($0.key) < ExactText($1.key) }) {
                    values[name] = element.decode(member, "\(path).\(name)", &findings)
                }
                return findings.count == before ? values : nil
            },
            encode: { values, writer in
                writer.beginObject()
                for (name, value) in values.sorted(by: { ExactText($0.key) < ExactText($1.key) }) {
                    writer.key(name)
                    element.encode(value, &writer)
                }
                writer.endObject()
            },
            describe: {
                let inner = element.describe()
                return FormatDescription(
                    ["type": "object", "additionalProperties": inner.schema], components: inner.components)
            })
    }

    /// A value with a text form, such as an identity number; its own error becomes the finding.
    @inlinable
    public static func parsed(
        name: String, format: String? = nil, _ parse: @escaping @Sendable (String) throws -> Value,
        text: @escaping @Sendable (Value) -> String
    ) -> Format {
        Format(
            decode: { json, path, findings in
                guard let raw = json.string else {
                    findings.append(Finding(path, "field.type", "这里应当填写\(name)。"))
                    return nil
                }
                do {
                    return try parse(raw)
                } catch let error as StandardsError {
                    findings.append(Finding(path, error.code.rawValue, error.message))
                } catch {
                    findings.append(Finding(path, "field.format", "\(name)的格式不对，请核对后重新填写。"))
                }
                return nil
            },
            encode: { $1.write(text($0)) },
            describe: {
                var schema: [String: JSONValue] = ["type": "string", "description": .string(name)]
                if let format { schema["format"] = .string(format) }
                return FormatDescription(.object(schema))
            })
    }
}

extension Format where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a closed set of words.
    @inlinable
    public static var choice: Format {
        let words = Value.allCases.map(\.rawValue)
        return Format(
            decode: { json, path, findings in
                guard let word = json.string, let value = Value(rawValue: word) else {
                    findings.append(Finding(path, "field.choice", "只能是：\(words.joined(separator: "、"))。"))
                    return nil
                }
                return value
            },
            encode: { $1.write($0.rawValue) },
            describe: { FormatDescription(["type": "string", "enum": .array(words.map(JSONValue.string))]) })
    }
}

extension Format where Value == Identifier {
    /// An opaque identifier.
    public static var identifier: Format {
        .parsed(name: "编号", { try Identifier($0) }, text: { $0.description })
    }
}

extension Format where Value == LegalDay {
    /// A day such as 2026-11-22.
    public static var day: Format {
        .parsed(name: "日期", format: "date", { try LegalDay($0) }, text: { $0.description })
    }
}

extension Format where Value == Instant {
    /// An instant in UTC such as 2026-11-22T13:00:00.000Z.
    public static var instant: Format {
        .parsed(name: "时间", format: "date-time", { try Instant($0) }, text: { $0.iso8601 })
    }
}

extension Format where Value == JSONValue {
    /// Any JSON.
    public static var any: Format {
        Format(decode: { json, _, _ in json }, encode: { $1.write($0) }, describe: { FormatDescription([:]) })
    }
}

extension SchemaType {
    /// A reference to the named schema of the type, with the schema itself among the components.
    public static var schemaReference: FormatDescription {
        let name = String(describing: Self.self).replacing("<", with: "_").replacing(">", with: "")
        var components: [String: JSONValue] = [:]
        var properties: [String: JSONValue] = [:]
        for field in schema.fields {
            let inner = field.description()
            components.merge(inner.components) { first, _ in first }
            var property = inner.schema
            if !field.doc.isEmpty, case .object(var members) = property, members["$ref"] == nil {
                members["description"] = .string(field.doc)
                property = .object(members)
            }
            properties[field.name] = property
        }
        var object: [String: JSONValue] = ["type": "object", "properties": .object(properties)]
        let required = schema.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        components[name] = .object(object)
        return FormatDescription(["$ref": .string("#/components/schemas/\(name)")], components: components)
    }
}

extension String {
    /// The text without white space at its ends.
    public var trimmed: String {
        // Nearly every text begins and ends with what is no space at a glance.
        if unicodeScalars.first?.isPlainlySeen == true, unicodeScalars.last?.isPlainlySeen == true { return self }
        var view = Substring(self)
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }
}

extension String {
    /// Whether the text has at most so many characters, none of them a heap of combining marks.
    public func fits(_ maximum: Int) -> Bool {
        utf8.count <= maximum || (unicodeScalars.count <= 4 * maximum && count <= maximum)
    }
}

extension Unicode.Scalar {
    /// Control characters, and the separators that break a line without being one.
    ///
    /// Written out, since the tables of the standard library are slow and these categories never grow.
    fileprivate var isControl: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
        default: false
        }
    }

    /// An ASCII letter, digit or sign, or a common ideograph.
    fileprivate var isPlainlySeen: Bool { (0x21...0x7E).contains(value) || (0x4E00...0x9FFF).contains(value) }
}
