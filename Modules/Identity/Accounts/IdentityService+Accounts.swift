import Cryptography
public import Extension
import Standards
public import Storage

extension IdentityService {
    /// Checks a password against the policy and hashes it off the event loop, before the write that stores it.
    ///
    /// - Throws: ``IdentityError`` with code `identity.password_weak` or `identity.busy`.
    public func hash(_ password: String, for loginName: LoginName) async throws -> HashedPassword {
        try PasswordPolicy.check(password, loginName: loginName)
        return try await passwords.run(preferred: false) { HashedPassword(text: try PasswordHash.hash(password)) }
    }

    /// Opens an account.
    ///
    /// - Parameters:
    ///   - loginName: unique.
    ///   - holder: the person or member of staff.
    ///   - password: from ``hash(_:for:)``.
    ///   - mustChange: whether the password must be changed after the first sign-in.
    /// - Returns: the account's identifier.
    /// - Throws: ``IdentityError`` with code `identity.account_exists` or `identity.person_unknown`.
    @discardableResult
    public func addAccount(
        _ loginName: LoginName, for holder: AccountHolder, password: HashedPassword, mustChange: Bool = false,
        by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        let id = act.identifier("identity.account.\(loginName)")
        let kind: Account.Kind
        let person: Identifier?
        var staffName: [UInt8]?
        switch holder {
        case .person(let holder):
            kind = .person
            person = holder
        case .staff(let name, let holder):
            kind = .staff
            person = holder
            staffName = try seal(name, .staffName, id, act)
        }
        if let person, try transaction.row("SELECT id FROM identity_person WHERE id = ?", person) == nil {
            throw IdentityError.personUnknown
        }
        let row = try transaction.row(
            """
            INSERT INTO identity_account
                (id, login_name, kind, person, staff_name, password_hash, must_change, created_at, disabled_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING
            \(states.account.returning)
            """, id, loginName.text, kind.rawValue, person, staffName, password.text, mustChange, act.now)
        guard let row else { throw IdentityError.accountExists }
        try tell(
            AccountAdded(account: id, kind: kind.rawValue), about: "account", id,
            state: try states.account.digest(of: row), by: act, in: transaction)
        return id
    }

    /// As ``addAccount(_:for:password:mustChange:by:in:)``, from a password in clear.
    @discardableResult
    public func addAccount(
        _ loginName: String, for holder: AccountHolder, password: String, mustChange: Bool = false, by act: Act
    ) async throws -> Identifier {
        let name = try LoginName(loginName)
        let hashed = try await hash(password, for: name)
        return try await database.write {
            try addAccount(name, for: holder, password: hashed, mustChange: mustChange, by: act, in: $0)
        }
    }

    /// Disables an account: its sessions end and nobody signs in with it any more.
    ///
    /// - Throws: ``IdentityError`` when there is no such account.
    public func disableAccount(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            UPDATE identity_account SET disabled_at = COALESCE(disabled_at, ?) WHERE id = ? \(states.account.returning)
            """, act.now, id)
        guard let row else { throw IdentityError.accountUnknown }
        try endSessions("account = ?", [id.sql], by: act, in: transaction)
        try tell(
            AccountDisabled(account: id), about: "account", id, state: try states.account.digest(of: row), by: act,
            in: transaction)
    }

    /// Gives an account another password; its sessions end and its devices are known no more.
    ///
    /// - Throws: ``IdentityError`` when there is no such account.
    public func setPassword(
        of id: Identifier, to password: HashedPassword, mustChange: Bool, by act: Act, in transaction: Transaction
    ) throws {
        let row = try transaction.row(
            """
            UPDATE identity_account SET password_hash = ?, must_change = ? WHERE id = ? \(states.account.returning)
            """, password.text, mustChange, id)
        guard let row else { throw IdentityError.accountUnknown }
        try transaction.execute("DELETE FROM identity_device WHERE account = ?", id)
        try endSessions("account = ?", [id.sql], by: act, in: transaction)
        try tell(
            PasswordChanged(account: id), about: "account", id, state: try states.account.digest(of: row), by: act,
            in: transaction)
    }

    /// An account by its login name; nil when there is none.
    public func account(named name: LoginName, in view: Snapshot) throws -> Account? {
        try view.row("SELECT \(Account.columns) FROM identity_account WHERE login_name = ?", name.text)
            .map { try Account($0) }
    }

    /// Accounts by login name, at most `limit` of them, after a given name.
    public func accounts(after name: String = "", limit: Int = 100, in view: Snapshot) throws -> [Account] {
        try view.rows(
            "SELECT \(Account.columns) FROM identity_account WHERE login_name > ? ORDER BY login_name LIMIT ?", name,
            limit
        ).map { try Account($0) }
    }
}
