import ArgumentParser
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

    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        let faults = fault.map { Fault(target: $0.name, text: $0.value) }
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

/// `yiciban case terminate ID --reason TEXT --yes`
struct TerminateCase: CaseStepCommand {
    static let configuration = CommandConfiguration(commandName: "terminate", abstract: "终止办理，例如逾期没有补正")

    @OptionGroup var target: CaseTarget

    @Option(name: .long, help: "理由")
    var reason: String

    @OptionGroup var confirmation: Confirmation
    @OptionGroup var common: CommonOptions

    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep {
        { [reason] in try service.terminate(id, reason: reason, by: act, in: $0) }
    }
}
