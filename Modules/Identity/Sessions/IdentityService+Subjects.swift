public import Extension
import Organisation
public import Standards
public import Storage

/// Who holds an account, as far as other services may tell others about it.
public struct AccountSubject: Sendable, Hashable {
    /// A post with the identifiers of its roles.
    public struct Post: Sendable, Hashable {
        public let post: StaffPost
        public let roles: [String]
    }

    public let account: Identifier
    public let kind: Account.Kind
    public let loginName: String
    /// The name that people know it by.
    public let name: String
    /// The registered person behind it; nil for staff that is not registered as one.
    public let profile: PersonProfile?
    /// The posts in force, for staff.
    public let posts: [Post]
}

extension IdentityService {
    /// Who holds an account that may sign in at that moment; nil when it is unknown, disabled, or of staff without a post.
    ///
    /// Nobody is asked whether the caller may know it: that is the caller's to settle, by consent.
    public func subject(of account: Identifier, at now: Instant, in view: Snapshot) throws -> AccountSubject? {
        guard
            let row = try view.row("SELECT \(Account.columns), staff_name FROM identity_account WHERE id = ?", account)
        else { return nil }
        let found = try Account(row)
        guard found.disabledAt == nil else { return nil }
        let profile = try found.person.map { try record(ofPerson: $0, in: view) }
        switch found.kind {
        case .person:
            guard let profile else { return nil }
            return AccountSubject(
                account: account, kind: .person, loginName: found.loginName, name: profile.name.text, profile: profile,
                posts: [])
        case .staff:
            let known = try organisation.snapshot(in: view)
            let roles = Dictionary(
                (known.postsByAccount[account] ?? []).map { ($0.id, $0.roles) }, uniquingKeysWith: { $1 })
            let posts = known.posts(of: account, on: now.day).map {
                AccountSubject.Post(post: $0, roles: Array(roles[$0.id] ?? []).sorted())
            }
            if posts.isEmpty { return nil }
            let sealed: [UInt8]? = try row.get("staff_name")
            let name: PersonName? = try sealed.map { try open($0, .staffName, account) }
            return AccountSubject(
                account: account, kind: .staff, loginName: found.loginName, name: name?.text ?? found.loginName,
                profile: profile, posts: posts)
        }
    }

    /// When a session began by signing in; nil when it has ended.
    public func start(ofSession session: Identifier, at now: Instant, in view: Snapshot) throws -> Instant? {
        let row = try view.row("SELECT \(SessionRecord.columns) FROM identity_session WHERE id = ?", session)
        guard let record = try row.map({ try SessionRecord($0) }), now < record.end(settings) else { return nil }
        return record.createdAt
    }
}
