import PluginKit

/// A post of a member of staff, in the words of a choice.
struct PostChoice: Sendable {
    let post: StaffPost
    /// The agency and the titles of the roles.
    let title: String
    /// The division whose cases it handles.
    let place: String
}

extension PortalServices {
    /// The posts that a member of staff holds on a day.
    func posts(of actor: Actor, on day: LegalDay) async throws -> [PostChoice] {
        guard let account = actor.account else { return [] }
        let known = try await organisation.snapshot()
        let roles = Dictionary(
            (known.postsByAccount[account] ?? []).map { ($0.id, $0.roles) }, uniquingKeysWith: { $1 })
        return known.posts(of: account, on: day).map { post in
            let titles = (roles[post.id] ?? []).map { known.roles[$0]?.title ?? $0 }
            return PostChoice(
                post: post, title: "\(post.agencyName)（\(titles.joined(separator: "、"))）",
                place: "办理\(known.divisions[post.division]?.name ?? post.division)的事")
        }
    }
}
