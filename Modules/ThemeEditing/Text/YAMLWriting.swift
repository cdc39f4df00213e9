/// How values are written into a file: as an author would, in one line where that can be read.
enum YAMLWriting {
    /// How many characters a list or mapping in brackets may have.
    static let widest = 100

    /// A text as a scalar: plain where that is the same, in double quotes otherwise.
    static func scalar(_ text: String) -> String {
        if isPlain(text) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _
            where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar == "\u{2028}"
                || scalar == "\u{2029}" || scalar == "\u{FEFF}":
                let hex = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// Whether a text may stand without quotes anywhere, also within brackets.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        let indicators = Set("-?:,[]{}#&*!|>'\"%@`~ =<.".unicodeScalars)
        if indicators.contains(first), text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) == nil { return false }
        if last == " " { return false }
        let refused = Set(",[]{}\"':".unicodeScalars)
        var before: Unicode.Scalar = "x"
        for scalar in text.unicodeScalars {
            if scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || refused.contains(scalar) { return false }
            if scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{FEFF}" || scalar.value > 0xFFFF {
                return false
            }
            if before == " " && scalar == "#" { return false }
            before = scalar
        }
        return !["null", "Null", "NULL"].contains(text)
    }

    /// A value in one line.
    static func flow(_ tree: YAMLTree) -> String {
        switch tree {
        case .text(let text): scalar(text)
        case .list(let elements): "[\(elements.map(flow).joined(separator: ", "))]"
        case .map(let members):
            "{\(members.map { "\(scalar($0.key)): \(flow($0.value))" }.joined(separator: ", "))}"
        }
    }

    /// Whether a value is written in one line, given that it may go over several.
    static func isInline(_ tree: YAMLTree) -> Bool {
        switch tree {
        case .text: true
        case .list(let elements) where elements.isEmpty: true
        case .list(let elements) where !elements.allSatisfy({ $0.text != nil }): false
        case .map(let members) where members.isEmpty: true
        case .map, .list: flow(tree).count <= widest
        }
    }

    /// What follows `key:` in a mapping whose keys stand at a column: in the same line, or in lines of its own.
    static func value(_ tree: YAMLTree, indent: Int) -> String {
        if isInline(tree) { return " " + flow(tree) }
        return "\n" + block(tree, indent: indent + 2)
    }

    /// Lines whose first character stands at a column.
    static func block(_ tree: YAMLTree, indent: Int) -> String {
        let space = String(repeating: " ", count: indent)
        switch tree {
        case .text: return space + flow(tree)
        case .list(let elements):
            return elements.map { "\(space)- \(element($0, indent: indent))" }.joined(separator: "\n")
        case .map(let members):
            return members.map { "\(space)\(scalar($0.key)):\(value($0.value, indent: indent))" }
                .joined(separator: "\n")
        }
    }

    /// What follows the dash that stands at a column.
    static func element(_ tree: YAMLTree, indent: Int) -> String {
        switch tree {
        case .map(let members) where !members.isEmpty && !isShort(tree):
            String(block(tree, indent: indent + 2).dropFirst(indent + 2))
        case .list(let elements) where !elements.isEmpty && !isInline(tree):
            String(block(tree, indent: indent + 2).dropFirst(indent + 2))
        default: flow(tree)
        }
    }

    /// Whether an element of a list is written in one line: something small like an option or an outcome's condition.
    private static func isShort(_ tree: YAMLTree) -> Bool {
        tree.members.allSatisfy { $0.value.members.isEmpty } && isInline(tree) && tree.members.count <= 6
            && flow(tree).count <= widest
            && !tree.members.contains { !$0.value.elements.isEmpty && $0.value.elements.contains { $0.text == nil } }
    }
}
