import ArgumentParser
import Catalogue
import Extension
import Standards
import Storage

/// The theme and the answers to its questions.
struct SituationOptions: ParsableArguments {
    @Argument(help: "主题，例如 birth；见 yiciban theme list")
    var theme: String

    @Option(name: .long, parsing: .upToNextOption, help: "对情形问题的回答，写成 问题=选项，可写多个")
    var answer: [Assignment] = []
}

/// `yiciban case plan THEME --answer 问题=选项 …`
struct PlanCase: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "按情形算出办事方案：事项、材料、时限、费用")

    @OptionGroup var situation: SituationOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let result = try await service.preview(
            theme: situation.theme, answers: try Assignment.table(situation.answer), by: act)
        let reader: PlanReader = act.actor.kind == .person ? .applicant : .visitor
        let json = try JSONParser.parse(PlanView(result, for: reader, today: act.now.day).json)
        context.output.print(PlanText(result: result, reader: reader).text, json: json)
    }
}

/// `yiciban case begin THEME --answer 问题=选项 …`
struct BeginCase: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "begin", abstract: "建立草稿，已知的内容自动填好")

    @OptionGroup var situation: SituationOptions

    @Option(name: .long, help: "在哪个区划办理；不写则为本部署的区划")
    var division: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(try requireAccount("办事人"))
        let file = try await service.begin(
            theme: situation.theme, answers: try Assignment.table(situation.answer), division: division, by: act)
        try await CaseText.print(file.id, service, act, to: context.output)
    }
}

/// `yiciban case answer ID 问题=选项 …`
struct AnswerCase: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "修改草稿的情形回答；已填的内容都保留")

    @OptionGroup var target: CaseTarget

    @Argument(help: "全部情形问题的回答，写成 问题=选项")
    var answers: [Assignment]

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let known = try await service.knownValues(by: act)
        let answers = try Assignment.table(answers)
        return { try service.answer(id, answers: answers, known: known, by: act, in: $0) }
    }
}

/// `yiciban case fill ID 字段=值 …`
struct FillCase: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "fill", abstract: "填写表单")

    @OptionGroup var target: CaseTarget

    @Argument(help: "表单项和内容，写成 字段=内容；字段名见 case plan --json")
    var values: [Assignment]

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let values = try Assignment.table(values)
        return { try service.fill(id, values: values, by: act, in: $0) }
    }
}

/// `yiciban case submit ID`
struct SubmitCase: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "提交，或在补正后再次提交",
        discussion: "建立草稿后办事指南有变化的，先列出变化而不提交，退出码为 1；核对后再次执行即可提交。")

    @OptionGroup var target: CaseTarget

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "补正后重新提交时认为原来就对的，写成 对象=理由，例如 form.birth_weight=与登记表一致")
    var asIs: [Assignment] = []

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let reasons = try Assignment.table(asIs)
        let id = try await target.identifier(service, act)
        switch try await service.database.write({ try service.submit(id, asIs: reasons, by: act, in: $0) }) {
        case .submitted: try await CaseText.print(id, service, act, to: context.output)
        case .replanned(_, let differences):
            throw CaseworkError(
                .planChanged, "还没有提交", "办事指南或您的证照有变化，已按最新情况重新规划，填过的内容都保留。请核对后再次提交。",
                findings: differences.map { Finding("plan", "plan.changed", $0) })
        }
    }
}

/// `yiciban case withdraw ID --yes`
struct WithdrawCase: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "withdraw", abstract: "申请人撤回申请")

    @OptionGroup var target: CaseTarget
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { try service.withdraw(id, by: act, in: $0) }
    }
}
