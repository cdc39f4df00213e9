import ArgumentParser
import StandardDistribution
import Testing

@testable import Console

@Suite("Help and complaints in Chinese")
struct ChineseHelpTests {
    @Test(
        "the argument parser's complaints are put into Chinese",
        arguments: [
            ("Missing expected argument '<id>'", "缺少参数 <id>。"),
            ("Unknown option '--date'. Did you mean '--data'?", "没有选项 --date，是否想写 --data。"),
            ("Unknown option '--x'", "没有选项 --x。"),
            ("Unexpected argument 'shwo'", "多了参数或命令写错了：shwo。"),
            ("2 unexpected arguments: 'a', 'b'", "多了参数或命令写错了：a、b。"),
            ("Missing value for '--data <data>'", "选项 --data <data> 缺少内容。"),
            ("The value 'x' is invalid for '--port <port>'", "--port <port> 不能写“x”，请按说明的格式填写。"),
            ("The value 'x' is invalid for '--state <state>': 没有“x”这种状态。", "没有“x”这种状态。"),
            ("放弃后不能恢复。", "放弃后不能恢复。"),
        ])
    func complaints(english: String, chinese: String) {
        #expect(ChineseHelp.message(english) == chinese)
    }

    @Test("help for a command that is not there is a usage error that names the nearest")
    func unknownHelp() throws {
        try HelpRequest(["help", "case", "show"]).check(Root<Standard>.self)
        try HelpRequest(["case", "nope"]).check(Root<Standard>.self)
        let error = #expect(throws: ValidationError.self) {
            try HelpRequest(["help", "case", "shwo"]).check(Root<Standard>.self)
        }
        #expect(error?.message.contains("是否想写 show") == true)
        #expect(throws: ValidationError.self) { try HelpRequest(["help", "nope"]).check(Root<Standard>.self) }
    }

    @Test("no English heading is left on the first help screen")
    func rootHelp() {
        let help = ChineseHelp.help(Root<Standard>.helpMessage(columns: 100))
        for word in ["USAGE", "OPTIONS", "SUBCOMMANDS", "OVERVIEW", "Show ", "See '", "(default"] {
            #expect(!help.contains(word), "\(word) is left in:\n\(help)")
        }
        for area in ["init", "serve", "case", "calendar", "account", "licence", "outbox", "audit", "keys", "theme"] {
            #expect(help.contains("  \(area) "), "\(area) is missing")
        }
    }
}
