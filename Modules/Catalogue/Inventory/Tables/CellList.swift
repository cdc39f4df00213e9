import Extension

/// Lists inside a cell: a line for each element, its parts between bars, so that they can be typed and read in any
/// office program: `身份证｜原件｜1｜必要｜申请人自备`.
enum CellList {
    /// The lines of a cell, each cut into its parts.
    static func lines(_ cell: String) -> [[String]] {
        cell.split(whereSeparator: \.isNewline).map { line in
            line.split(omittingEmptySubsequences: false) { $0 == "｜" || $0 == "|" }
                .map { part in
                    let start = part.drop { $0.isWhitespace }
                    return String(start.reversed().drop { $0.isWhitespace }.reversed())
                }
        }.filter { !$0.allSatisfy(\.isEmpty) }
    }

    /// A cell from elements; empty parts at the end of a line are left out.
    static func cell(_ elements: [[String]]) -> String {
        elements.map { parts in
            var parts = parts.map(plain)
            while parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
            return parts.joined(separator: "｜")
        }.joined(separator: "\n")
    }

    /// A part without what would end it.
    private static func plain(_ part: String) -> String {
        String(part.map { $0.isNewline ? " " : $0 == "｜" || $0 == "|" ? "／" : $0 })
    }

    static func yes(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "是", "必要", "必需", "必须", "需要", "1", "y", "yes", "true", "√": true
        case "否", "非必要", "非必需", "可选", "不需要", "0", "n", "no", "false", "×", "无": false
        default: nil
        }
    }

    /// The members that have something to say.
    static func object(_ members: [(String, JSONValue?)]) -> JSONValue {
        .object(
            members.reduce(into: [:]) { object, member in
                if let value = member.1, value != .string("") { object[member.0] = value }
            })
    }
}

extension [String] {
    /// The part at a position; empty when the line ends before.
    func part(_ index: Int) -> String { index < count ? self[index] : "" }
}
