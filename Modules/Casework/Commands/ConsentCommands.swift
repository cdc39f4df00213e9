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
            "\(offer.caseID)　\(offer.role)　\(offer.title)　申请人 \(offer.applicant)　\(offer.isGiven ? "已确认" : offer.isRefused ? "已表示不同意" : "待确认")"
        }
    }
}

/// `yiciban case consent ID ROLE [--digest DIGEST]`
struct ConsentToCase: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent", abstract: "当事人查看请其确认的内容，并确认同意",
        discussion: """
            先不写 --digest，看清内容；同意的，再带上列出的摘要执行一次。内容已经变了的不会确认。
            不同意的，或者要收回已经作出的同意，用 --refuse；提交以后不能再收回。
            """)

    @OptionGroup var target: CaseTarget

    @Argument(help: "身份，见 case consents")
    var role: String

    @Option(name: .long, help: "看到的内容的摘要")
    var digest: String?

    @Flag(name: .long, help: "不同意，或者收回同意")
    var refuse = false

    @Option(name: .long, help: "不同意的原因，会告诉申请人")
    var reason: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if refuse, digest != nil { throw ValidationError("--refuse 和 --digest 只能用一个：要么不同意，要么同意。") }
        if !refuse, reason != nil { throw ValidationError("--reason 要和 --refuse 一起用。") }
    }

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(try requireAccount("当事人"))
        let id = try Identifier(target.id)
        if refuse { return try await refuse(id, service, act, context) }
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

    private func refuse(
        _ id: Identifier, _ service: CaseworkService, _ act: Act, _ context: CommandContext
    ) async throws {
        let known = try await service.knownForConsent(as: role, of: id, by: act)
        _ = try await service.database.write { [role, reason] transaction in
            try service.refuseConsent(as: role, of: id, known: known, reason: reason, by: act, in: transaction)
        }
        let offer = ConsentOfferView(try await service.consentOffer(of: id, as: role, by: act))
        let json = try JSONParser.parse(offer.json)
        context.output.print("您的意见已经记下，申请人会看到。", json: json)
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
