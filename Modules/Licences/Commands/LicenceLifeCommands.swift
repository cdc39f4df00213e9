public import ArgumentParser
public import Extension
import Standards
import Storage

/// What the commands for the life of a licence share.
public struct LicenceStep: ParsableArguments {
    @Argument(help: "证照的系统编号")
    var id: String

    @Option(name: .long, help: "决定文书的文号")
    var basis: String

    public init() {}
}

/// `yiciban licence suspend ID --basis 文号`
public struct SuspendLicence: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "suspend", abstract: "暂扣一份证照")

    @OptionGroup public var common: CommonOptions
    @OptionGroup var step: LicenceStep

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let (id, basis) = (try Identifier(step.id), step.basis)
        try await service.step(id, in: context, as: common.account) {
            try service.suspend(id, basis: basis, by: $0, in: $1)
        }
    }
}

/// `yiciban licence resume ID --basis 文号`
public struct ResumeLicence: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "resume", abstract: "恢复暂扣的证照")

    @OptionGroup public var common: CommonOptions
    @OptionGroup var step: LicenceStep

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let (id, basis) = (try Identifier(step.id), step.basis)
        try await service.step(id, in: context, as: common.account) {
            try service.resume(id, basis: basis, by: $0, in: $1)
        }
    }
}

/// `yiciban licence revoke ID --reason cancelled --basis 文号 --yes`
public struct RevokeLicence: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "撤销、注销或吊销一份证照",
        discussion: "--reason 写 withdrawn（撤销）、cancelled（注销）、penalty（吊销）或 corrected（更正）。不能恢复，所以要写 --yes。")

    @OptionGroup public var common: CommonOptions
    @OptionGroup var step: LicenceStep

    @Option(name: .long, help: "为什么：withdrawn、cancelled、penalty、corrected")
    var reason: String

    @Flag(name: .long, help: "确认执行")
    var yes = false

    public init() {}

    public func validate() throws {
        guard LicenceRevocation(rawValue: reason) != nil else {
            throw ValidationError("--reason 只能是 withdrawn（撤销）、cancelled（注销）、penalty（吊销）或 corrected（更正）。")
        }
        guard yes else { throw ValidationError("撤销、注销、吊销不能恢复。确定的，请加 --yes。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let (id, basis) = (try Identifier(step.id), step.basis)
        guard let reason = LicenceRevocation(rawValue: reason) else { return }
        try await service.step(id, in: context, as: common.account) {
            try service.revoke(id, reason: reason, basis: basis, by: $0, in: $1)
        }
    }
}

/// `yiciban licence reissue ID --ground changed --basis 文号 --set 住所=… --until 2030-01-01`
public struct ReissueLicence: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "reissue", abstract: "变更、延续、补发或更正一份证照：签发下一个版本",
        discussion: "--ground 写 changed（变更）、renewed（延续）、replaced（补发）或 corrected（更正）。原来的版本随即失效。")

    @OptionGroup public var common: CommonOptions
    @OptionGroup var step: LicenceStep

    @Option(name: .long, help: "事由：changed、renewed、replaced、corrected")
    var ground: String

    @Option(name: .long, help: "要改的内容，写成 名称=内容，可写多次；只写 名称= 的，删去这一项")
    var set: [String] = []

    @Option(name: .long, help: "新的有效期至，例如 2030-01-01")
    var until: String?

    public init() {}

    public func validate() throws {
        guard LicenceChangeGround(rawValue: ground) != nil else {
            throw ValidationError("--ground 只能是 changed（变更）、renewed（延续）、replaced（补发）或 corrected（更正）。")
        }
        if let wrong = set.first(where: { !$0.contains("=") }) {
            throw ValidationError("--set 应当写成 名称=内容，而不是“\(wrong)”。")
        }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let id = try Identifier(step.id)
        var change = LicenceChange()
        change.ground = LicenceChangeGround(rawValue: ground) ?? .changed
        change.basis = step.basis
        change.fields = set.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return LicenceField(parts[0], parts[1])
        }
        change.validUntil = try until.map { try LegalDay($0) }
        let (wanted, act) = (change, try await context.act(common.account))
        let new = try await service.database.write { try service.reissue(id, wanted, by: act, in: $0) }
        try await service.show(new.id, in: context, by: act)
    }
}

/// `yiciban licence history ID`
public struct ShowLicenceHistory: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "history", abstract: "一份证照的经过：签发、变更、暂扣、注销，谁在什么时候看过")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "证照的系统编号")
    var id: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(LicenceService.self)
        let history = try await service.history(of: try Identifier(id), by: try await context.act(common.account))
        try await service.flushLookUps()
        let json = try JSONParser.parse(history.json)
        context.output.print(
            history.lines.map { "\($0.at.chinaTime)  \($0.title)  \($0.who)" }.joined(separator: "\n"), json: json)
    }
}

extension LicenceService {
    /// Does one step with a licence and shows it as it is then.
    fileprivate func step(
        _ id: Identifier, in context: CommandContext, as account: String?,
        _ body: @escaping @Sendable (Act, Transaction) throws -> Void
    ) async throws {
        let act = try await context.act(account)
        try await database.write { try body(act, $0) }
        try await show(id, in: context, by: act)
    }

    fileprivate func show(_ id: Identifier, in context: CommandContext, by act: Act) async throws {
        let view = LicenceView(
            try await licence(id, by: act), on: act.now.day, isDemonstration: isDemonstration)
        try await flushLookUps()
        let json = try JSONParser.parse(view.json)
        context.output.print(view.text, json: json)
    }
}
