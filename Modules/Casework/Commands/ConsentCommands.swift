import ArgumentParser
import Extension
import Standards
import Storage

/// `yiciban case consents --as ACCOUNT`
struct ListConsents: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "consents", abstract: "列出等本人确认的事")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("当事人"))
        let page = try await context.services(CaseworkService.self)
            .pendingConsents(after: list.after, limit: list.limit, by: act)
        try context.output.print(page, none: "没有等您确认的事。") { offer in
            "\(offer.caseID)　\(offer.role)　\(offer.title)　申请人 \(offer.applicant)　\(offer.isGiven ? "已确认" : "待确认")"
        }
    }
}

/// `yiciban case consent ID ROLE [--digest DIGEST]`
struct ConsentToCase: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent", abstract: "当事人查看请其确认的内容，并确认同意",
        discussion: "先不写 --digest，看清内容；同意的，再带上列出的摘要执行一次。内容已经变了的不会确认。")

    @OptionGroup var target: CaseTarget

    @Argument(help: "身份，见 case consents")
    var role: String

    @Option(name: .long, help: "看到的内容的摘要")
    var digest: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(try requireAccount("当事人"))
        let id = try Identifier(target.id)
        guard let digest else {
            let offer = ConsentOfferView(try await service.consentOffer(of: id, as: role, by: act))
            let json = try JSONParser.parse(offer.json)
            return context.output.print(Self.text(of: offer), json: json)
        }
        let known = try await service.knownForConsent(as: role, of: id, by: act)
        _ = try await service.database.write { [role] transaction in
            try service.consent(as: role, of: id, known: known, seen: digest, by: act, in: transaction)
        }
        try await CaseText.print(id, service, act, to: context.output)
    }

    private static func text(of offer: ConsentOfferView) -> String {
        let about = [
            "\(offer.applicant) 正在办理“\(offer.title)”，请您（\(offer.roleTitle)）确认。",
            "事项：\(offer.items.joined(separator: "、"))",
        ]
        let lines = (offer.answers + offer.fields).map { "　\($0.title)：\($0.value)" }
        let next =
            offer.isGiven
            ? "您已经确认过。" : offer.isOpen ? "同意的，再加上 --digest \(offer.digest)" : offer.note ?? "现在不能确认。"
        return (about + lines + [next]).joined(separator: "\n")
    }
}
