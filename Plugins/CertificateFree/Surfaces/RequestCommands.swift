import ArgumentParser
import PluginKit

/// `yiciban certificate-free overdue`
struct ListOverdue: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "overdue", abstract: "列出超过期限还没有答复的证明核验和开具申请；不显示个人信息")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let host = try context.host(of: CertificateFreePlugin.self)
        let desk = try ProofDesk(host, try host.settings(of: CertificateFreePlugin.self))
        let day = try await context.act(common.account).now.day
        let views = try await desk.database.read { snapshot in
            try desk.views(
                try desk.overdue(on: day, limit: 10_000, in: snapshot), for: .watcher, on: day, in: snapshot)
        }
        let lines = views.map { view in
            "\(view.due?.text ?? "")　\(view.answerer)　\(view.title)　\(view.asker ?? "本人申请")　\(view.id)"
        }
        let json = try views.map { try JSONParser.parse($0.json) }
        context.output.print(lines.isEmpty ? "没有超期的。" : lines.joined(separator: "\n"), json: .array(json))
    }
}
