public import ArgumentParser
public import Extension
import Organisation
import Standards
import Storage

/// `yiciban account posts`.
public struct AccountPosts: KernelCommand {
    public static let configuration = CommandConfiguration(
        commandName: "posts", abstract: "列出账号现在的岗位", discussion: "有几个岗位的，办理时用 --post 写明岗位编号。")

    @OptionGroup public var common: CommonOptions

    @Argument(help: "登录名")
    var loginName: String

    public init() {}

    public func run(in context: CommandContext) async throws {
        let identity = try context.services(IdentityService.self)
        let organisation = try context.services(OrganisationService.self)
        let day = try await context.act(nil).now.day
        let name = try LoginName(loginName)
        guard let account = try await identity.database.read({ try identity.account(named: name, in: $0) }) else {
            throw IdentityError.accountUnknown
        }
        let known = try await organisation.snapshot()
        let roles = Dictionary(
            (known.postsByAccount[account.id] ?? []).map { ($0.id, $0.roles) }, uniquingKeysWith: { $1 })
        let posts = known.posts(of: account.id, on: day)
        context.output.print(
            posts.isEmpty
                ? "这个账号现在没有岗位。请用 account assign 设置。"
                : posts.map { post in
                    let titles = (roles[post.id] ?? []).map { known.roles[$0]?.title ?? $0 }
                    return "\(post.id)\t\(post.agencyName)\t\(post.division)\t\(titles.joined(separator: "、"))"
                }.joined(separator: "\n"),
            json: .array(
                posts.map { post in
                    [
                        "id": .string(post.id.text), "agency": .string(post.agencyName),
                        "division": .string(post.division),
                        "roles": .array((roles[post.id] ?? []).map { .string($0) }),
                    ]
                }))
    }
}
