import Extension

/// A text with placeholders: `{办件编号}` stands for what the notice says; a paragraph that begins with `{?名称}` stands
/// only where there is something.
public struct NoticeText: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case words(String)
        case variable(String)
    }

    struct Paragraph: Sendable, Hashable {
        var condition: String?
        var pieces: [Piece] = []
    }

    let paragraphs: [Paragraph]

    /// Reads a text; parts are parted by empty lines.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - place: of which findings speak.
    ///   - findings: receives braces that don't match.
    init(_ text: String, at place: String, findings: inout [Finding]) {
        var paragraphs: [Paragraph] = []
        let blocks = text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy(\.isWhitespace) }.map { $0.joined() }
        for block in blocks {
            var paragraph = Paragraph()
            var rest = Substring(block)
            if rest.hasPrefix("{?"), let end = rest.firstIndex(of: "}") {
                paragraph.condition = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
                rest = rest[rest.index(after: end)...]
            }
            while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
                if open > rest.startIndex { paragraph.pieces.append(.words(String(rest[..<open]))) }
                let inner = rest[rest.index(after: open)...]
                guard rest[open] == "{", let close = inner.firstIndex(where: { $0 == "{" || $0 == "}" }),
                    inner[close] == "}"
                else {
                    findings.append(Finding(place, "wording.brace", "花括号没有配对：“\(rest.prefix(20))”。占位符写成 {名称}。"))
                    rest = ""
                    break
                }
                paragraph.pieces.append(.variable(String(inner[..<close])))
                rest = inner[inner.index(after: close)...]
            }
            if !rest.isEmpty { paragraph.pieces.append(.words(String(rest))) }
            paragraphs.append(paragraph)
        }
        self.paragraphs = paragraphs
    }

    /// The variables in the order in which they stand.
    var variables: [String] {
        paragraphs.flatMap(\.pieces).compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// Every name that stands in braces, conditions among them.
    var names: [String] { paragraphs.compactMap(\.condition) + variables }

    /// The paragraphs with their values.
    func said(_ values: [String: String]) -> [String] {
        paragraphs.compactMap { paragraph in
            if let condition = paragraph.condition, values[condition] ?? "" == "" { return nil }
            return paragraph.pieces.map { piece in
                switch piece {
                case .words(let words): words
                case .variable(let name): values[name] ?? ""
                }
            }.joined()
        }
    }
}
