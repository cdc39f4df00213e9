public import Standards
public import Storage

/// An account: what somebody signs in with.
public struct Account: Hashable, Sendable {
    /// Who holds an account.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// 办事人
        case person
        /// 工作人员
        case staff
    }

    public let id: Identifier
    public let loginName: String
    public let kind: Kind
    /// The natural person; for staff only when it is registered as one too.
    public let person: Identifier?
    /// Whether the password must be changed after the next sign-in.
    public let mustChangePassword: Bool
    public let createdAt: Instant
    public let disabledAt: Instant?
}

/// Whose account is opened.
public enum AccountHolder: Hashable, Sendable {
    /// A registered person.
    case person(Identifier)
    /// A member of staff by name, and as a registered person if it is one.
    case staff(PersonName, person: Identifier? = nil)
}

extension Account {
    static let columns = "id, login_name, kind, person, must_change, created_at, disabled_at"

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), loginName: try row.get("login_name"),
            kind: try row.get("kind", as: String.self) == Kind.staff.rawValue ? .staff : .person,
            person: try row.get("person"), mustChangePassword: try row.get("must_change"),
            createdAt: try row.get("created_at"), disabledAt: try row.get("disabled_at"))
    }
}
