import ArgumentParser
import PluginKit

/// `yiciban access …`
struct AccessCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access", abstract: "权限：列出谁能用什么、说明为什么能或不能",
        subcommands: [ListAccess.self, ExplainAccess.self])
}

/// `yiciban access list`
struct ListAccess: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出全部接口和插件的页面，以及谁能用、哪些角色有权")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "只列某个权限管的，例如 casework.accept")
    var permission: String?

    func run(in context: CommandContext) async throws {
        let book = AccessBook(try context.services(KernelTools.self).registry)
        let roles = try await context.services(OrganisationService.self).snapshot().roles.values
        let entries = book.entries.filter { entry in
            permission.map { wanted in entry.permissions.contains { $0.id == wanted } } ?? true
        }
        func carriers(_ entry: AccessEntry) -> [String] {
            roles.filter { role in entry.permissions.contains { role.permissions.contains($0.id) } }.map(\.id).sorted()
        }
        let lines = entries.map { entry in
            let names = carriers(entry)
            return "\(entry.method) \(entry.path)　\(entry.admitted)"
                + (names.isEmpty ? "" : "　角色：\(names.joined(separator: "、"))")
        }
        let json = entries.map { entry -> JSONValue in
            [
                "kind": .string(entry.kind.rawValue), "method": .string(entry.method), "path": .string(entry.path),
                "owner": .string(entry.owner), "access": entry.access.map { .string($0.name) } ?? .null,
                "roles": .array(carriers(entry).map(JSONValue.string)),
            ]
        }
        context.output.print(
            lines.isEmpty ? "没有这样的接口或页面。" : (lines + ["共 \(lines.count) 项。"]).joined(separator: "\n"),
            json: ["entries": .array(json)])
    }
}

/// `yiciban access explain --user NAME --action … [--on CASE]`
struct ExplainAccess: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "说明一个账号为什么能或不能做一件事",
        discussion: """
            --action 写权限（casework.accept）、接口（"POST /api/v1/cases"）或插件的页面（/age-friendly/desk）。门户自己的页面按它用的权限问。
            有几个岗位的，用 --post 指定；要看能不能看到某一件办件，用 --on 写办件的系统编号。能做的退出码是 0，不能做的是 1。
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "登录名")
    var user: String

    @Option(name: .long, help: "要做的事：权限、接口或插件的页面")
    var action: String

    @Option(name: .long, help: "哪一件办件：系统编号")
    var on: String?

    func run(in context: CommandContext) async throws {
        let book = AccessBook(try context.services(KernelTools.self).registry)
        let demanded = try Self.demanded(action, in: book)
        let organisation = try await context.services(OrganisationService.self).snapshot()
        let now = try await context.act(nil).now
        let identity = try context.services(IdentityService.self)
        let actor = try await identity.actor(
            ofAccount: try LoginName(user), post: common.post, terminal: .commandLine, at: now)
        let post = actor.post.flatMap { held in
            actor.account.flatMap { organisation.postsByAccount[$0] }?.first { $0.id == held.id }
        }
        var explanation = AccessExplanation(demanded.access, of: actor, at: post, in: organisation)
        if let held = actor.post, let post {
            explanation.place("岗位：\(held.agencyName)，管辖区划 \(held.division)，角色 \(post.roles.joined(separator: "、"))。")
        }
        if demanded.isEntry { explanation.place("这里看的是能不能进；具体到某一件办件，服务还会再判断。") }
        if try await identity.demandsSecondFactor(ofAccount: actor.account, at: now) {
            explanation.place("这个账号的角色要求二次验证；没有验证的登录，权限不生效。")
        }
        if let on {
            let casework = try context.services(CaseworkService.self)
            do {
                let id = try Identifier(on)
                let act = Act(actor: actor, now: now)
                let role = try await casework.sight(of: id, by: act).role
                explanation.note(true, "看得到这一件办件，身份是“\(role.chinese)”。")
            } catch let error as any ProblemConvertible where error.problem.status < 500 {
                explanation.note(false, "看不到这一件办件：\(error.problem.detail)")
            }
        }
        context.output.print(explanation.text(of: user, demanded.title), json: explanation.json)
        if !explanation.isAllowed { throw ExitCode(1) }
    }

    /// What an action demands, and how to name it.
    private static func demanded(_ action: String, in book: AccessBook) throws -> (
        access: Access, title: String, isEntry: Bool
    ) {
        if let permission = book.permissions.first(where: { $0.id == action }) {
            return (.staff(permission), "\(permission.title)（\(permission.id)）", false)
        }
        let found = book.entries(matching: action)
        let methods = Set(found.map(\.method))
        guard let entry = found.first else {
            let known = book.permissions.map(\.id) + book.entries.map(\.path)
            let hint = nearest(to: action, among: known).map { "是不是 \($0)？" } ?? ""
            throw Problem(
                404, "access.unknown_action", "没有这件事", "“\(action)”不是权限，也不是接口或插件的页面。\(hint)全部见 yiciban access list。")
        }
        guard methods.count == 1 else {
            throw Problem(
                422, "access.which_method", "请写明方法",
                "\(entry.path) 有几种：\(methods.sorted().joined(separator: "、"))。请写成 \"\(entry.method) \(entry.path)\"。")
        }
        guard let access = entry.access else {
            throw Problem(422, "access.protocol", "这是协议接口", "\(entry.path) 由\(entry.admitted)调用，不看账号的权限。")
        }
        let title = "\(entry.method) \(entry.path)" + (entry.summary.isEmpty ? "" : "（\(entry.summary)）")
        return (access, title, true)
    }
}

extension AccessExplanation {
    /// Something to know that decides nothing.
    mutating func place(_ text: String) { remarks.append(text) }

    fileprivate func text(of user: String, _ action: String) -> String {
        let verdict = isAllowed ? "可以" : "不可以"
        let lines = steps.map { ($0.isMet ? "  ✓ " : "  ✗ ") + $0.text } + remarks.map { "  · " + $0 }
        return (["\(user) \(verdict)：\(action)"] + lines).joined(separator: "\n")
    }

    fileprivate var json: JSONValue {
        [
            "allowed": .bool(isAllowed),
            "steps": .array(steps.map { ["met": .bool($0.isMet), "text": .string($0.text)] }),
            "remarks": .array(remarks.map(JSONValue.string)),
        ]
    }
}
