public import ArgumentParser
public import Extension
import Standards
import Storage

/// `yiciban account add`.
public struct AccountAdd: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "add", abstract: "新建工作人员账号", discussion: "密码由系统生成，只显示这一次，请当面交给本人。岗位用 account assign 设置。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "登录名：小写字母开头，3至32位小写字母、数字、点、横线或下划线")
    var loginName: String

    @Option(name: .long, help: "姓名")
    var name: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let identity = try context.services(IdentityService.self)
        let act = try await context.act(common.account)
        let password = GeneratedPassword.make(loginName, seed: act.seed)
        let id = try await identity.addAccount(
            loginName, for: .staff(try PersonName(name)), password: password, mustChange: true, by: act)
        context.output.print(
            "已新建账号 \(loginName)。\n初始密码（只显示一次）：\(password)\n还需设置岗位才能登录：yiciban account assign \(loginName) --agency 单位 --role 角色",
            json: ["id": .string(id.text), "login_name": .string(loginName), "password": .string(password)])
    }
}

/// `yiciban account disable`.
public struct AccountDisable: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "停用账号", discussion: "账号立即退出登录，以后不能再登录；办理记录不受影响。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "登录名")
    var loginName: String

    @Flag(name: .long, help: "确认停用")
    var yes = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("停用账号会让本人立即退出登录。确认要停用，请加上 --yes。") }
        let identity = try context.services(IdentityService.self)
        let act = try await context.act(common.account)
        let name = try LoginName(loginName)
        try await identity.database.write { transaction in
            guard let account = try identity.account(named: name, in: transaction) else {
                throw IdentityError.accountUnknown
            }
            try identity.disableAccount(account.id, by: act, in: transaction)
        }
        context.output.print("已停用账号 \(name)。", json: ["login_name": .string(name.text), "disabled": true])
    }
}

/// `yiciban account reset-password`.
public struct AccountResetPassword: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "reset-password", abstract: "重置密码", discussion: "新密码由系统生成，只显示这一次；账号在各处的登录全部结束。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "登录名")
    var loginName: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let identity = try context.services(IdentityService.self)
        let act = try await context.act(common.account)
        let name = try LoginName(loginName)
        let password = GeneratedPassword.make(name.text, seed: act.seed)
        let hashed = try await identity.hash(password, for: name)
        try await identity.database.write { transaction in
            guard let account = try identity.account(named: name, in: transaction) else {
                throw IdentityError.accountUnknown
            }
            try identity.setPassword(of: account.id, to: hashed, mustChange: true, by: act, in: transaction)
        }
        context.output.print(
            "已重置 \(name) 的密码。\n新密码（只显示一次）：\(password)",
            json: ["login_name": .string(name.text), "password": .string(password)])
    }
}
