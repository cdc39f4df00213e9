import Extension

/// A column of the item list as provinces give it: which field it fills, what it is called, how its cells are read and
/// written.
struct ItemColumn: Sendable {
    /// The field of ``CatalogueItem`` and the heading that we write.
    let field: String
    let title: String
    /// Other headings under which it is found: the national exchange schema's name first.
    let aliases: [String]
    let isRequired: Bool
    /// The cell as JSON for the field; nil for an empty cell.
    let read: @Sendable (String) -> Cell
    /// The field as a cell.
    let write: @Sendable (CatalogueItem) -> String

    /// What a cell says.
    enum Cell {
        /// Nothing; the field keeps its default.
        case none
        /// Values for fields; a cell may speak for more than one.
        case fields([String: JSONValue])
        /// It can't be read: what is wrong and what to do.
        case fault(String)
    }

    init(
        _ field: String, _ title: String, _ aliases: [String], isRequired: Bool = false,
        read: @escaping @Sendable (String) -> Cell, write: @escaping @Sendable (CatalogueItem) -> String
    ) {
        self.field = field
        self.title = title
        self.aliases = aliases
        self.isRequired = isRequired
        self.read = read
        self.write = write
    }

    /// A column of plain text.
    static func text(
        _ field: String, _ title: String, _ aliases: [String], isRequired: Bool = false,
        _ value: @escaping @Sendable (CatalogueItem) -> String?
    ) -> ItemColumn {
        ItemColumn(
            field, title, aliases, isRequired: isRequired, read: { .fields([field: .string($0)]) },
            write: { value($0) ?? "" })
    }

    /// A column with one word of a closed set; the national codes are understood too.
    static func choice<Word: RawRepresentable & CaseIterable>(
        _ field: String, _ title: String, _ aliases: [String], isRequired: Bool = false, codes: [String: Word],
        _ value: @escaping @Sendable (CatalogueItem) -> Word?
    ) -> ItemColumn where Word.RawValue == String, Word: Sendable {
        ItemColumn(
            field, title, aliases, isRequired: isRequired,
            read: { .fields([field: .string((codes[$0]?.rawValue) ?? $0)]) }, write: { value($0)?.rawValue ?? "" })
    }

    /// A column with several words of a closed set, between commas of any kind.
    static func choices<Word: RawRepresentable & CaseIterable>(
        _ field: String, _ title: String, _ aliases: [String], codes: [String: Word],
        _ value: @escaping @Sendable (CatalogueItem) -> [Word]
    ) -> ItemColumn where Word.RawValue == String, Word: Sendable {
        ItemColumn(
            field, title, aliases,
            read: { text in
                .fields([
                    field: .array(
                        text.split { ",，、;；\n".contains($0) }
                            .map { word in
                                let word = word.trimmingPrefix { $0.isWhitespace }
                                return .string(codes[String(word)]?.rawValue ?? String(word))
                            })
                ])
            }, write: { value($0).map(\.rawValue).joined(separator: "、") })
    }
}
