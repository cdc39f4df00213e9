public import Extension
import Organisation
import Standards
public import Storage

extension IdentityService {
    /// The people whom somebody manages, by name.
    ///
    /// - Throws: ``Problem`` without the right.
    public func staff(by act: Act) async throws -> [StaffMember] {
        try await database.read { try staff(by: act, in: $0) }
    }

    func staff(by act: Act, in view: Snapshot) throws -> [StaffMember] {
        try requireManager(act)
        let known = try organisation.snapshot(in: view)
        let today = act.now.day
        let leaves = try leaves(until: today, in: view)
        let rows = try view.rows("SELECT \(Account.columns), staff_name FROM identity_account WHERE kind = 'staff'")
        return try rows.compactMap { row in
            let account = try Account(row)
            let all = known.currentPosts(of: account.id, on: today)
            let posts = all.filter { known.belongs(act.actor, to: $0.agency) }
            guard !posts.isEmpty else { return nil }
            let sealed: [UInt8]? = try row.get("staff_name")
            let name: PersonName? = try sealed.map { try open($0, .staffName, account.id) }
            return StaffMember(
                account: account.id, loginName: account.loginName, name: name?.text ?? account.loginName,
                isSuspended: account.disabledAt != nil, posts: posts, hasPostsElsewhere: posts.count < all.count,
                isAbove: all.contains { post in post.roles.contains { known.roles[$0].map(Self.outranks) ?? false } },
                leave: leaves.first { $0.account == account.id })
        }.sorted { ($0.name, $0.loginName) < ($1.name, $1.loginName) }
    }

    /// One of them.
    ///
    /// - Throws: ``IdentityError`` when it is none of those whom somebody manages.
    public func staffMember(_ account: Identifier, by act: Act, in view: Snapshot) throws -> StaffMember {
        guard let found = try staff(by: act, in: view).first(where: { $0.account == account }) else {
            throw IdentityError.staffUnknown
        }
        return found
    }

    // MARK: Changes

    /// Opens an account with its first post.
    ///
    /// - Parameter password: from ``hash(_:for:)``.
    /// - Throws: ``IdentityError`` with everything that is wrong at once.
    @discardableResult
    public func addStaff(
        login: String, name: String, post: StaffPostOrder, password: HashedPassword, by act: Act,
        in transaction: Transaction
    ) throws -> Identifier {
        try requireManager(act)
        var check = FieldChecks()
        let person = check.run("name") { () throws(StandardsError) in try PersonName(name) }
        var findings = check.findings
        let loginName = try? LoginName(login)
        if loginName == nil {
            findings.append(Finding("login", "identity.login_name", IdentityError.loginNameForm.message))
        }
        if let loginName, try account(named: loginName, in: transaction) != nil {
            findings.append(Finding("login", "identity.account_exists", "登录名 \(loginName) 已有人使用，请换一个。"))
        }
        let known = try organisation.snapshot(in: transaction)
        findings += self.findings(of: post, known, by: act)
        guard findings.isEmpty, let loginName, let person else { throw IdentityError.invalid(findings) }
        let account = try addAccount(
            loginName, for: .staff(person), password: password, mustChange: true, by: act, in: transaction)
        try give(post, to: account, from: act.now.day, by: act, in: transaction)
        return account
    }

    /// Gives a member of staff another post in the place of one: other roles, another agency, site or window.
    public func changePost(
        _ id: Identifier, of account: Identifier, to order: StaffPostOrder, by act: Act, in transaction: Transaction
    ) throws {
        let member = try manageable(account, by: act, in: transaction)
        guard let post = member.posts.first(where: { $0.id == id }) else { throw IdentityError.staffUnknown }
        let known = try organisation.snapshot(in: transaction)
        let findings = findings(of: order, known, by: act)
        if !findings.isEmpty { throw IdentityError.invalid(findings) }
        if post.agency == order.agency, post.site == order.site, post.roles == order.roles.sorted() { return }
        try organisation.endPost(id, on: act.now.day, by: act, in: transaction)
        try give(order, to: account, from: act.now.day, by: act, in: transaction)
        try endSessions("account = ?", [account.sql], by: act, in: transaction)
    }

    /// Gives a member of staff one more post.
    public func addPost(
        _ order: StaffPostOrder, to account: Identifier, by act: Act, in transaction: Transaction
    ) throws {
        _ = try manageable(account, by: act, in: transaction)
        let known = try organisation.snapshot(in: transaction)
        let findings = findings(of: order, known, by: act)
        if !findings.isEmpty { throw IdentityError.invalid(findings) }
        try give(order, to: account, from: act.now.day, by: act, in: transaction)
    }

    /// Lets nobody sign in with an account until it is resumed.
    public func suspend(_ account: Identifier, by act: Act, in transaction: Transaction) throws {
        let member = try manageable(account, by: act, in: transaction)
        if member.hasPostsElsewhere { throw IdentityError.staffElsewhere }
        try disableAccount(account, by: act, in: transaction)
    }

    /// Lets an account be used again.
    public func resume(_ account: Identifier, by act: Act, in transaction: Transaction) throws {
        _ = try manageable(account, by: act, in: transaction)
        let row = try transaction.row(
            "UPDATE identity_account SET disabled_at = NULL WHERE id = ? \(states.account.returning)", account)
        guard let row else { throw IdentityError.accountUnknown }
        try tell(
            AccountResumed(account: account), about: "account", account, state: try states.account.digest(of: row),
            by: act, in: transaction)
    }

    // MARK: Rules

    func requireManager(_ act: Act) throws {
        guard act.actor.holds(Self.manageStaff) else {
            throw act.actor.kind == .anonymous ? Problem.signInRequired : Problem.forbidden
        }
    }

    /// A member of staff whom somebody may change: managed, not above, and not oneself.
    func manageable(_ account: Identifier, by act: Act, in view: Snapshot) throws -> StaffMember {
        let member = try staffMember(account, by: act, in: view)
        if act.actor.account == account { throw IdentityError.staffOneself }
        if member.isAbove, act.actor.kind != .system { throw IdentityError.staffAbove }
        return member
    }

    private func findings(of order: StaffPostOrder, _ known: OrganisationSnapshot, by act: Act) -> [Finding] {
        var findings: [Finding] = []
        let agency = known.agencies[order.agency]
        if agency.map({ $0.validity.contains(act.now.day) && known.belongs(act.actor, to: $0.id) }) != true {
            findings.append(Finding("agency", "identity.staff_agency", "只能安排在本单位或下级单位，请重新选择单位。"))
        }
        if order.roles.isEmpty { findings.append(Finding("roles", "field.required", "请至少选一个角色。")) }
        let grantable = grantableRoles(of: act.actor, known)
        for role in order.roles where !grantable.contains(where: { $0.id == role }) {
            let title = known.roles[role]?.title ?? role
            let names = grantable.map(\.title).joined(separator: "、")
            findings.append(
                Finding(
                    "roles", "identity.staff_role",
                    "您不能授予“\(title)”。" + (names.isEmpty ? "您的角色里没有可以授予的角色，请联系系统管理员。" : "可以授予：\(names)。")))
        }
        if let site = order.site, known.sites[site] == nil {
            findings.append(Finding("site", "identity.staff_site", "没有这个服务场所，请重新选择。"))
        }
        return findings
    }

    private func give(
        _ order: StaffPostOrder, to account: Identifier, from day: LegalDay, by act: Act, in transaction: Transaction
    ) throws {
        try organisation.addPost(
            for: account, at: order.agency, site: order.site, roles: order.roles, days: ValidDays(from: day), by: act,
            in: transaction)
    }
}

/// A post that is to be given.
public struct StaffPostOrder: Sendable, Hashable {
    public let agency: Identifier
    public let site: Identifier?
    public let roles: [String]

    public init(agency: Identifier, site: Identifier? = nil, roles: [String]) {
        self.agency = agency
        self.site = site
        self.roles = roles
    }
}

extension IdentityError {
    static let staffUnknown = IdentityError(
        .staffDenied, 404, "没有找到", "您管理的单位里没有这个人，或没有这个岗位。请回到人员列表核对。")
    static let staffOneself = IdentityError(
        .staffDenied, 403, "不能办理自己的事", "自己的岗位、停用和离岗，请由上级管理员办理。")
    static let staffAbove = IdentityError(
        .staffDenied, 403, "不能变更管理员", "这个人也有管理权限，请由系统管理员办理。")
    static let staffElsewhere = IdentityError(
        .staffDenied, 409, "在别的单位也有岗位", "这个人在您管理的单位之外还有岗位，不能停用整个账号。请只调整本单位的岗位，或联系系统管理员。")
}
