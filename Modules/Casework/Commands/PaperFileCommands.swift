public import ArgumentParser
import Extension
import Foundation
import Standards
import Storage

/// `yiciban case papers ID`
struct ListPapers: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "papers", abstract: "列出一件事的文书")

    @OptionGroup var target: CaseTarget
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let papers = try await service.sight(of: try await target.identifier(service, act), by: act).file.papers
        let json = try JSONParser.parse(PaperList(papers).json)
        context.output.print(
            (papers ?? []).isEmpty
                ? "还没有文书。" : (papers ?? []).map(\.commandLine).joined(separator: "\n"),
            json: json)
    }
}

extension CasePaper {
    fileprivate var commandLine: String {
        let served = service.map { "　\($0.day.text) \($0.way.chinese)　\($0.recipient)" } ?? ""
        return "\(id)　\(issued.day.text)　\(title)　\(number)\(item.map { "　\($0)" } ?? "")\(served)"
    }
}

/// `yiciban case paper ID PAPER --to FILE`
struct GetPaper: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "paper", abstract: "把一份文书存成 PDF")

    @OptionGroup var target: CaseTarget

    @Argument(help: "文书的系统编号或文号，见 case papers")
    var paper: String

    @Option(name: .long, help: "存到哪个文件", completion: .file(extensions: ["pdf"]))
    var to: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let file = try await service.sight(of: try await target.identifier(service, act), by: act).file
        let found = try file.paper(named: paper)
        let reply = try await service.paper(found.id, of: file.id, by: act)
        try LocalFile.write(reply.bytes, to: to)
        context.output.print(
            "\(found.title) \(found.number) 已存到 \(to)。",
            json: .object(["paper": .string(found.id.text), "file": .string(to)]))
    }
}

extension CaseFile {
    /// A paper by its identifier or number.
    func paper(named name: String) throws -> CasePaper {
        guard let found = papers?.first(where: { $0.id.text == name || $0.number == name }) else {
            throw Problem(404, "casework.not_found", "没有这份文书", "这件事没有“\(name)”这份文书。请用 case papers 查看有哪些。")
        }
        return found
    }
}

extension PaperService.Way: ExpressibleByArgument {}

/// `yiciban case serve ID PAPER --way WAY --recipient NAME`
struct ServePaper: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "登记一份文书的送达，同时出具送达回证")

    @OptionGroup var target: CaseTarget

    @Argument(help: "文书的系统编号或文号，见 case papers")
    var paper: String

    @Option(
        name: .long,
        help: "方式：\(PaperService.Way.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "；"))")
    var way: PaperService.Way

    @Option(name: .long, help: "由谁收件")
    var recipient: String

    @Option(name: .long, help: "送达日期，例如 2026-11-26；不写为今天")
    var day: String?

    @Option(name: .long, help: "邮件号码，邮寄送达必填")
    var tracking: String?

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let found = try await service.sight(of: id, by: act).file.paper(named: paper)
        let day = try day.map { try LegalDay($0) } ?? act.now.day
        return { [way, recipient, tracking] in
            try service.serve(
                found.id, of: id, by: way, to: recipient, on: day, tracking: tracking, by: act, in: $0)
        }
    }
}
