public import ArgumentParser
public import Extension
import Storage

/// `yiciban account list`.
public struct AccountList: KernelCommand {
    public static let configuration = CommandConfiguration(commandName: "list", abstract: "列出账号，不显示个人信息")

    @OptionGroup public var common: CommonOptions

    @Option(name: .long, help: "从这个登录名之后开始列")
    var after = ""

    @Option(name: .long, help: "最多列多少个")
    var limit = 100

    public init() {}

    public func run(in context: CommandContext) async throws {
        let identity = try context.services(IdentityService.self)
        let (after, limit) = (after, max(1, min(limit, 10_000)))
        let accounts = try await identity.database.read { try identity.accounts(after: after, limit: limit, in: $0) }
        context.output.print(
            accounts.isEmpty ? "没有账号。" : accounts.map(Self.line).joined(separator: "\n"),
            json: .array(accounts.map(Self.json)))
    }

    private static func line(_ account: Account) -> String {
        let kind = account.kind == .staff ? "工作人员" : "办事人"
        return "\(account.loginName)\t\(kind)\t\(account.disabledAt == nil ? "正常" : "已停用")"
    }

    private static func json(_ account: Account) -> JSONValue {
        [
            "id": .string(account.id.text), "login_name": .string(account.loginName),
            "kind": .string(account.kind.rawValue),
            "disabled": .bool(account.disabledAt != nil), "must_change_password": .bool(account.mustChangePassword),
        ]
    }
}
