/// A plain text with headings, paragraphs and lists, as an office writes it in Markdown; nothing in it is code or markup
/// of a page, so it can be shown as it is.
public struct MarkdownText: Sendable, Hashable {
    /// A piece of a line.
    public struct Span: Sendable, Hashable {
        public let text: String
        public let isStrong: Bool
        /// Where it leads: a page of ours, an address that begins with `https://`, a phone number; nil for no link.
        public let link: String?
    }

    /// A block of the text.
    public enum Block: Sendable, Hashable {
        case heading(String)
        case paragraph([Span])
        case list([[Span]])
    }

    /// The first heading of the first level; nil where there is none.
    public let title: String?
    public let blocks: [Block]

    public init(_ source: String) {
        var title: String?
        var blocks: [Block] = []
        var paragraph = ""
        var items: [String] = []
        func endParagraph() {
            if !paragraph.isEmpty { blocks.append(.paragraph(Self.spans(paragraph))) }
            paragraph = ""
        }
        func endList() {
            if !items.isEmpty { blocks.append(.list(items.map(Self.spans))) }
            items = []
        }
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = Self.trimmed(line)
            let level = text.prefix { $0 == "#" }.count
            if text.isEmpty {
                endParagraph()
                endList()
            } else if (1...6).contains(level), text.dropFirst(level).first == " " {
                endParagraph()
                endList()
                let heading = Self.trimmed(text.dropFirst(level)[...])
                if level == 1, title == nil { title = heading } else { blocks.append(.heading(heading)) }
            } else if let item = Self.item(text) {
                endParagraph()
                items.append(item)
            } else if !items.isEmpty {
                items[items.count - 1] += text
            } else {
                paragraph += text
            }
        }
        endParagraph()
        endList()
        self.title = title
        self.blocks = blocks
    }

    private static func item(_ text: String) -> String? {
        for mark in ["- ", "* ", "+ "] where text.hasPrefix(mark) { return trimmed(text.dropFirst(2)[...]) }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 3, text.dropFirst(digits.count).hasPrefix(". ") else { return nil }
        return trimmed(text.dropFirst(digits.count + 2)[...])
    }

    private static func spans(_ text: String) -> [Span] {
        var spans: [Span] = []
        var plain = ""
        var rest = text[...]
        func end() {
            if !plain.isEmpty { spans.append(Span(text: plain, isStrong: false, link: nil)) }
            plain = ""
        }
        while let first = rest.first {
            if rest.hasPrefix("**"), let close = rest.dropFirst(2).firstRange(of: "**"),
                close.lowerBound > rest.index(rest.startIndex, offsetBy: 2)
            {
                end()
                spans.append(Span(text: String(rest.dropFirst(2)[..<close.lowerBound]), isStrong: true, link: nil))
                rest = rest[close.upperBound...]
            } else if first == "[", let label = rest.firstIndex(of: "]"), rest[label...].hasPrefix("]("),
                let close = rest[label...].firstIndex(of: ")")
            {
                end()
                let target = String(rest[rest.index(label, offsetBy: 2)..<close])
                spans.append(
                    Span(
                        text: String(rest[rest.index(after: rest.startIndex)..<label]), isStrong: false,
                        link: isSafe(target) ? target : nil))
                rest = rest[rest.index(after: close)...]
            } else {
                plain.append(first)
                rest = rest.dropFirst()
            }
        }
        end()
        return spans
    }

    /// Whether a link leads where a public page may lead.
    public static func isSafe(_ target: String) -> Bool {
        if target.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "\\" }) { return false }
        if target.hasPrefix("https://") || target.hasPrefix("http://") || target.hasPrefix("tel:")
            || target.hasPrefix("mailto:")
        {
            return target.count > 8
        }
        return target.hasPrefix("/") && !target.hasPrefix("//")
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func trimmed(_ text: String) -> String { trimmed(text[...]) }
}
