import Storage

/// The tables of identity whose rows the journal vouches for (`yiciban audit verify`).
struct IdentityStates: Sendable {
    let person: RowState
    let enterprise: RowState
    let mandate: RowState
    let account: RowState
    let helper: RowState

    init(_ cipher: FieldCipher) {
        func state(_ kind: String, _ title: String, _ columns: [String], begins: String) -> RowState {
            RowState(
                kind: "identity.\(kind)", title: title, table: "identity_\(kind)", columns: columns,
                sealed: SealedColumn.allCases.map(\.declaration), begins: [begins], cipher: cipher)
        }
        person = state(
            "person", "自然人", ["id", "id_digest", "mobile_digest", "profile", "version", "created_at"],
            begins: PersonRegistered.name)
        enterprise = state(
            "enterprise", "企业", ["id", "code_digest", "profile", "version", "created_at"],
            begins: EnterpriseRegistered.name)
        mandate = state(
            "mandate", "委托", ["id", "enterprise", "person", "scope", "valid_from", "valid_until", "revoked_at"],
            begins: MandateGranted.name)
        account = state(
            "account", "账号",
            [
                "id", "login_name", "kind", "person", "staff_name", "password_hash", "must_change", "created_at",
                "disabled_at",
            ], begins: AccountAdded.name)
        helper = state(
            "helper", "代办授权",
            [
                "id", "principal", "helper", "relation", "basis", "evidence", "scope", "valid_from", "valid_until",
                "revoked_at",
            ], begins: HelpGranted.name)
    }

    var checks: [StateCheck] { [person, enterprise, mandate, account, helper].map { $0.check() } }
}
