import Standards
public import Storage

extension IdentityService {
    /// The names of members of staff, who act in public; an account that is none has no name here.
    public func staffNames(of accounts: Set<Identifier>, in view: Snapshot) throws -> [Identifier: String] {
        if accounts.isEmpty { return [:] }
        let ids = accounts.sorted()
        let marks = Array(repeating: "?", count: ids.count).joined(separator: ", ")
        return try view.rows(
            "SELECT id, login_name, staff_name FROM identity_account WHERE kind = 'staff' AND id IN (\(marks))",
            arguments: ids.map(\.sql)
        ).reduce(into: [:]) { names, row in
            let id: Identifier = try row.get("id")
            let sealed: [UInt8]? = try row.get("staff_name")
            let name: PersonName? = try sealed.map { try open($0, .staffName, id) }
            names[id] = try name?.text ?? row.get("login_name")
        }
    }
}
