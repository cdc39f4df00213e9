public import ArgumentParser

/// `yiciban account …`: accounts for operators.
public struct AccountCommands: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "account", abstract: "管理账号",
        discussion: "新建、停用账号，重置密码。密码由系统生成，只显示一次；首次登录后必须修改。",
        subcommands: [
            AccountList.self, AccountAdd.self, AccountAssign.self, AccountPosts.self, AccountDisable.self,
            AccountResetPassword.self, AccountResetSecondFactor.self,
        ])

    public init() {}
}
