import PluginKit

/// Finds every reference in a sample's files that leads nowhere, before anything is written.
struct SampleCheck {
    let organisation: OrganisationLayout
    let sample: SampleLayout
    /// The permissions that the program knows.
    let permissions: Set<String>

    var findings: [Finding] {
        let persons = Set(sample.persons.map(\.key))
        let parties = persons.union(sample.enterprises.map(\.key))
        let agencies = Set(organisation.agencies.map(\.key))
        let sites = Set(organisation.sites.map(\.key))
        let roles = Set(organisation.roles.map(\.id))
        var found: [Finding] = []
        for (index, role) in organisation.roles.enumerated() {
            for permission in role.permissions {
                // The right to give a role names that role.
                if IdentityService.grantedRole(permission).map({ given in roles.contains(given) }) == true { continue }
                found += missing(permission, in: permissions, at: "roles[\(index)].permissions", "权限")
            }
        }
        for (index, enterprise) in sample.enterprises.enumerated() {
            for agent in enterprise.agents {
                found += missing(agent, in: persons, at: "enterprises[\(index)].agents", "办事人")
            }
        }
        for (index, user) in sample.accounts.enumerated() {
            let path = "accounts[\(index)]"
            if let person = user.person { found += missing(person, in: persons, at: "\(path).person", "办事人") }
            if user.person == nil, user.name == nil {
                found.append(Finding("\(path).name", "sample.no_holder", "账号 \(user.username) 没有写明 person 或 name。"))
            }
            for post in user.posts {
                found += missing(post.agency, in: agencies, at: "\(path).posts.agency", "单位")
                found += post.site.map { missing($0, in: sites, at: "\(path).posts.site", "服务场所") } ?? []
                for role in post.roles { found += missing(role, in: roles, at: "\(path).posts.roles", "角色") }
            }
        }
        for (index, licence) in sample.licences.enumerated() {
            for holder in licence.holders {
                found += missing(holder, in: parties, at: "licences[\(index)].holders", "办事人")
            }
        }
        for (index, seal) in sample.seals.enumerated() {
            found += missing(seal.agency, in: agencies, at: "seals[\(index)].agency", "单位")
        }
        return found
    }

    private func missing(_ key: String, in known: Set<String>, at path: String, _ what: String) -> [Finding] {
        if known.contains(key) { return [] }
        let hint = nearest(to: key, among: known.sorted()).map { "，是否想写 \($0)" } ?? ""
        return [Finding(path, "sample.unknown_reference", "没有\(what) \(key)\(hint)。")]
    }
}
