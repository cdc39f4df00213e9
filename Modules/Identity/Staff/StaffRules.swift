public import Extension
public import Organisation
public import Standards

extension IdentityService {
    /// May manage the people of one's own agency and those below it (单位管理员).
    public static let manageStaff = Permission("identity.manage_staff", "管理本单位及下级单位的人员")

    /// Begins the permissions that say which roles an administrator may give, such as `identity.grant:officer`: what may
    /// be handed out is written in the administrator's own role, and so is vouched for as that is.
    static let grantPrefix = "identity.grant:"

    /// The role that a permission allows to give; nil for any other permission.
    public static func grantedRole(_ permission: String) -> String? {
        permission.hasPrefix(grantPrefix) ? String(permission.dropFirst(grantPrefix.count)) : nil
    }

    /// The rights that only somebody above may give: with them one could raise oneself.
    private static let reserved: Set<String> = [
        manageStaff.id, manageAccounts.id, OrganisationService.manage.id,
    ]

    /// Whether a role carries rights over people or the organisation, so that no administrator of an agency may give it,
    /// nor change who has it.
    static func outranks(_ role: StaffRole) -> Bool {
        !role.permissions.isDisjoint(with: reserved) || role.permissions.contains { $0.hasPrefix(grantPrefix) }
    }

    /// The roles that somebody may give, in the order of their titles.
    public func grantableRoles(of actor: Actor, _ known: OrganisationSnapshot) -> [StaffRole] {
        guard actor.holds(Self.manageStaff) else { return [] }
        return known.roles.values
            .filter { role in
                if Self.outranks(role) { return false }
                return actor.kind == .system || actor.post?.permissions.contains(Self.grantPrefix + role.id) == true
            }
            .sorted { ($0.title, $0.id) < ($1.title, $1.id) }
    }

    /// The agencies whose people somebody manages: the own one and those below, in the order of their names.
    public func managedAgencies(of actor: Actor, _ known: OrganisationSnapshot, on day: LegalDay) -> [Agency] {
        guard actor.holds(Self.manageStaff) else { return [] }
        return known.agencies.values
            .filter { $0.validity.contains(day) && known.belongs(actor, to: $0.id) }
            .sorted { ($0.name(on: day), $0.id) < ($1.name(on: day), $1.id) }
    }
}
