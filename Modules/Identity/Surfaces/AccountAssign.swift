public import ArgumentParser
public import Extension
import Organisation
import Standards
import Storage

/// `yiciban account assign`.
public struct AccountAssign: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "给账号设置岗位",
        discussion: "没有岗位的工作人员不能登录。单位写部门名称（如 公安）或单位名称；角色写错时会列出可用的角色。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "登录名")
    var loginName: String

    @Option(name: .long, help: "单位：部门名称或单位名称")
    var agency: String

    @Option(name: .long, help: "区划代码；不写则为单位自己的区划")
    var division: String?

    @Option(name: .long, help: "角色，可写多次")
    var role: [String]

    public init() {}

    public func run(in context: CommandContext) async throws {
        let identity = try context.services(IdentityService.self)
        let organisation = try context.services(OrganisationService.self)
        let act = try await context.act(common.account)
        let name = try LoginName(loginName)
        try await identity.database.write { [agency, division, role] transaction in
            guard let account = try identity.account(named: name, in: transaction) else {
                throw IdentityError.accountUnknown
            }
            let known = try organisation.snapshot(in: transaction)
            let found = known.agencies.values.filter { entry in
                entry.validity.contains(act.now.day)
                    && (entry.department == agency || entry.name(on: act.now.day) == agency)
                    && (division == nil || entry.division == division)
            }
            guard let chosen = found.first, found.count == 1 else {
                let names = found.map { $0.name(on: act.now.day) }.sorted().joined(separator: "、")
                throw Problem(
                    422, "account.agency", "单位不明确",
                    found.isEmpty
                        ? "没有名为“\(agency)”的单位，请核对部门名称或单位名称。"
                        : "“\(agency)”有多个单位：\(names)。请写单位全称，或用 --division 指明区划。")
            }
            _ = try organisation.addPost(for: account.id, at: chosen.id, roles: role, by: act, in: transaction)
        }
        context.output.print("已为账号 \(name) 设置岗位。", json: ["login_name": .string(name.text), "assigned": true])
    }
}
