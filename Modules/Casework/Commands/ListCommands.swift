import ArgumentParser
import Extension
import Standards
import Storage

/// Which page of a list.
struct ListOptions: ParsableArguments {
    @Option(name: .long, help: "最多几条（1 到 200）")
    var limit = 50

    @Option(name: .long, help: "从上一页给出的位置接着列")
    var after: String?

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit 应在 1 到 200 之间。") }
    }
}

extension CommandOutput {
    /// Prints a page of a list.
    func print<Line: SchemaType>(_ page: CursorPage<Line>, none: String, line: (Line) -> String) throws {
        let json = try JSONParser.parse(page.json)
        let more = page.next.map { ["还有更多，请加 --after '\($0)'"] } ?? []
        print(page.items.isEmpty ? none : (page.items.map(line) + more).joined(separator: "\n"), json: json)
    }
}

extension KernelCommand {
    /// The account of `--as`, for what only an account has.
    ///
    /// - Throws: a usage error when there is none.
    func requireAccount(_ whose: String) throws -> String {
        guard let account = common.account else { throw ValidationError("请用 --as 写明\(whose)的账号。") }
        return account
    }
}

/// `yiciban case list --as ACCOUNT`
struct ListCases: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出与本人有关的办件，新的在前")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("办事人"))
        let page = try await context.services(CaseworkService.self)
            .mine(after: list.after, limit: list.limit, by: act)
        try context.output.print(page, none: "没有办件。") { line in
            "\(line.id)　\(line.title)\(line.subject.map { "（\($0)）" } ?? "")　\(line.state.chinese)　\(line.number ?? "没有提交")"
                + (line.state.isClosed ? "" : line.due.map { "　\($0.text)前办结" } ?? "")
        }
    }
}

/// `yiciban case queue --as ACCOUNT`
struct ListQueue: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "窗口：列出等待受理的办件，先到期的在前；加 --state 看其他状态的")

    @Option(
        name: .long, help: "办件状态：\(CaseState.supervised.map { "\($0.rawValue)（\($0.chinese)）" }.joined(separator: "、"))"
    )
    var state = CaseState.submitted.rawValue

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard CaseState(rawValue: state).map(CaseState.supervised.contains) == true else {
            throw ValidationError(
                "没有“\(state)”这个状态。可以是：\(CaseState.supervised.map(\.rawValue).joined(separator: "、"))。")
        }
    }

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("窗口人员"))
        let wanted = CaseState(rawValue: state) ?? .submitted
        let page = try await context.services(CaseworkService.self)
            .acceptanceQueue(state: wanted, after: list.after, limit: list.limit, by: act)
        try context.output.print(page, none: "没有\(wanted.chinese)的办件。", line: \.commandLine)
    }
}

/// `yiciban case tasks --as ACCOUNT`
struct ListTasks: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "tasks", abstract: "部门：列出本单位待办的事项，先到期的在前")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("部门审批人员"))
        let page = try await context.services(CaseworkService.self)
            .worklist(after: list.after, limit: list.limit, by: act)
        try context.output.print(page, none: "没有待办的事项。", line: \.commandLine)
    }
}

/// `yiciban case reviews --as ACCOUNT`
struct ListReviews: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "reviews", abstract: "部门：列出窗口还没有受理、涉及本单位的事项；有问题用 fault 提出")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let act = try await context.act(try requireAccount("部门审批人员"))
        let page = try await context.services(CaseworkService.self)
            .reviews(after: list.after, limit: list.limit, by: act)
        try context.output.print(page, none: "没有等待受理的事项。", line: \.commandLine)
    }
}

extension WorkItem {
    /// One line of a work list on the terminal.
    var commandLine: String {
        let what = item.isEmpty ? title : "\(title)　\(item) \(itemTitle)"
        let whose = [subject, applicant.map { "申请人 \($0)" }].compactMap(\.self).joined(separator: "，")
        let left =
            daysLeft.map { $0 < 0 ? "已超期 \(-$0) 个工作日" : "还有 \($0) 个工作日" }
            ?? (state == ItemState.paused.rawValue || state == ItemState.unpaid.rawValue ? "暂停计时" : "未定期限")
        return "\(number)　\(what)　\(whose)　\(stateText)　\(left)"
    }
}

/// `yiciban case show ID`
struct ShowCase: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "查看一件事办到哪里")

    @OptionGroup var target: CaseTarget
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        try await CaseText.print(try await target.identifier(service, act), service, act, to: context.output)
    }
}

/// `yiciban case events ID`
struct ListEvents: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "列出一件事的流水：每一步的时间、办理人和内容")

    @OptionGroup var target: CaseTarget
    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let sight = try await service.sight(of: try await target.identifier(service, act), by: act)
        let file = sight.file
        let stream = StreamID(division: file.division, kind: "case", id: file.id.text)
        let records = try await service.database.read { try Journal.entries(of: stream, limit: 10_000, in: $0) }
        let bodies = try records.map { try JSONValue(parsing: $0.entry.body) }
        let lines = zip(records, bodies).map { EventLine($0.entry, body: $1, in: sight) }
        context.output.print(
            zip(records, lines).map { record, line in
                let about = line.about.isEmpty ? "" : "　\(line.about)"
                return "\(record.seq)　\(record.at.chinaTime)　\(line.title)\(about)　\(line.who)"
            }.joined(separator: "\n"),
            json: .array(
                zip(zip(records, lines), bodies).map { pair, body in
                    let (record, line) = pair
                    return [
                        "title": .string(line.title), "about": .string(line.about), "who": .string(line.who),
                        "seq": .integer(record.seq), "at": .string(record.at.iso8601),
                        "type": .string(record.entry.type), "actor": .string(record.entry.actor), "body": body,
                    ]
                }))
    }
}
