/// Puts the argument parser's own words into Chinese; what our commands say is Chinese already.
enum ChineseHelp {
    /// A help screen.
    static func help(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
    }

    private static func line(_ text: String) -> String {
        if let section = sections[text] { return section }
        if let group = text.wholeMatch(of: /(.+) SUBCOMMANDS:/) { return "\(group.1)：" }
        var text = text
        if text.hasPrefix("OVERVIEW: ") { text = String(text.dropFirst("OVERVIEW: ".count)) }
        if text.hasPrefix("USAGE: ") { text = "用法：" + text.dropFirst("USAGE: ".count) }
        text = text.replacing("Show help information.", with: "显示说明。")
        text = text.replacing("Show the version.", with: "显示版本。")
        text = text.replacing(" (default)", with: "（默认）")
        text = text.replacing(/\ ?\(default: ([^)]*)\)/) { "（默认 \($0.1)）" }
        text = text.replacing(/\ ?\(values: ([^)]*)\)/) { "（可选 \($0.1)）" }
        text = text.replacing("<subcommand>", with: "<命令>").replacing("<options>", with: "<选项>")
        return text.replacing(/See '(.+)' for detailed help\./) { "各命令的说明：\($0.1)" }
    }

    private static let sections = [
        "OPTIONS:": "选项：", "ARGUMENTS:": "参数：", "SUBCOMMANDS:": "命令：",
    ]

    /// A complaint about the command line.
    static func message(_ text: String) -> String {
        if let match = text.wholeMatch(of: /Missing expected argument '(.+)'/) { return "缺少参数 \(match.1)。" }
        if let match = text.wholeMatch(of: /Missing one of: '(.+)'/) {
            return "缺少选项，请从 \(match.1.replacing("', '", with: "、")) 中选一个。"
        }
        if let match = text.wholeMatch(of: /Missing value for '(.+)'/) { return "选项 \(match.1) 缺少内容。" }
        if let match = text.wholeMatch(of: /Unknown option '(.+)'\. Did you mean '(.+)'\?/) {
            return "没有选项 \(match.1)，是否想写 \(match.2)。"
        }
        if let match = text.wholeMatch(of: /Unknown option '(.+)'/) { return "没有选项 \(match.1)。" }
        if let match = text.wholeMatch(of: /Unexpected argument '(.+)'/) {
            return "多了参数或命令写错了：\(match.1)。"
        }
        if let match = text.wholeMatch(of: /\d+ unexpected arguments: '(.+)'/) {
            return "多了参数或命令写错了：\(match.1.replacing("', '", with: "、"))。"
        }
        // What a command says itself of a value is Chinese already, and says more.
        if let match = text.wholeMatch(of: /(?s)The value '.*' is invalid for '.+?': (.+)/),
            match.1.unicodeScalars.contains(where: { $0.properties.isIdeographic })
        {
            return String(match.1)
        }
        if let match = text.prefixMatch(of: /The value '(.*)' is invalid for '(.+?)'/) {
            return "\(match.2) 不能写“\(match.1)”，请按说明的格式填写。"
        }
        return text
    }
}
