import Cryptography

/// Cuts text into the tokens of the search (分词).
///
/// A run of Chinese characters gives each pair of neighbours and each single character, so that a word of any length is
/// found at any position; other runs give lower-cased words. Tokens are plain ASCII, so that no tokenizer of either
/// database changes them.
struct SearchTokens {
    /// What a document is found by.
    private(set) var document: [String] = []
    /// What a query asks for: pairs where a run has two characters or more, the single character otherwise.
    private(set) var query: [String] = []

    init(_ text: String) {
        var han: [Character] = []
        var word = ""
        for character in Self.folded(text) {
            if Self.isHan(character) {
                flush(&word)
                han.append(character)
            } else if character.isLetter || character.isNumber {
                flush(&han)
                word.append(character)
            } else {
                flush(&han)
                flush(&word)
            }
        }
        flush(&han)
        flush(&word)
    }

    /// Lower case and full-width forms as their plain ones (ＡＢＣ１２３ → abc123).
    private static func folded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            scalars.append(isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(scalars).lowercased()
    }

    private static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.first?.properties.isIdeographic ?? false
    }

    private mutating func flush(_ han: inout [Character]) {
        guard !han.isEmpty else { return }
        let singles = han.map { Self.token(String($0)) }
        let pairs = zip(han, han.dropFirst()).map { Self.token(String([$0, $1])) }
        document += singles + pairs
        query += pairs.isEmpty ? singles : pairs
        han = []
    }

    private mutating func flush(_ word: inout String) {
        guard !word.isEmpty else { return }
        document.append(Self.token(word))
        query.append(Self.token(word))
        word = ""
    }

    /// `w` and the word itself where it is plain ASCII, `x` and its bytes in hexadecimal otherwise.
    static func token(_ text: String) -> String {
        let isPlain =
            text.utf8.count <= 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
        return isPlain ? "w\(text)" : "x\(Hex.encode(text.utf8.prefix(128)))"
    }

    /// The token that keeps one index of one division apart from the others.
    static func scope(_ name: String, _ division: String) -> String {
        "s\(Hex.encode("\(name)/\(division)".utf8))"
    }
}
