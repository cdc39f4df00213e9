import Storage

/// The columns of identity that hold sealed personal data.
enum SealedColumn: CaseIterable {
    case personProfile, enterpriseProfile, staffName

    private var place: (table: String, column: String) {
        switch self {
        case .personProfile: ("identity_person", "profile")
        case .enterpriseProfile: ("identity_enterprise", "profile")
        case .staffName: ("identity_account", "staff_name")
        }
    }

    /// To what a row's value is bound, so that it can't be moved to another row or column.
    func context(_ id: Identifier) -> String { "\(place.table).\(place.column)/\(id)" }

    var declaration: EncryptedColumn {
        EncryptedColumn(table: place.table, keys: ["id"], column: place.column) { row in context(try row.get("id")) }
    }

    /// Every sealed column, for key rotation.
    static let declarations: [EncryptedColumn] =
        allCases.map(\.declaration) + [
            EncryptedColumn(table: "identity_kept_input", keys: ["account", "form"], column: "body") { row in
                keptInput(try row.get("account"), try row.get("form"))
            },
            EncryptedColumn(table: "identity_second_factor", keys: ["account"], column: "secret") { row in
                secondFactor(try row.get("account"))
            },
        ]

    /// To what the secret of an account's second factor is bound.
    static func secondFactor(_ account: Identifier) -> String { "identity_second_factor.secret/\(account)" }

    /// To what the input that an account typed into a form is bound.
    static func keptInput(_ account: Identifier, _ form: String) -> String {
        "identity_kept_input.body/\(account)/\(form)"
    }
}
