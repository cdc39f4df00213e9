public import ArgumentParser

/// `yiciban client …`: departments' systems that people enter with their account here.
public struct ClientCommands: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "client", abstract: "管理接入统一身份认证的系统",
        discussion: "登记部门系统（OpenID Connect），停用、恢复，更换密钥。密钥由系统生成，只显示一次。",
        subcommands: [
            AddClient.self, ListClients.self, ShowClient.self, SuspendClient.self, ResumeClient.self,
            ChangeClientSecret.self, ReplaceSigningKeys.self,
        ])

    public init() {}
}
