/// A text of SQL cut into words, quoted parts, comments and what stands between them; joined again it is the same text.
struct SQLWords: Sequence, IteratorProtocol {
    struct Piece {
        var text: String
        /// Whether the piece is an identifier or keyword.
        var isWord = false
        /// Whether the piece is a quoted text or a comment.
        var isQuoted = false
    }

    private var rest: Substring

    init(_ sql: String) { rest = sql[...] }

    mutating func next() -> Piece? {
        guard let first = rest.first else { return nil }
        if first == "'" || first == "\"" {
            let end = rest.dropFirst().firstIndex(of: first).map { rest.index(after: $0) } ?? rest.endIndex
            return take(to: end, isQuoted: true)
        }
        if rest.hasPrefix("--") {
            return take(to: rest.firstIndex(where: \.isNewline) ?? rest.endIndex, isQuoted: true)
        }
        guard Self.isWord(first) else { return take(to: rest.index(after: rest.startIndex)) }
        return take(to: rest.firstIndex { !Self.isWord($0) } ?? rest.endIndex, isWord: true)
    }

    private mutating func take(to end: Substring.Index, isWord: Bool = false, isQuoted: Bool = false) -> Piece {
        defer { rest = rest[end...] }
        return Piece(text: String(rest[..<end]), isWord: isWord, isQuoted: isQuoted)
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
