import ArgumentParser
import Extension
import Storage

/// A command that takes one case one step further and prints where it stands then.
protocol CaseStepCommand: KernelCommand {
    /// The case by its identifier or number, as the user typed it.
    var target: CaseTarget { get }
    /// Prepares outside of the transaction what needs files or time, and gives the step.
    func step(_ id: Identifier, _ service: CaseworkService, _ act: Act) async throws -> CaseStep
}

/// One step, run in one transaction.
typealias CaseStep = @Sendable (Transaction) throws -> CaseFile

extension CaseStepCommand {
    func run(in context: CommandContext) async throws {
        let service = try context.services(CaseworkService.self)
        let act = try await context.act(common.account)
        let step = try await step(try await target.identifier(service, act), service, act)
        let file = try await service.database.write { try step($0) }
        try await CaseText.print(file.id, service, act, to: context.output)
    }
}

/// Which case.
struct CaseTarget: ParsableArguments {
    @Argument(help: "办件编号，或系统编号")
    var id: String

    /// The identifier; a number is looked up with the eyes of who acts.
    func identifier(_ service: CaseworkService, _ act: Act) async throws -> Identifier {
        if let identifier = try? Identifier(id) { return identifier }
        return try await service.sight(number: id, by: act).file.id
    }
}

/// Which item of a case.
struct ItemTarget: ParsableArguments {
    @Argument(help: "事项，例如 P01")
    var item: String
}

/// The consent to what can't be taken back.
struct Confirmation: ParsableArguments {
    @Flag(name: .long, help: "确认执行；这一步不能撤回")
    var yes = false

    func validate() throws {
        if !yes { throw ValidationError("这一步不能撤回，没有执行。确定要办理，请加上 --yes。") }
    }
}
