import Extension
import Standards

/// A business scope (经营范围) as people write it, taken apart into its activities.
enum ScopeText {
    private static let separators: Set<Character> = ["；", ";", "、", "，", ",", "。", "\n", "\r", "|", "｜"]
    private static let brackets: [Character: Character] = ["（": "）", "(": ")", "【": "】", "[": "]"]
    private static let headings = ["许可项目", "一般项目", "经营范围", "许可经营项目", "一般经营项目", "前置许可项目", "后置许可项目"]

    /// The activities in order, each once; what stands in brackets is a remark and no activity.
    ///
    /// A bracket that is never closed hides nothing: where there is one, all brackets only part what stands around them.
    static func activities(_ text: String) -> [String] {
        let pieces =
            withoutRemarks(text)
            ?? text.withoutInvisibles.split { character in
                separators.contains(character) || brackets.contains { $0.key == character || $0.value == character }
            }.map(String.init)
        var known: Set<String> = []
        return pieces.map(plain).filter { !$0.isEmpty && known.insert(key($0)).inserted }
    }

    /// The pieces between separators, remarks left out; nil where a bracket is not closed.
    private static func withoutRemarks(_ text: String) -> [String]? {
        var pieces: [String] = []
        var piece = ""
        var closing: [Character] = []
        for character in text.withoutInvisibles {
            if let end = brackets[character] {
                closing.append(end)
            } else if let end = closing.last {
                if character == end { closing.removeLast() }
            } else if separators.contains(character) {
                pieces.append(piece)
                piece = ""
            } else {
                piece.append(character)
            }
        }
        return closing.isEmpty ? pieces + [piece] : nil
    }

    /// Without the heading of its group, its number and the spaces around it.
    private static func plain(_ piece: String) -> String {
        var rest = Substring(piece.trimmed)
        for heading in headings where rest.hasPrefix(heading) {
            let tail = rest.dropFirst(heading.count)
            if let first = tail.first, first == "：" || first == ":" { rest = tail.dropFirst() }
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, let mark = rest.dropFirst(digits.count).first, mark == "." || mark == "．" {
            rest = rest.dropFirst(digits.count + 1)
        }
        return String(rest).trimmed
    }

    /// By what two wordings are held to be the same: without spaces, and letters in one case.
    static func key(_ wording: String) -> String { wording.lowercased().filter { !$0.isWhitespace } }
}
