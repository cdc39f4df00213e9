import Yams

/// A part of a file with the text that it takes up, as offsets in Unicode scalars.
struct YAMLPart: Sendable {
    enum Content: Sendable {
        case text(String)
        case list([YAMLPart])
        case map([Member])
    }

    struct Member: Sendable {
        let key: String
        let keyRange: Range<Int>
        let value: YAMLPart
    }

    let content: Content
    /// From its first character to behind its last, without comments and line ends that follow.
    let range: Range<Int>
    /// Whether it is a list or mapping in brackets, or lies within one.
    let isFlow: Bool

    var tree: YAMLTree {
        switch content {
        case .text(let text): .text(text)
        case .list(let elements): .list(elements.map(\.tree))
        case .map(let members): .map(members.map { YAMLTree.Member($0.key, $0.value.tree) })
        }
    }

    var members: [Member] { if case .map(let members) = content { members } else { [] } }
    var elements: [YAMLPart] { if case .list(let elements) = content { elements } else { [] } }

    subscript(path: YAMLPath) -> YAMLPart? {
        path.steps.reduce(self) { part, step in
            switch step {
            case .key(let key): part?.members.first { $0.key == key }?.value
            case .index(let index):
                part.flatMap { $0.elements.indices.contains(index) ? $0.elements[index] : nil }
            }
        }
    }

    /// The deepest part whose text holds an offset, with a member's key counted to its value. Where a mapping begins,
    /// its first key begins too: the place is the mapping's, since that is where findings about it as a whole stand.
    func path(at offset: Int) -> YAMLPath {
        if !members.isEmpty, offset == range.lowerBound { return .root }
        for member in members where member.keyRange.lowerBound <= offset {
            if offset < max(member.value.range.upperBound, member.keyRange.upperBound + 1) {
                let rest = member.value.range.lowerBound <= offset ? member.value.path(at: offset) : .root
                return YAMLPath([.key(member.key)] + rest.steps)
            }
        }
        for (index, element) in elements.enumerated() where element.range.lowerBound <= offset {
            if offset < max(element.range.upperBound, element.range.lowerBound + 1) {
                return YAMLPath([.index(index)] + element.path(at: offset).steps)
            }
        }
        return .root
    }
}

/// Finds out where the parts of a file end: the parser marks only where they begin.
struct YAMLPartReader: Sendable {
    let text: [Unicode.Scalar]
    /// The offset at which each line begins.
    let lines: [Int]

    init(_ text: [Unicode.Scalar]) {
        self.text = text
        lines = [0] + text.indices.filter { text[$0] == "\n" }.map { $0 + 1 }
    }

    /// The offset of a place that is counted from 1.
    func offset(line: Int, column: Int) -> Int {
        min(lines[min(max(line - 1, 0), lines.count - 1)] + max(column - 1, 0), text.count)
    }

    /// The part of a node.
    ///
    /// - Parameters:
    ///   - indent: the column of the key or dash below which it lies; -1 at the root.
    func part(_ node: Node, indent: Int, inFlow: Bool) -> YAMLPart {
        let start = node.mark.map { offset(line: $0.line, column: $0.column) } ?? 0
        switch node {
        case .scalar(let scalar):
            let end = scalarEnd(scalar, start, indent: indent, inFlow: inFlow)
            return YAMLPart(content: .text(scalar.string), range: start..<end, isFlow: inFlow)
        case .sequence(let sequence):
            let isFlow = inFlow || character(start) == "["
            let column = isFlow ? indent : self.column(start)
            let elements = sequence.map { part($0, indent: column, inFlow: isFlow) }
            return YAMLPart(
                content: .list(elements), range: start..<end(start, elements.last?.range.upperBound, isFlow),
                isFlow: isFlow)
        case .mapping(let mapping):
            let isFlow = inFlow || character(start) == "{"
            let column = isFlow ? indent : self.column(start)
            let members = mapping.map { key, value in
                YAMLPart.Member(
                    key: key.string ?? "", keyRange: part(key, indent: column, inFlow: true).range,
                    value: part(value, indent: column, inFlow: isFlow))
            }
            let last = members.last.map { max($0.value.range.upperBound, $0.keyRange.upperBound + 1) }
            return YAMLPart(content: .map(members), range: start..<end(start, last, isFlow), isFlow: isFlow)
        case .alias: return YAMLPart(content: .text(""), range: start..<start, isFlow: inFlow)
        }
    }

    func character(_ offset: Int) -> Unicode.Scalar? { text.indices.contains(offset) ? text[offset] : nil }

    /// The column of an offset, counted from 0.
    func column(_ offset: Int) -> Int { offset - lineStart(offset) }

    func lineStart(_ offset: Int) -> Int {
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle] <= offset { low = middle } else { high = middle }
        }
        return lines[low]
    }

    /// The offset of the line's end, before its line feed.
    func lineEnd(_ offset: Int) -> Int {
        var end = offset
        while end < text.count, text[end] != "\n" { end += 1 }
        return end
    }

    private func end(_ start: Int, _ last: Int?, _ isFlow: Bool) -> Int {
        guard isFlow else { return last ?? start }
        let open = character(start)
        // A single pair in a list, `[a: b]`, has no braces of its own.
        guard open == "[" || open == "{" else { return last ?? start }
        var position = last ?? start + 1
        while let next = character(position), next != "]", next != "}" {
            if next == "#" { position = lineEnd(position) } else { position += 1 }
        }
        return min(position + 1, text.count)
    }

    private func scalarEnd(_ scalar: Node.Scalar, _ start: Int, indent: Int, inFlow: Bool) -> Int {
        switch scalar.style {
        case .doubleQuoted: return quotedEnd(start, "\"", escape: "\\")
        case .singleQuoted: return quotedEnd(start, "'", escape: nil)
        case .literal, .folded: return blockEnd(start, indent: indent)
        default: return inFlow ? flowPlainEnd(start) : plainEnd(start, indent: indent)
        }
    }

    private func quotedEnd(_ start: Int, _ quote: Unicode.Scalar, escape: Unicode.Scalar?) -> Int {
        var position = start + 1
        while let next = character(position) {
            if next == escape {
                position += 2
            } else if next == quote {
                if escape == nil, character(position + 1) == quote { position += 2 } else { return position + 1 }
            } else {
                position += 1
            }
        }
        return text.count
    }

    private func blockEnd(_ start: Int, indent: Int) -> Int {
        var end = lineEnd(start)
        var next = end + 1
        while next < text.count {
            let stop = lineEnd(next)
            let first = (next..<stop).first { text[$0] != " " }
            if let first {
                if first - next <= indent { break }
                end = stop
            }
            next = stop + 1
        }
        return end
    }

    private func plainEnd(_ start: Int, indent: Int) -> Int {
        var end = plainLineEnd(start)
        var next = lineEnd(start) + 1
        // A comment ends the text, also when deeper lines follow.
        if (end..<lineEnd(start)).contains(where: { text[$0] == "#" }) { return end }
        if end == start { return end }
        while next < text.count {
            let stop = lineEnd(next)
            if let first = (next..<stop).first(where: { text[$0] != " " }) {
                if first - next <= indent || text[first] == "#" { break }
                end = plainLineEnd(first)
            }
            next = stop + 1
        }
        return end
    }

    /// Where a plain text ends in its line: before a comment and the spaces around it.
    private func plainLineEnd(_ start: Int) -> Int {
        var end = start
        let stop = lineEnd(start)
        while end < stop {
            if text[end] == "#", end > start, text[end - 1] == " " || text[end - 1] == "\t" { break }
            if end == start, text[end] == "#" { break }
            end += 1
        }
        while end > start, text[end - 1] == " " || text[end - 1] == "\t" { end -= 1 }
        return end
    }

    private func flowPlainEnd(_ start: Int) -> Int {
        var end = start
        while let next = character(end), !",]}[{\n".unicodeScalars.contains(next) {
            if next == ":", [" ", "\n", ",", "]", "}", nil].contains(character(end + 1)) { break }
            if next == "#", end > start, text[end - 1] == " " { break }
            end += 1
        }
        if character(end) == "\n" {
            // The text may go on in the next line.
            var next = end
            while let space = character(next), space == " " || space == "\n" { next += 1 }
            if next < text.count, !",]}[{#:".unicodeScalars.contains(text[next]) { return flowPlainEnd(next) }
        }
        while end > start, text[end - 1] == " " || text[end - 1] == "\n" { end -= 1 }
        return end
    }
}
