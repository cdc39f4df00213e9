public import ArgumentParser
import Extension
import Storage

/// `yiciban case fault ID ITEM --fault 对象=问题 …`
struct NameFault: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "fault", abstract: "部门在受理前提出问题，由窗口一次告知")

    @OptionGroup var target: CaseTarget
    @OptionGroup var task: ItemTarget

    @Argument(help: "问题和改正办法，写成 对象=问题")
    var fault: Assignment

    @Option(name: .long, help: "上次补正通知的第几处还没有改好")
    var unmended: Int?

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let fault = Fault(target: fault.name, text: fault.value, repeats: unmended)
        return { [item = task.item] in try service.nameFault(fault, item: item, of: id, by: act, in: $0) }
    }
}

/// `yiciban case grant ID ITEM --value 结果.字段=值 … --original 结果=FILE …`
struct GrantItem: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "批准一个事项并出具结果",
        discussion: "例如 case grant 编号 P03 --value household-page.id_number=… --original household-page=户口页.pdf")

    @OptionGroup var target: CaseTarget
    @OptionGroup var task: ItemTarget

    @Option(name: .long, parsing: .upToNextOption, help: "结果的内容，写成 结果.字段=内容，可写多个")
    var value: [ResultAssignment] = []

    @Option(name: .long, parsing: .upToNextOption, help: "其他系统出具的结果的原件，写成 结果=文件")
    var original: [Assignment] = []

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let values = try ResultAssignment.table(value)
        let originals = try Assignment.table(original).mapValues { path in
            try service.prepare(LocalFile.read(path, limit: service.rules.maximumFileSize), by: act)
        }
        return { [item = task.item] in
            try service.grant(item, of: id, values: values, originals: originals, by: act, in: $0)
        }
    }
}

/// `yiciban case refuse ID ITEM --reason TEXT --remedy TEXT --yes`
struct RefuseItem: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "不予批准一个事项；其他事项照常办理")

    @OptionGroup var target: CaseTarget
    @OptionGroup var task: ItemTarget

    @Option(name: .long, help: "理由和依据")
    var reason: String

    @Option(name: .long, help: "申请人可以怎样补救")
    var remedy: String

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [item = task.item, reason, remedy] in
            try service.refuse(item, of: id, reason: reason, remedy: remedy, by: act, in: $0)
        }
    }
}

/// `yiciban case pause ID ITEM --for PROCEDURE --reason TEXT --days N`
struct PauseItem: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "启动特殊程序（听证、鉴定、现场勘验等），期间不计时")

    @OptionGroup var target: CaseTarget
    @OptionGroup var task: ItemTarget

    @Option(
        name: .customLong("for"),
        help: "程序：\(SpecialProcedure.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "，"))")
    var procedure: SpecialProcedure

    @Option(name: .long, help: "理由，申请人会看到")
    var reason: String

    @Option(name: .long, help: "预计天数")
    var days: Int

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...365).contains(days) else { throw ValidationError("--days 应在 1 到 365 之间。") }
    }

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [item = task.item, procedure, reason, days] in
            try service.pause(
                item, of: id, for: procedure, reason: reason, expectedDays: days, by: act, in: $0)
        }
    }
}

extension SpecialProcedure: ExpressibleByArgument {}

/// `yiciban case resume ID ITEM`
struct ResumeItem: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "结束特殊程序，继续计时")

    @OptionGroup var target: CaseTarget
    @OptionGroup var task: ItemTarget
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [item = task.item] in try service.resume(item, of: id, by: act, in: $0) }
    }
}

/// `yiciban case outside-number ID ITEM NUMBER`
struct RecordOutsideNumber: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "outside-number", abstract: "登记事项在部门系统里的办件号")

    @OptionGroup var target: CaseTarget
    @OptionGroup var task: ItemTarget

    @Argument(help: "部门系统的办件号")
    var number: String

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [item = task.item, number] in
            try service.recordOutsideNumber(number, item: item, of: id, by: act, in: $0)
        }
    }
}
