public import ArgumentParser
public import Extension
import Organisation
import Standards
public import Storage

/// `yiciban staff …`: what an agency's administrator does with its people.
public struct StaffCommands: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "本单位人员：新增、岗位、请假替岗、离岗交接",
        discussion: "以单位管理员的身份（--as）办理，只涉及本单位和下级单位；能授予哪些角色写在管理员的角色里（identity.grant:角色）。",
        subcommands: [
            ListStaff.self, AddStaff.self, ChangeStaffPost.self, SuspendStaff.self, ResumeStaff.self,
            SetStaffLeave.self,
            EndStaffLeave.self, DepartStaff.self,
        ])

    public init() {}
}

/// What the commands look up.
struct StaffDesk {
    let identity: IdentityService
    let organisation: OrganisationService
    let act: Act

    init(_ context: CommandContext, _ common: CommonOptions) async throws {
        identity = try context.services(IdentityService.self)
        organisation = try context.services(OrganisationService.self)
        act = try await context.act(common.account)
    }

    func account(_ login: String) async throws -> Identifier {
        let name = try LoginName(login)
        guard let found = try await identity.database.read({ [identity] in try identity.account(named: name, in: $0) })
        else { throw IdentityError.accountUnknown }
        return found.id
    }

    func order(agency: String, site: String?, roles: [String]) async throws -> StaffPostOrder {
        let known = try await organisation.snapshot()
        let day = act.now.day
        let found = known.agencies.values.filter { entry in
            entry.validity.contains(day) && [entry.key, entry.creditCode, entry.name(on: day)].contains(agency)
        }
        guard let chosen = found.first, found.count == 1 else {
            throw IdentityError.invalid([Finding("agency", "identity.staff_agency", "没有名为“\(agency)”的单位，请写单位全称。")])
        }
        let place = try site.map { word in
            guard let found = known.sites.values.first(where: { $0.key == word || $0.name == word }) else {
                throw IdentityError.invalid([Finding("site", "identity.staff_site", "没有名为“\(word)”的服务场所。")])
            }
            return found.id
        }
        return StaffPostOrder(
            agency: chosen.id, site: place,
            roles: roles.map { word in known.roles.values.first { $0.title == word }?.id ?? word })
    }
}

struct ListStaff: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出本单位和下级单位的人员")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let desk = try await StaffDesk(context, common)
        let people = try await desk.identity.staff(by: desk.act)
        let known = try await desk.organisation.snapshot()
        let day = desk.act.now.day
        func posts(_ member: StaffMember) -> [JSONValue] {
            member.posts.map { post in
                [
                    "id": .string(post.id.text), "agency": .string(known.agencies[post.agency]?.name(on: day) ?? ""),
                    "roles": .array(post.roles.map(JSONValue.string)), "from": .string(post.validity.from.text),
                    "until": post.validity.until.map { .string($0.text) } ?? .null,
                ]
            }
        }
        context.output.print(
            people.isEmpty
                ? "没有人员。"
                : people.map { member in
                    let agencies = Set(member.posts.compactMap { known.agencies[$0.agency]?.name(on: day) }).sorted()
                    let roles = Set(member.posts.flatMap(\.roles)).compactMap { known.roles[$0]?.title }.sorted()
                    let state =
                        member.isSuspended
                        ? "已停用"
                        : member.leave.map { "\($0.days.lowerBound.text) 至 \($0.days.upperBound.text) 请假" } ?? "在岗"
                    return
                        "\(member.loginName)\t\(member.name)\t\(agencies.joined(separator: "、"))\t\(roles.joined(separator: "、"))\t\(state)"
                }.joined(separator: "\n"),
            json: .array(
                people.map { member in
                    [
                        "id": .string(member.account.text), "login_name": .string(member.loginName),
                        "name": .string(member.name), "suspended": .bool(member.isSuspended),
                        "on_leave": .bool(member.leave.map { $0.days.contains(day) } ?? false),
                        "posts": .array(posts(member)),
                    ]
                }))
    }
}

struct AddStaff: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "新增一名人员", discussion: "初始密码由系统生成，只显示这一次，请当面交给本人。")

    @Argument(help: "登录名")
    var login: String

    @Option(name: .long, help: "姓名")
    var name: String

    @Option(name: .long, help: "单位全称")
    var agency: String

    @Option(name: .long, help: "角色，可写多次")
    var role: [String]

    @Option(name: .long, help: "服务场所")
    var site: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let desk = try await StaffDesk(context, common)
        let order = try await desk.order(agency: agency, site: site, roles: role)
        let password = GeneratedPassword.make(login, seed: desk.act.seed)
        let id = try await desk.identity.addStaff(
            login: login, name: name, post: order, password: password, by: desk.act)
        context.output.print(
            "已新增 \(name)（\(login)）。\n初始密码（只显示一次）：\(password)",
            json: ["id": .string(id.text), "login_name": .string(login), "password": .string(password)])
    }
}

struct ChangeStaffPost: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "调整岗位：换单位、换场所、换角色",
        discussion: "有几个岗位的，用 --from-post 写明调整哪一个，编号见 staff list --json。")

    @Argument(help: "登录名")
    var login: String

    @Option(name: .long, help: "单位全称")
    var agency: String

    @Option(name: .long, help: "角色，可写多次")
    var role: [String]

    @Option(name: .long, help: "服务场所")
    var site: String?

    @Option(name: .customLong("from-post"), help: "调整哪个岗位：岗位编号")
    var post: String?

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let desk = try await StaffDesk(context, common)
        let account = try await desk.account(login)
        let order = try await desk.order(agency: agency, site: site, roles: role)
        let post = try post.map { try Identifier($0) }
        let login = login
        try await desk.identity.database.write { transaction in
            let member = try desk.identity.staffMember(account, by: desk.act, in: transaction)
            guard let chosen = post ?? (member.posts.count == 1 ? member.posts[0].id : nil) else {
                throw ValidationError("“\(login)”有 \(member.posts.count) 个岗位，请用 --from-post 写明调整哪一个。")
            }
            try desk.identity.changePost(chosen, of: account, to: order, by: desk.act, in: transaction)
        }
        context.output.print("已调整 \(login) 的岗位。", json: ["login_name": .string(login)])
    }
}

struct SuspendStaff: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "suspend", abstract: "停用账号，立即退出登录")

    @Argument(help: "登录名")
    var login: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let desk = try await StaffDesk(context, common)
        let account = try await desk.account(login)
        try await desk.identity.database.write { try desk.identity.suspend(account, by: desk.act, in: $0) }
        context.output.print("已停用 \(login)。", json: ["login_name": .string(login), "suspended": true])
    }
}

struct ResumeStaff: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "恢复停用的账号")

    @Argument(help: "登录名")
    var login: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let desk = try await StaffDesk(context, common)
        let account = try await desk.account(login)
        try await desk.identity.database.write { try desk.identity.resume(account, by: desk.act, in: $0) }
        context.output.print("已恢复 \(login)。", json: ["login_name": .string(login), "suspended": false])
    }
}

struct SetStaffLeave: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave", abstract: "登记请假和替岗的人（AB岗）", discussion: "请假期间，替岗的人有请假人的岗位，以自己的名义办理；自己受理的件仍不能由自己审批。")

    @Argument(help: "登录名")
    var login: String

    @Option(name: .long, help: "从哪一天", transform: StaffDay.read)
    var from: LegalDay

    @Option(name: .long, help: "到哪一天（含）", transform: StaffDay.read)
    var until: LegalDay

    @Option(name: .customLong("stand-in"), help: "替岗人的登录名")
    var standIn: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard from <= until else { throw ValidationError("--from 不能晚于 --until。") }
        let desk = try await StaffDesk(context, common)
        let (account, other) = (try await desk.account(login), try await desk.account(standIn))
        let days = from...until
        try await desk.identity.database.write {
            try desk.identity.setLeave(of: account, days: days, standIn: other, by: desk.act, in: $0)
        }
        context.output.print(
            "已登记：\(login) 从 \(from.text) 到 \(until.text) 请假，由 \(standIn) 替岗。", json: ["login_name": .string(login)])
    }
}

struct EndStaffLeave: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "return", abstract: "销假：今天起回岗")

    @Argument(help: "登录名")
    var login: String

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let desk = try await StaffDesk(context, common)
        let account = try await desk.account(login)
        try await desk.identity.database.write { try desk.identity.endLeave(of: account, by: desk.act, in: $0) }
        context.output.print("\(login) 已销假。", json: ["login_name": .string(login)])
    }
}

struct DepartStaff: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "depart", abstract: "离岗：把在办的工作交给一位同事")

    @Argument(help: "登录名")
    var login: String

    @Option(name: .long, help: "接手人的登录名")
    var to: String

    @Option(name: .long, help: "从哪一天起离岗；不写为今天", transform: StaffDay.read)
    var on: LegalDay?

    @Flag(name: .long, help: "确认离岗")
    var yes = false

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        guard yes else { throw ValidationError("离岗会结束 \(login) 的岗位并交给 \(to)。确认的话，请加上 --yes。") }
        let desk = try await StaffDesk(context, common)
        let (account, other) = (try await desk.account(login), try await desk.account(to))
        let day = on ?? desk.act.now.day
        try await desk.identity.database.write {
            try desk.identity.depart(account, colleague: other, on: day, by: desk.act, in: $0)
        }
        context.output.print("\(login) 从 \(day.text) 起离岗，工作已交给 \(to)。", json: ["login_name": .string(login)])
    }
}

enum StaffDay {
    @Sendable static func read(_ text: String) throws -> LegalDay {
        do { return try LegalDay(text) } catch { throw ValidationError(error.message) }
    }
}

extension IdentityService {
    /// As ``addStaff(login:name:post:password:by:in:)``, with a password in clear.
    @discardableResult
    public func addStaff(
        login: String, name: String, post: StaffPostOrder, password: String, by act: Act
    ) async throws -> Identifier {
        try requireManager(act)
        // A name that can't be one is told by the change, with everything else that is wrong.
        let hashed =
            if let loginName = try? LoginName(login) { try await hash(password, for: loginName) } else {
                HashedPassword(text: "")
            }
        return try await database.write {
            try addStaff(login: login, name: name, post: post, password: hashed, by: act, in: $0)
        }
    }

    /// A first password for somebody who is added.
    public func firstPassword(_ login: String, by act: Act) -> String { GeneratedPassword.make(login, seed: act.seed) }
}
