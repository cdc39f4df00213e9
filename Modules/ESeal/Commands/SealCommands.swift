public import ArgumentParser
public import Extension
import Organisation
import Standards
import Storage

/// `yiciban seal list`
public struct ListSeals: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "list", abstract: "列出印章和它们的状态")

    @OptionGroup public var common: CommonOptions

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        let seals = try await service.database.read { try service.seals(by: act, in: $0) }
        context.output.print(
            seals.isEmpty ? "还没有印章。" : seals.map(Self.line).joined(separator: "\n"),
            json: .array(seals.map(Self.json)))
    }

    private static func line(_ seal: Seal) -> String {
        [
            seal.id.text, seal.state.title, seal.kind.title, seal.name,
            seal.validUntil.map { "有效至 \($0.day.chineseDate)" } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "  ")
    }

    private static func json(_ seal: Seal) -> JSONValue {
        .object([
            "id": .string(seal.id.text), "state": .string(seal.state.rawValue), "kind": .string(seal.kind.rawValue),
            "name": .string(seal.name), "agency": .string(seal.agency.text),
            "powers": .array(seal.powers.map { .string($0) }),
            "valid_until": seal.validUntil.map { .string($0.description) } ?? .null,
        ])
    }
}

/// `yiciban seal apply --agency NAME`
public struct ApplySeal: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "apply", abstract: "申请一枚印章")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "单位的名称或统一社会信用代码")
    var agency: String

    @Option(name: .long, help: "种类：official（单位公章）或 approval（审批专用章）")
    var kind = "official"

    @Option(name: .long, help: "形状：round（圆形）或 oval（椭圆形）")
    var shape = "round"

    @Option(name: .long, help: "审批专用章上刻的用途，例如“行政审批专用章”")
    var purpose = ""

    @Option(name: .long, help: "审批专用章可用于的事项编号，可写多次")
    var power: [String] = []

    @Option(name: .long, help: "换发哪一枚印章：原印章的系统编号")
    var replaces: String?

    public init() {}

    public func validate() throws {
        guard SealKind(rawValue: kind) != nil else { throw ValidationError("--kind 应是 official 或 approval。") }
        guard SealShape(rawValue: shape) != nil else { throw ValidationError("--shape 应是 round 或 oval。") }
    }

    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let act = try await context.act(common.account)
        let organisation = try await service.organisation.snapshot()
        let found = organisation.agencies.values.first {
            $0.validity.contains(act.now.day) && ($0.name(on: act.now.day) == agency || $0.creditCode == agency)
        }
        guard let found else { throw SealError(.invalid, "没有名为“\(agency)”的单位。请写单位现用的全称，或统一社会信用代码。") }
        let application = SealApplication(
            agency: found.id, kind: SealKind(rawValue: kind) ?? .official,
            shape: SealShape(rawValue: shape) ?? .round, purpose: purpose, powers: power,
            replaces: try replaces.map { try Identifier($0) })
        let id = try await service.database.write { try service.apply(application, by: act, in: $0) }
        context.output.print(
            "已申请，系统编号 \(id)。请由审批人员用 yiciban seal approve \(id) 批准。", json: .object(["id": .string(id.text)]))
    }
}

/// What a step of a seal's life needs: the seal, and who takes it.
protocol SealStepCommand: KernelCommand {
    var id: String { get }
    static var done: String { get }
    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws
}

extension SealStepCommand {
    public func run(in context: CommandContext) async throws {
        let service = try context.services(ESealService.self)
        let id = try Identifier(id)
        try await Self.take(id, service, try await context.act(common.account))
        context.output.print(Self.done, json: .object(["id": .string(id.text)]))
    }
}

/// `yiciban seal approve ID`
public struct ApproveSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "approve", abstract: "批准印章申请")
    static let done = "已批准，等待制作。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    public init() {}

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.database.write { try service.approve(id, by: act, in: $0) }
    }
}

/// `yiciban seal refuse ID`
public struct RefuseSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "refuse", abstract: "不批准印章申请")
    static let done = "没有批准。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    public init() {}

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.database.write { try service.refuse(id, by: act, in: $0) }
    }
}

/// `yiciban seal make ID`
public struct MakeSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "make", abstract: "制作已批准的印章")
    static let done = "已制作，等待单位领取。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    public init() {}

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.make(id, by: act)
    }
}

/// `yiciban seal receive ID`
public struct ReceiveSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "receive", abstract: "领取制好的印章，从此可以使用")
    static let done = "已领取，可以使用了。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    public init() {}

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.database.write { try service.receive(id, by: act, in: $0) }
    }
}

/// `yiciban seal suspend ID`
public struct SuspendSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "suspend", abstract: "暂停使用印章")
    static let done = "已暂停使用。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    public init() {}

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.database.write { try service.suspend(id, by: act, in: $0) }
    }
}

/// `yiciban seal resume ID`
public struct ResumeSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "resume", abstract: "恢复使用印章")
    static let done = "已恢复使用。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    public init() {}

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.database.write { try service.resume(id, by: act, in: $0) }
    }
}

/// `yiciban seal revoke ID`
public struct RevokeSeal: SealStepCommand {
    public static let configuration = CommandConfiguration(commandName: "revoke", abstract: "注销印章，不能再恢复")
    static let done = "已注销。"
    @OptionGroup public var common: CommonOptions
    @Argument(help: "印章的系统编号") var id: String

    @Flag(name: .long, help: "确认注销")
    var yes = false

    public init() {}

    public func validate() throws {
        guard yes else { throw ValidationError("注销后不能恢复。确认要注销的，请加上 --yes。") }
    }

    static func take(_ id: Identifier, _ service: ESealService, _ act: Act) async throws {
        try await service.database.write { try service.revoke(id, by: act, in: $0) }
    }
}
