import ArgumentParser
import Foundation
import PluginKit

extension CommandContext {
    /// The plugin's service in this deployment.
    func crossRegion() throws -> CrossRegionService {
        let host = try host(of: CrossRegionPlugin.self)
        return try CrossRegionService(host, settings: try host.settings(of: CrossRegionPlugin.self))
    }
}

/// Reads what a command was given as JSON, from a file.
private func json(from path: String) throws -> JSONValue {
    guard let bytes = FileManager.default.contents(atPath: path) else {
        throw ValidationError("读不到文件 \(path)，请检查路径和权限。")
    }
    do {
        return try JSONParser.parse(Array(bytes))
    } catch {
        throw ValidationError("\(path) 不是正确的 JSON：第 \(error.line) 行，\(error.message)。")
    }
}

/// `yiciban cross-region card`
struct ShowCard: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "本部署的名片：存成文件交给合作地区，指纹请电话核对")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let view = try await context.crossRegion().card(by: try await context.act(common.account))
        context.output.print(
            "代码：\(view.code)\n名称：\(view.name)\n指纹：\(view.fingerprint)\n签名公钥：\n\(view.signing)\n加密公钥：\n\(view.reading)",
            json: view.value)
    }
}

/// `yiciban cross-region items`
struct ListItems: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "items", abstract: "一类通办事项的清单")

    @Option(name: .long, help: "范围：市内、省内或跨省")
    var scope: String
    @Option(name: .long, help: "从哪个代号之后开始")
    var after = ""
    @Option(name: .long, help: "最多几项")
    var limit = 500

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let now = try await context.act(common.account).now
        let query = try ItemQuery(
            json: ["scope": .string(scope), "after": .string(after), "limit": .integer(Int64(limit))])
        let views = try await service.database.read {
            try service.lists.items(
                query.scope, on: now.day, after: query.after, limit: query.limit, in: $0
            ).map(ListedItemView.init)
        }
        context.output.print(
            views.isEmpty
                ? "清单上还没有事项。"
                : views.map { "\($0.id)　\($0.code)　\($0.title)　\($0.department)　\($0.place)" }.joined(separator: "\n"),
            json: .array(views.map(\.value)))
    }
}

/// `yiciban cross-region add-item`
struct AddItem: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "add-item", abstract: "把一个事项列入通办清单")

    @Option(name: .long, help: "范围：市内、省内或跨省")
    var scope: String
    @Option(name: .long, help: "事项代号")
    var item: String
    @Option(name: .long, help: "事项名称")
    var title: String
    @Option(name: .long, help: "业务部门")
    var department: String
    @Option(name: .long, help: "在哪里可以办，例如 全市各级政务服务大厅")
    var place: String
    @Option(name: .long, help: "从哪天起；不写为今天")
    var since: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.act(common.account)
        let input = try ListedItemInput(
            json: [
                "scope": .string(scope), "code": .string(item), "title": .string(title),
                "department": .string(department), "place": .string(place),
                "starts_on": .string(since ?? act.now.day.text),
            ])
        let view = try await service.database.write {
            ListedItemView(try service.lists.add(input, by: act, in: $0))
        }
        context.output.print("已列入\(scope)通办清单。", json: view.value)
    }
}

/// `yiciban cross-region import-items`
struct ImportItems: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-items", abstract: "成批列入通办事项：JSON 数组，字段和接口相同；有一项不对就都不列入")

    @Argument(help: "JSON 文件")
    var file: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.act(common.account)
        guard let elements = try json(from: file).array else { throw ValidationError("\(file) 应当是一个 JSON 数组。") }
        let inputs = try elements.enumerated().map { index, element in
            do {
                return try ListedItemInput(json: element)
            } catch let problem as Problem {
                throw Problem.invalid(
                    problem.findings.map { Finding("[\(index)].\($0.field)", $0.code, $0.message) })
            }
        }
        try await service.database.write { transaction in
            for input in inputs { _ = try service.lists.add(input, by: act, in: transaction) }
        }
        context.output.print("已列入 \(inputs.count) 项。", json: ["items": .integer(Int64(inputs.count))])
    }
}

/// `yiciban cross-region partners`
struct ListPartners: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "partners", abstract: "合作地区和它们的公钥指纹")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let now = try await context.act(common.account).now
        let views = try await service.database.read { snapshot in
            try service.partners.partners(in: snapshot).map { PartnerView($0, on: now.day) }
        }
        let lines = views.map { view in
            "\(view.code)　\(view.name)　\(view.scope.rawValue)　\(view.isTrusted ? "合作中" : "不在合作期")　\(view.fingerprint)"
        }
        context.output.print(
            lines.isEmpty ? "还没有登记合作地区。" : lines.joined(separator: "\n"),
            json: .array(views.map(\.value)))
    }
}

/// `yiciban cross-region partner`
struct RecordPartner: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner", abstract: "登记合作地区，或更新它的网址和公钥；公钥取自对方的名片")

    @Option(name: .long, help: "对方名片的文件（对方执行 yiciban cross-region card --json 得到）")
    var card: String
    @Option(name: .long, help: "对方系统的网址，例如 https://ycb.example.gov.cn")
    var address: String
    @Option(name: .long, help: "范围：市内、省内或跨省")
    var scope: String
    @Option(name: .long, help: "名称；不写用名片上的")
    var name: String?
    @Option(name: .long, help: "从哪天起；不写为今天")
    var since: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.act(common.account)
        let value = try json(from: card)
        let input = try PartnerInput(
            json: [
                "code": value["code"] ?? .null, "name": name.map(JSONValue.string) ?? value["name"] ?? .null,
                "scope": .string(scope), "address": .string(address), "signing": value["signing"] ?? .null,
                "reading": value["reading"] ?? .null, "starts_on": .string(since ?? act.now.day.text),
            ])
        let view = try await service.database.write {
            PartnerView(try service.partners.record(input, by: act, in: $0), on: act.now.day)
        }
        context.output.print(
            "已登记\(view.name)（\(view.code)）。指纹：\(view.fingerprint)\n请打电话和对方核对指纹，一致才算数。",
            json: view.value)
    }
}

/// `yiciban cross-region end-partner`
struct EndPartner: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "end-partner", abstract: "终止和一个地区的合作；在办的件照常办完")

    @Argument(help: "合作地区的代码")
    var code: String
    @Option(name: .long, help: "从哪天起；不写为今天")
    var on: String?
    @Option(name: .long, help: "理由")
    var reason: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.act(common.account)
        let (code, reason, day) = (code, reason, try on.map { try LegalDay($0) } ?? act.now.day)
        _ = try await service.database.write {
            try service.partners.end(partner: code, on: day, reason: reason, by: act, in: $0)
        }
        context.output.print("已登记，\(day.chinese)起终止。", json: ["code": .string(code), "day": .string(day.text)])
    }
}

/// `yiciban cross-region agreements`
struct ListAgreements: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "agreements", abstract: "通办协议")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let now = try await context.act(common.account).now
        let views = try await service.database.read { snapshot in
            try service.partners.agreements(in: snapshot).map { AgreementView($0, on: now.day) }
        }
        let lines = views.map { view in
            "\(view.id)　\(view.partner)　\(view.number)　\(view.mode.rawValue)　\(view.decider.rawValue)办理　"
                + "\(view.items.count) 项　\(view.isInForce ? "有效" : "不在有效期")"
        }
        context.output.print(
            lines.isEmpty ? "还没有登记协议。" : lines.joined(separator: "\n"),
            json: .array(views.map(\.value)))
    }
}

/// `yiciban cross-region agree`
struct MakeAgreement: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree", abstract: "登记一份通办协议：JSON 文件，字段和接口 POST agreements 相同")

    @Argument(help: "JSON 文件")
    var file: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.act(common.account)
        let input = try AgreementInput(json: try json(from: file))
        let view = try await service.database.write {
            AgreementView(try service.partners.agree(input, by: act, in: $0), on: act.now.day)
        }
        context.output.print("已登记协议 \(view.number)。", json: view.value)
    }
}

/// `yiciban cross-region end-agreement`
struct EndAgreement: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "end-agreement", abstract: "终止一份通办协议；在办的件照常办完")

    @Argument(help: "协议的标识，见 cross-region agreements")
    var id: String
    @Option(name: .long, help: "从哪天起；不写为今天")
    var on: String?
    @Option(name: .long, help: "理由")
    var reason: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.crossRegion()
        let act = try await context.act(common.account)
        let (agreement, reason, day) = (try Identifier(id), reason, try on.map { try LegalDay($0) } ?? act.now.day)
        _ = try await service.database.write {
            try service.partners.end(agreement: agreement, on: day, reason: reason, by: act, in: $0)
        }
        context.output.print("已登记，\(day.chinese)起终止。", json: ["id": .string(id), "day": .string(day.text)])
    }
}
