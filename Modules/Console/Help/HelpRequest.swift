import ArgumentParser
import PluginKit

/// `yiciban help area verb`: the parser shows the whole program's help for a command that is not there; a mistyped
/// name deserves to be told.
struct HelpRequest {
    private let words: [String]

    init(_ arguments: [String]) {
        words = arguments.first == "help" ? arguments.dropFirst().filter { !$0.hasPrefix("-") } : []
    }

    /// - Throws: a usage error for a command that is not there.
    func check(_ root: any ParsableCommand.Type) throws {
        var command = root
        for word in words {
            let known = command.configuration.subcommands
            if let next = known.first(where: { $0._commandName == word || $0.configuration.aliases.contains(word) }) {
                command = next
                continue
            }
            let names = known.map { $0._commandName }
            let hint = nearest(to: word, among: names).map { "，是否想写 \($0)" } ?? ""
            let list = names.isEmpty ? "" : "可用的命令：\(names.joined(separator: "、"))。"
            throw ValidationError("没有命令 \(word)\(hint)。\(list)")
        }
    }
}
