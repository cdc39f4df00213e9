public import ArgumentParser
public import Extension

/// `yiciban client suspend`.
public struct SuspendClient: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "停用一个接入系统", discussion: "它立即不能再登录、续期和读取信息；用 client resume 恢复。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "编号（client_id）")
    var client: String

    @Flag(name: .long, help: "确认停用")
    var yes = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("停用后办事人立即不能再进入这个系统。确认要停用，请加上 --yes。") }
        let service = try context.services(OpenIDService.self)
        try await service.suspendClient(client, isSuspended: true, by: try await context.act(common.account))
        context.output.print("已停用 \(client)。", json: ["client_id": .string(client), "suspended": true])
    }
}

/// `yiciban client resume`.
public struct ResumeClient: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "resume", abstract: "恢复一个停用的接入系统")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "编号（client_id）")
    var client: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let service = try context.services(OpenIDService.self)
        try await service.suspendClient(client, isSuspended: false, by: try await context.act(common.account))
        context.output.print("已恢复 \(client)。", json: ["client_id": .string(client), "suspended": false])
    }
}

/// `yiciban client secret`.
public struct ChangeClientSecret: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "更换一个接入系统的密钥", discussion: "新密钥只显示这一次；旧密钥立即失效。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "编号（client_id）")
    var client: String

    @Flag(name: .long, help: "确认更换")
    var yes = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("旧密钥会立即失效，对方换上新密钥以前不能登录。确认要更换，请加上 --yes。") }
        let service = try context.services(OpenIDService.self)
        let secret = try await service.changeSecret(of: client, by: try await context.act(common.account))
        context.output.print(
            "已更换 \(client) 的密钥。\n新密钥（client_secret，只显示这一次）：\(secret)",
            json: ["client_id": .string(client), "client_secret": .string(secret)])
    }
}

/// `yiciban client replace-keys`.
public struct ReplaceSigningKeys: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "replace-keys", abstract: "立即更换签名密钥",
        discussion: "平时到期自动更换，不用管。只在怀疑签名密钥泄露时用：旧密钥签的令牌立即不再有效，接入系统里登录的人可能要重新登录。")

    @OptionGroup public var common: CommonOptions

    @Flag(name: .long, help: "确认更换")
    var yes = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("接入系统里登录的人可能要重新登录。确认要更换，请加上 --yes。") }
        let service = try context.services(OpenIDService.self)
        try await service.replaceKeys(by: try await context.act(common.account))
        context.output.print("已更换签名密钥。", json: ["replaced": true])
    }
}
