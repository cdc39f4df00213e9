/// A type whose one declaration decodes, validates, encodes and describes it (DESIGN §8).
///
/// ```swift
/// struct Address: SchemaType {
///     var street = ""
///     static let schema = Schema<Self> { Field("street", \.street, .text(max: 80), doc: "街道") }
/// }
/// ```
public protocol SchemaType: Sendable {
    /// A value with every field at its default; decoding fills it.
    init()

    /// The fields.
    static var schema: Schema<Self> { get }
}

/// An input or output without fields.
public struct Nothing: SchemaType {
    public init() {}
    public static let schema = Schema<Nothing> {}
}

/// The fields of a type.
public struct Schema<Root: SchemaType>: Sendable {
    /// The fields in the order in which they are written.
    public let fields: [Field<Root>]
    /// What writes each of them: a walk over the fields themselves would copy every one.
    private let writers: [@Sendable (UnsafePointer<Root>, inout JSONWriter) -> Void]

    public init(@SchemaBuilder<Root> _ fields: () -> [Field<Root>]) { self.init(fields: fields()) }

    /// A schema put together from groups, where one long list would strain reader and type checker.
    public init(fields: [Field<Root>]) {
        self.fields = fields
        writers = fields.map(\.encode)
    }

    /// Decodes an object, reporting every finding at once; a field that nobody declared is a finding too.
    ///
    /// - Parameters:
    ///   - value: the JSON value.
    ///   - path: the path of the object, empty at the top.
    ///   - findings: receives what is wrong.
    /// - Returns: the value, or nil when there were findings.
    public func decode(_ value: JSONValue, at path: String = "", findings: inout [Finding]) -> Root? {
        guard case .object(let members) = value else {
            findings.append(Finding(path, "field.type", "这里应当是一个对象。"))
            return nil
        }
        let before = findings.count
        var root = Root()
        for field in fields {
            let fieldPath = path.isEmpty ? field.name : "\(path).\(field.name)"
            field.decode(members[field.name], fieldPath, &root, &findings)
        }
        let unknown = members.keys.filter { name in !fields.contains { $0.name == name } }
        for name in unknown.sorted() {
            let hint = nearest(to: name, among: fields.map(\.name)).map { "，是否想填 \($0)" } ?? ""
            findings.append(
                Finding(path.isEmpty ? name : "\(path).\(name)", "field.unknown", "没有名为 \(name) 的字段\(hint)。"))
        }
        return findings.count == before ? root : nil
    }

    /// Writes an object.
    public func encode(_ root: Root, into writer: inout JSONWriter) {
        writer.beginObject()
        withUnsafePointer(to: root) { root in
            for write in writers { write(root, &writer) }
        }
        writer.endObject()
    }
}

extension SchemaType {
    /// Decodes and validates.
    ///
    /// - Throws: ``Problem`` with all findings.
    public init(json: JSONValue) throws {
        var findings: [Finding] = []
        guard let value = Self.schema.decode(json, findings: &findings) else { throw Problem.invalid(findings) }
        self = value
    }

    /// The JSON text.
    public var json: [UInt8] {
        var writer = JSONWriter()
        Self.schema.encode(self, into: &writer)
        return writer.bytes
    }
}

/// Collects the fields of a ``Schema``.
@resultBuilder
public enum SchemaBuilder<Root: SchemaType> {
    public static func buildExpression(_ field: Field<Root>) -> Field<Root> { field }
    public static func buildBlock(_ fields: Field<Root>...) -> [Field<Root>] { fields }
}
