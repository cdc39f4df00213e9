/// Where a field of an endpoint's input travels.
public enum FieldPlace: String, Sendable {
    case body, path, query
}

/// One field: its name, how it is reached, what it may hold and what it means.
public struct Field<Root: SchemaType>: Sendable {
    /// The name in JSON and in paths, snake case.
    public let name: String
    /// What it means, in Chinese.
    public let doc: String
    /// Where it travels.
    public let place: FieldPlace
    /// Whether it must be there.
    public let isRequired: Bool
    /// What it may hold, for descriptions.
    public let description: @Sendable () -> FormatDescription

    @usableFromInline let decode: @Sendable (JSONValue?, _ path: String, inout Root, inout [Finding]) -> Void
    /// Gets the place of the whole value, since a copy of it for each field would cost more than writing it.
    @usableFromInline let encode: @Sendable (UnsafePointer<Root>, inout JSONWriter) -> Void

    /// Declares a field; it is required unless its format is optional or has a default.
    ///
    /// Inlinable, so that reading and writing are compiled for the field's own type.
    @inlinable
    public init<Value: Sendable>(
        _ name: String, _ keyPath: any WritableKeyPath<Root, Value> & Sendable, _ format: Format<Value>,
        doc: String = "", in place: FieldPlace = .body
    ) {
        self.name = name
        self.doc = doc
        self.place = place
        self.isRequired = !format.mayBeAbsent
        self.description = format.describe
        self.decode = { json, path, root, findings in
            guard let json, json != .null else {
                if !format.mayBeAbsent {
                    findings.append(Finding(path, "field.required", "请填写\(doc.isEmpty ? name : doc)。"))
                }
                return
            }
            if let value = format.decode(json, path, &findings) { root[keyPath: keyPath] = value }
        }
        let key = JSONWriter.encoded(key: name)
        let place = StoredPlace(keyPath)
        self.encode = { root, writer in
            let value = place.value(at: root)
            if format.isAbsent(value) { return }
            writer.key(encoded: key)
            format.encode(value, &writer)
        }
    }
}

/// What a field may hold, in the terms of JSON Schema.
public struct FormatDescription: Sendable {
    /// The JSON schema of the value; objects refer to named schemas by `$ref`.
    public var schema: JSONValue
    /// Named schemas that this one refers to.
    public var components: [String: JSONValue]

    public init(_ schema: JSONValue, components: [String: JSONValue] = [:]) {
        self.schema = schema
        self.components = components
    }
}
