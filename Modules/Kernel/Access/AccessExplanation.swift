import PluginKit

/// Why somebody may or may not do something, step by step.
struct AccessExplanation {
    /// One thing that was looked at.
    struct Step {
        let isMet: Bool
        let text: String
    }

    private(set) var steps: [Step] = []
    /// What is to be known beside it.
    var remarks: [String] = []

    /// Whether everything that was looked at is met.
    var isAllowed: Bool { !steps.isEmpty && steps.allSatisfy(\.isMet) }

    mutating func note(_ isMet: Bool, _ text: String) { steps.append(Step(isMet: isMet, text: text)) }

    /// Explains what an access demands of an actor.
    ///
    /// - Parameters:
    ///   - demanded: who may.
    ///   - actor: who wants to.
    ///   - post: the actor's post as it is stored, for its roles.
    ///   - organisation: the roles that there are.
    init(_ demanded: Access, of actor: Actor, at post: PostRecord?, in organisation: OrganisationSnapshot) {
        switch demanded {
        case .anyone: note(true, "任何人都可以，不用登录。")
        case .signedIn: note(true, "登录就可以。")
        case .person, .personOrHelper:
            note(actor.kind == .person, actor.kind == .person ? "是办事人。" : "只对办事人开放，这是工作人员的账号。")
        case .personAlone:
            note(
                actor.actsInPerson,
                actor.actsInPerson ? "是办事人本人。" : "只对办事人本人开放，工作人员和代办人不能用。")
        case .staff(let permission): note([permission], of: actor, at: post, in: organisation)
        case .staffWithAny(let permissions): note(permissions, of: actor, at: post, in: organisation)
        }
    }

    private mutating func note(
        _ permissions: [Permission], of actor: Actor, at post: PostRecord?, in organisation: OrganisationSnapshot
    ) {
        guard actor.kind == .staff, let post else {
            note(false, "只对工作人员开放，这是办事人的账号。")
            return
        }
        for permission in permissions {
            let giving = post.roles.compactMap { organisation.roles[$0] }.filter {
                $0.permissions.contains(permission.id)
            }
            if let role = giving.first {
                note(true, "角色“\(role.title)”（\(role.id)）有权限“\(permission.title)”（\(permission.id)）。")
                return
            }
        }
        let carriers = organisation.roles.values.filter { role in
            permissions.contains { role.permissions.contains($0.id) }
        }.map { "\($0.title)（\($0.id)）" }.sorted()
        let names = permissions.map { "“\($0.title)”（\($0.id)）" }.joined(separator: "或")
        note(
            false,
            "这个岗位的角色没有权限\(names)。"
                + (carriers.isEmpty
                    ? "现在没有哪个角色有它，请先在 organisation.yaml 的角色里加上。" : "有它的角色：\(carriers.joined(separator: "、"))。"))
    }
}
