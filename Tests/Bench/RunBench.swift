import ArgumentParser
import Foundation

/// `yiciban-bench run`: everything, as a table and as JSON.
struct RunBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "测全部项目，打印表格并写成 JSON",
        discussion: "退出码：0 测完（达标与否见表格），1 没能测完。PostgreSQL 一项需要环境变量 YICIBAN_TEST_POSTGRES。")

    @Option(help: "每次加压的秒数")
    var seconds = 4

    @Option(help: "每项加压的轮数，取中位数")
    var rounds = 3

    @Option(help: "大库里的办件数；0 跳过这一项")
    var cases = 1_000_000

    @Option(help: "结果写到哪个文件")
    var output = "bench.json"

    @Option(help: "只测这些项目，逗号分隔：\(Topic.allCases.map(\.rawValue).joined(separator: "、"))")
    var only: String?

    /// What can be measured on its own.
    enum Topic: String, CaseIterable {
        case reads, submit, postgresql, growth, start, seals
    }

    func run() async throws {
        let topics = try chosen()
        let workshop = try Workshop()
        defer { workshop.remove() }
        let load = Wrk(folder: workshop.folder, seconds: seconds)
        var report = Report()
        if topics.contains(.reads) || topics.contains(.submit) || topics.contains(.start) {
            let deployment = try await workshop.deployment("sqlite")
            if topics.contains(.start) { report.add(try await StartFigures.measure(deployment)) }
            let program = try await deployment.serve()
            let baseline = try await deployment.serveBaseline()
            let session = try await program.signIn(deployment)
            let cases = try await session.submitOne()
            if topics.contains(.reads) {
                report.add(
                    try ReadFigures(load: load, rounds: rounds, program: program, baseline: baseline, session: session)
                        .measure(case: cases))
            }
            if topics.contains(.submit) {
                report.add(
                    try await SubmitFigures(
                        load: load, rounds: rounds, deployment: deployment, program: program, baseline: baseline,
                        session: session
                    ).measure())
            }
            report.add(MemoryFigure.measure(program.child))
            baseline.child.stop()
            program.child.stop()
        }
        if topics.contains(.seals) {
            let deployment = try await workshop.deployment("seals")
            report.add(try await SealFigures(deployment: deployment, rounds: rounds, seconds: seconds).measure())
        }
        if topics.contains(.postgresql) { report.add(try await PostgreSQLFigures.measure(workshop, load)) }
        if topics.contains(.growth), cases > 0 {
            report.add(try await GrowthFigures(load: load, rounds: rounds, count: cases).measure(workshop))
        }
        print(report.table)
        try report.write(to: output)
    }

    private func chosen() throws -> Set<Topic> {
        guard let only else { return Set(Topic.allCases) }
        return Set(
            try only.split(separator: ",").map { name in
                guard let topic = Topic(rawValue: String(name)) else { throw ValidationError("没有名为 \(name) 的项目。") }
                return topic
            })
    }
}
