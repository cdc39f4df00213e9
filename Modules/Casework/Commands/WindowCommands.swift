public import ArgumentParser
import Extension
import Storage

/// `yiciban case accept ID`
struct AcceptCase: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "accept", abstract: "受理")

    @OptionGroup var target: CaseTarget
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { try service.accept(id, by: act, in: $0) }
    }
}

/// `yiciban case correct ID --fault 对象=问题 …`
struct CorrectCase: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "发出补正通知：一次性告知全部问题，部门的意见一并告知",
        discussion: "对象写 form.字段 或 material.材料，例如 --fault \"material.birth-record=照片模糊，请重新拍摄\"")

    @OptionGroup var target: CaseTarget

    @Option(name: .long, parsing: .upToNextOption, help: "问题和改正办法，写成 对象=问题，可写多个")
    var fault: [Assignment] = []

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "上次告知而还没有改好的，写成 上次的第几处=哪里不符合，可写多个")
    var unmended: [Assignment] = []

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let earlier =
            unmended.isEmpty ? [] : try await service.sight(of: id, by: act).file.corrections.last?.faults ?? []
        let again = try unmended.map { again in
            guard let number = Int(again.name), earlier.indices.contains(number - 1) else {
                throw ValidationError("--unmended \(again.name)：上次补正通知有 \(earlier.count) 处，请写明是第几处。")
            }
            return Fault(target: earlier[number - 1].target, text: again.value, repeats: number)
        }
        let faults = again + fault.map { Fault(target: $0.name, text: $0.value) }
        return { try service.requestCorrection(id, faults: faults, by: act, in: $0) }
    }
}

/// `yiciban case not-accept ID --reason TEXT --agency NAME --yes`
struct RefuseAcceptance: CaseStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "not-accept", abstract: "不予受理，并写明应当向哪个单位申请")

    @OptionGroup var target: CaseTarget

    @Option(name: .long, help: "理由")
    var reason: String

    @Option(name: .long, help: "应当向其申请的单位")
    var agency: String

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [reason, agency] in
            try service.refuseAcceptance(id, reason: reason, competentAgency: agency, by: act, in: $0)
        }
    }
}

/// `yiciban case set-aside ID NUMBER --reason TEXT`
struct SetAsideFaultCommand: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "set-aside", abstract: "不采纳一条部门意见，写明理由")

    @OptionGroup var target: CaseTarget

    @Argument(help: "第几条部门意见，见 case show")
    var number: Int

    @Option(name: .long, help: "不采纳的理由")
    var reason: String

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [number, reason] in try service.setAsideFault(number, of: id, reason: reason, by: act, in: $0) }
    }
}

extension TerminationGround: ExpressibleByArgument {}

/// `yiciban case terminate ID --ground GROUND --reason TEXT --yes`
struct TerminateCase: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "terminate", abstract: "终止办理，限于法定情形")

    @OptionGroup var target: CaseTarget

    @Option(
        name: .long,
        help: "情形：\(TerminationGround.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "；"))")
    var ground: TerminationGround

    @Option(name: .long, help: "事实和依据，申请人会看到")
    var reason: String

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [ground, reason] in try service.terminate(id, on: ground, reason: reason, by: act, in: $0) }
    }
}
