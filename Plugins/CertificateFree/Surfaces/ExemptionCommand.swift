import ArgumentParser
import PluginKit

/// `yiciban certificate-free exemptions`
struct ShowExemptions: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "exemptions", abstract: "四免总览：不用交、不用填、不用开、不用再核验的数字，与目标对照")

    @Option(name: .long, help: "从哪个月，例如 2026-01；不写为从头")
    var from: String?
    @Option(name: .long, help: "到哪个月；不写为至今")
    var until: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let host = try context.host(of: CertificateFreePlugin.self)
        let desk = try ProofDesk(host, try host.settings(of: CertificateFreePlugin.self))
        guard ExemptionSurfaces.access.admits(try await context.act(common.account).actor) else {
            throw Problem.forbidden
        }
        var question = MonthsQuestion()
        question.from = from
        question.until = until
        let months = try question.months()
        let figures = try await desk.database.read { try desk.figures(from: months.from, until: months.until, in: $0) }
        let lines = figures.groups.flatMap { group in
            [group.exemption.rawValue]
                + group.lines.map { "　\($0.title)　\($0.count)\($0.note.isEmpty ? "" : "（\($0.note)）")" }
        }
        let json = try JSONParser.parse(ExemptionView(figures).json)
        context.output.print(
            lines.joined(separator: "\n"), json: json)
    }
}
