import Extension

extension PaperTemplate {
    /// Reads a template.
    ///
    /// - Parameter place: what findings name, such as `papers/acceptance.txt`.
    /// - Throws: ``CaseworkError`` with everything that is wrong, by line.
    static func parse(_ text: String, kind: PaperKind, isLocal: Bool, place: String) throws -> PaperTemplate {
        var parser = PaperTemplateParser(kind: kind, place: place)
        let template = parser.template(text, isLocal: isLocal)
        guard let template, parser.findings.isEmpty else { throw CaseworkError.faultyTemplates(parser.findings) }
        return template
    }
}

/// Reads one template and gathers what is wrong with it.
struct PaperTemplateParser {
    let kind: PaperKind
    let place: String
    private(set) var findings: [Finding] = []
    private var said: Set<PaperField> = []

    init(kind: PaperKind, place: String) {
        self.kind = kind
        self.place = place
    }

    mutating func template(_ text: String, isLocal: Bool) -> PaperTemplate? {
        let lines = text.split(separator: /\r?\n/, omittingEmptySubsequences: false).map(String.init)
        let headEnd = lines.firstIndex { $0.allSatisfy(\.isWhitespace) } ?? lines.count
        var head: [String: (text: String, line: Int)] = [:]
        for (index, line) in lines[..<headEnd].enumerated() {
            let parts = line.split(separator: "：", maxSplits: 1).map { $0.trimmingSpaces }
            guard parts.count == 2, Self.keys.contains(parts[0]), !parts[1].isEmpty else {
                let hint = nearest(to: parts.first ?? line, among: Self.keys).map { "，是否想写“\($0)：…”" } ?? ""
                find(index + 1, "template.head", "开头只写“标题：…”和“文号字：…”两行，空一行后写正文；这一行不是\(hint)。")
                continue
            }
            head[parts[0]] = (parts[1], index + 1)
        }
        for key in Self.keys where head[key] == nil { find(1, "template.head", "开头缺少“\(key)：…”。") }
        let title = head["标题"].map { pieces($0.text, line: $0.line) } ?? []
        let word = head["文号字"]?.text ?? ""
        if word.count > 6 || word.contains(where: { "{}〔〕字号".contains($0) }) {
            find(head["文号字"]?.line ?? 1, "template.word", "文号字“\(word)”应当是 1 到 6 个字，不带“字”“号”和括号，例如 受。")
        }
        let blocks = blocks(lines, from: headEnd)
        for field in kind.requiredFields where !said.contains(field) {
            find(lines.count, "template.incomplete", "\(kind.chinese)必须写明{\(field.rawValue)}，模板里没有。")
        }
        if !blocks.contains(where: { $0.shape == .seal }) {
            find(lines.count, "template.incomplete", "模板里没有“[印章]”，文书必须留出印章的位置。")
        }
        if !findings.isEmpty { return nil }
        return PaperTemplate(kind: kind, title: title, word: word, blocks: blocks, text: text, isLocal: isLocal)
    }

    private static let keys = ["标题", "文号字"]

    private mutating func find(_ line: Int, _ code: String, _ text: String) {
        findings.append(Finding("\(place):\(line)", code, text))
    }

    // MARK: Blocks

    private mutating func blocks(_ lines: [String], from start: Int) -> [PaperTemplate.Block] {
        var blocks: [PaperTemplate.Block] = []
        var index = start
        while index < lines.count {
            if lines[index].allSatisfy(\.isWhitespace) {
                index += 1
                continue
            }
            let end = lines[index...].firstIndex { $0.allSatisfy(\.isWhitespace) } ?? lines.count
            if let block = block(lines[index..<end].map(\.trimmingSpaces), line: index + 1) { blocks.append(block) }
            index = end
        }
        return blocks
    }

    private mutating func block(_ lines: [String], line: Int) -> PaperTemplate.Block? {
        var lines = lines
        var condition: PaperTemplate.Condition?
        if lines[0].hasPrefix("{?") || lines[0].hasPrefix("{!"), let close = lines[0].firstIndex(of: "}") {
            let name = String(lines[0][..<close].dropFirst(2))
            condition = field(name, line: line).map {
                PaperTemplate.Condition(field: $0, isPresent: lines[0].hasPrefix("{?"))
            }
            lines[0] = String(lines[0][lines[0].index(after: close)...]).trimmingSpaces
            if lines[0].isEmpty { lines.removeFirst() }
            guard !lines.isEmpty else {
                find(line, "template.block", "{?…} 或 {!…} 后面没有内容。")
                return nil
            }
        }
        guard let shape = shape(lines, line: line) else { return nil }
        return PaperTemplate.Block(condition: condition, shape: shape)
    }

    private mutating func shape(_ lines: [String], line: Int) -> PaperTemplate.Shape? {
        let first = lines[0]
        if first.hasPrefix("[") { return directive(first, line: line) }
        if lines.allSatisfy({ $0.contains(" | ") }) {
            return .table(
                lines.enumerated().map { offset, text in
                    let parts = text.split(separator: " | ", maxSplits: 1).map { String($0).trimmingSpaces }
                    return PaperTemplate.Row(
                        label: parts[0], value: parts.count > 1 ? pieces(parts[1], line: line + offset) : [])
                })
        }
        if lines.count == 1, first.hasPrefix("{"), first.hasSuffix("}"), !first.dropFirst().contains("{"),
            let field = PaperField(rawValue: String(first.dropFirst().dropLast())), field.isList
        {
            guard self.field(field.rawValue, line: line) != nil else { return nil }
            return .list(field)
        }
        let text = lines.joined()
        switch first.prefix(2) {
        case "# ": return .heading(pieces(String(text.dropFirst(2)), line: line))
        case "> ": return .line(pieces(String(text.dropFirst(2)), line: line))
        case "* ": return .note(pieces(String(text.dropFirst(2)), line: line))
        default: return .paragraph(pieces(text, line: line))
        }
    }

    private mutating func directive(_ text: String, line: Int) -> PaperTemplate.Shape? {
        if text == "[印章]" { return .seal }
        if text.hasPrefix("[签字]") {
            let labels = text.dropFirst("[签字]".count).split(separator: "|").map { String($0).trimmingSpaces }
                .filter { !$0.isEmpty }
            if !labels.isEmpty { return .signatures(labels) }
        }
        find(line, "template.block", "不认识“\(text)”。可以写 [印章]，或 [签字] 申请人（签字）： | 收件人（签字）：")
        return nil
    }

    // MARK: Pieces

    private mutating func pieces(_ text: String, line: Int) -> [PaperTemplate.Piece] {
        var pieces: [PaperTemplate.Piece] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
                find(line, "template.brace", "花括号没有成对：“\(rest.prefix(20))”。")
                return pieces
            }
            if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
            let name = String(rest[rest.index(after: open)..<close])
            if let field = field(name, line: line) {
                if field.isList {
                    find(line, "template.list", "{\(name)} 是一张表，应当单独写成一段。")
                } else {
                    pieces.append(.value(field))
                }
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        return pieces
    }

    private mutating func field(_ name: String, line: Int) -> PaperField? {
        if let field = PaperField(rawValue: name), kind.fields.contains(field) {
            said.insert(field)
            return field
        }
        let known = kind.fields.map(\.rawValue)
        let hint = nearest(to: name, among: known).map { "，是否想写 {\($0)}" } ?? ""
        find(
            line, "template.unknown_placeholder",
            "\(kind.chinese)里没有{\(name)}这一项\(hint)。可以写：\(known.joined(separator: "、"))。")
        return nil
    }
}

extension StringProtocol {
    /// The text without white space at its ends, the ideographic space among it.
    fileprivate var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
