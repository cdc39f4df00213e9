import PluginKit

/// Gathers the named schemas of all endpoints; two different types of one name get two names.
struct SchemaNames {
    private static let prefix = "#/components/schemas/"

    private(set) var all: [String: JSONValue] = [:]

    /// The schema of a value with all that it refers to among ``all``.
    mutating func reference(_ description: FormatDescription) -> JSONValue {
        let names = adopt(description.components)
        return Self.rename(description.schema, names)
    }

    /// The schema of an object itself instead of a reference, without some of its properties.
    mutating func inlined(_ description: FormatDescription, leavingOut left: Set<String>) -> JSONValue {
        guard let name = description.schema["$ref"]?.string?.dropFirst(Self.prefix.count),
            case .object(var object)? = description.components[String(name)]
        else { return reference(description) }
        if case .object(let properties)? = object["properties"] {
            object["properties"] = .object(properties.filter { !left.contains($0.key) })
        }
        let required = (object["required"]?.array ?? []).filter { !left.contains($0.string ?? "") }
        object["required"] = required.isEmpty ? nil : .array(required)
        var others = description.components
        others[String(name)] = nil
        return Self.rename(.object(object), adopt(others))
    }

    /// Adds schemas.
    ///
    /// - Returns: the new names of those whose name was taken by another schema.
    private mutating func adopt(_ components: [String: JSONValue]) -> [String: String] {
        var names: [String: String] = [:]
        for name in components.keys.sorted() {
            var candidate = name
            var number = 2
            while let taken = all[candidate] ?? Self.reserved[candidate], taken != components[name] {
                candidate = "\(name)\(number)"
                number += 1
            }
            names[name] = candidate
            all[candidate] = components[name]
        }
        // Only now are all new names known, so only now can the references among them follow.
        for (name, candidate) in names where name != candidate || names.contains(where: { $0.key != $0.value }) {
            if let schema = components[name] { all[candidate] = Self.rename(schema, names) }
        }
        return names.filter { $0.key != $0.value }
    }

    private static let reserved: [String: JSONValue] = ["Problem": .null]

    private static func rename(_ schema: JSONValue, _ names: [String: String]) -> JSONValue {
        if names.isEmpty { return schema }
        switch schema {
        case .object(let members):
            return .object(
                Dictionary(
                    members.map { key, value in
                        if key == "$ref", let text = value.string, text.hasPrefix(prefix) {
                            let name = String(text.dropFirst(prefix.count))
                            return (key, .string(prefix + (names[name] ?? name)))
                        }
                        return (key, rename(value, names))
                    }, uniquingKeysWith: { $1 }))
        case .array(let elements): return .array(elements.map { rename($0, names) })
        default: return schema
        }
    }
}
