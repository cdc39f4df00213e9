public import ArgumentParser
public import Extension
import Storage

/// `yiciban account reset-second-factor`.
public struct AccountResetSecondFactor: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "reset-second-factor", abstract: "取消账号的二次验证",
        discussion: "本人的手机和备用码都丢了时用。先当面核对本人身份；账号在各处的登录全部结束，下次登录后可以重新设置。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "登录名")
    var loginName: String

    @Flag(name: .long, help: "确认取消")
    var yes = false

    public init() {}

    public func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("取消以后只凭密码就能登录。已经当面核对本人身份的，请加上 --yes。") }
        let identity = try context.services(IdentityService.self)
        let act = try await context.act(common.account)
        let name = try LoginName(loginName)
        try await identity.database.write { transaction in
            guard let account = try identity.account(named: name, in: transaction) else {
                throw IdentityError.accountUnknown
            }
            try identity.resetSecondFactor(of: account.id, by: act, in: transaction)
        }
        context.output.print(
            "已取消 \(name) 的二次验证。", json: ["login_name": .string(name.text), "second_factor": false])
    }
}
