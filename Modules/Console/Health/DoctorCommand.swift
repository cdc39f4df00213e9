import ArgumentParser
import Kernel
import PluginKit

/// `yiciban doctor`
struct DoctorCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "体检：逐项查看部署有没有毛病，每项一行，有问题的附上办法",
        discussion: """
            从下到上：目录、磁盘、设置、密钥、端口、数据库，再到时钟、备份、证书、日历和各模块自己的检查。
            不改动数据库结构。全部正常或只有提醒时退出码为 0，有故障为 1。
            """)

    @Option(name: .long, help: "数据目录", completion: .directory)
    var data = "data"

    @Flag(name: .long, help: "以 JSON 输出，便于脚本使用")
    var json = false

    func run(in context: ProgramContext) async throws {
        let found = await Doctor(
            DeploymentFolder(data), plugins: context.plugins,
            composition: .standard(themeFolders: context.parts.themes)
        ).examine()
        let output = CommandOutput(isJSON: json) { print($0) }
        output.print(Self.text(found), json: Self.json(found))
        if found.contains(where: { $0.health.level == .fault }) { throw ExitCode(1) }
    }

    static func text(_ found: [Examination]) -> String {
        let lines = found.flatMap { examination in
            let health = examination.health
            let remedy = health.remedy.isEmpty ? [] : ["        \(health.remedy)"]
            return ["[\(health.level.chinese)] \(examination.title)：\(health.detail)"] + remedy
        }
        func count(_ level: Health.Level) -> Int { found.count { $0.health.level == level } }
        let (faults, warnings) = (count(.fault), count(.warning))
        let summary =
            faults + warnings == 0
            ? "查了 \(found.count) 项，都正常。" : "查了 \(found.count) 项：\(faults) 项故障，\(warnings) 项要留意。"
        return (lines + [summary]).joined(separator: "\n")
    }

    private static func json(_ found: [Examination]) -> JSONValue {
        [
            "healthy": .bool(!found.contains { $0.health.level == .fault }),
            "checks": .array(
                found.map { examination in
                    [
                        "name": .string(examination.name), "title": .string(examination.title),
                        "level": .string(examination.health.level.rawValue),
                        "detail": .string(examination.health.detail), "remedy": .string(examination.health.remedy),
                    ]
                }),
        ]
    }
}

extension Health.Level {
    var chinese: String {
        switch self {
        case .sound: "正常"
        case .warning: "留意"
        case .fault: "故障"
        }
    }
}
