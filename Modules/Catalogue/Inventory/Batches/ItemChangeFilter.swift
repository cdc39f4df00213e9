import Storage

/// Which changes of a batch a reviewer wants to see: thousands come from one list.
public struct ItemChangeFilter: Sendable, Hashable {
    /// A part of anything that the item says: its title, organ, code or elements; empty for all.
    public var text: String
    public var kind: ItemChangeKind?
    /// Only those in which an element is missing.
    public var onlyIncomplete: Bool

    public init(text: String = "", kind: ItemChangeKind? = nil, onlyIncomplete: Bool = false) {
        self.text = text
        self.kind = kind
        self.onlyIncomplete = onlyIncomplete
    }

    /// Whether it lets everything through.
    public var isAll: Bool { text.isEmpty && kind == nil && !onlyIncomplete }

    /// The condition on `inventory_change` with its arguments.
    var condition: (sql: String, arguments: [SQLValue]) {
        var (parts, arguments): ([String], [SQLValue]) = ([], [])
        if !text.isEmpty {
            let pattern = text.reduce(into: "") { pattern, character in
                if "%_!".contains(character) { pattern.append("!") }
                pattern.append(character)
            }
            parts.append("(body LIKE ? ESCAPE '!' OR code LIKE ? ESCAPE '!')")
            arguments += [.text("%\(pattern)%"), .text("%\(pattern)%")]
        }
        if let kind {
            parts.append("kind = ?")
            arguments.append(.text(kind.rawValue))
        }
        if onlyIncomplete { parts.append("gaps <> ''") }
        return (parts.map { " AND \($0)" }.joined(), arguments)
    }
}
