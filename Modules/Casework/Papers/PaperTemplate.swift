import Cryptography

/// What one kind of paper says, as a text with placeholders that a county may change.
///
/// The head names `标题` and `文号字`; after an empty line come blocks, parted by empty lines. `{名称}` stands for what
/// the case says; a block that begins with `{?名称}` stands only where there is something, with `{!名称}` only where
/// there is nothing. A block of one placeholder
/// that is a list becomes a table; lines `标签 | 内容` become one too; `# ` begins a heading, `> ` a line without
/// indent, `* ` small print; `[签字] … | …` makes places for signatures, `[印章]` that of the seal.
public struct PaperTemplate: Sendable, Hashable {
    /// A piece of text: words, or what the case says.
    enum Piece: Sendable, Hashable {
        case words(String)
        case value(PaperField)
    }

    enum Shape: Sendable, Hashable {
        case paragraph([Piece])
        case heading([Piece])
        case line([Piece])
        case note([Piece])
        case table([Row])
        case list(PaperField)
        case signatures([String])
        case seal
    }

    /// A label and what belongs to it.
    struct Row: Sendable, Hashable {
        let label: String
        let value: [Piece]
    }

    /// What a block stands or falls with.
    struct Condition: Sendable, Hashable {
        let field: PaperField
        /// Whether the block stands where there is something, or where there is nothing.
        let isPresent: Bool
    }

    struct Block: Sendable, Hashable {
        var condition: Condition?
        let shape: Shape
    }

    public let kind: PaperKind
    let title: [Piece]
    /// The word of the kind in numbers (文号字), such as 受.
    public let word: String
    let blocks: [Block]
    /// The whole text.
    public let text: String
    /// Whether it is the county's own.
    public let isLocal: Bool

    /// What names this version: SM3 of the text, the first eight bytes in hex.
    public var version: String { Hex.encode(Array(SM3.hash(Array(text.utf8)).prefix(8))) }
}
