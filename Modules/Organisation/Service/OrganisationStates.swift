import Storage

/// The tables that give rights, whose rows the journal vouches for (`yiciban audit verify`).
struct OrganisationStates: Sendable {
    let post: RowState
    let role: RowState

    init(_ cipher: FieldCipher) {
        post = RowState(
            kind: "organisation.post", title: "岗位", table: "organisation_post",
            columns: ["id", "account", "agency", "division", "site", "roles", "valid_from", "valid_until"],
            begins: [PostAdded.name], cipher: cipher)
        role = RowState(
            kind: "organisation.role", title: "角色", table: "organisation_role",
            columns: ["id", "title", "permissions"], begins: [RoleChanged.name], cipher: cipher)
    }

    var checks: [StateCheck] { [post.check(), role.check()] }
}
