public import Extension
import Organisation
public import Standards
public import Storage

extension IdentityService {
    /// Who acts when an operator at the machine names an account (`--as`): no password is asked and no session begun,
    /// since whoever may read the deployment's keys may do everything anyway.
    ///
    /// - Parameters:
    ///   - name: the account.
    ///   - post: one of a member of staff's posts, by its identifier or its agency's name; the first when nil.
    ///   - terminal: from where it acts.
    ///   - now: the moment.
    /// - Throws: ``IdentityError`` when there is no such account, it is disabled, or it has no such post.
    public func actor(
        ofAccount name: LoginName, post: String? = nil, terminal: Actor.Terminal, at now: Instant
    ) async throws -> Actor {
        try await database.read { try actor(ofAccount: name, post: post, terminal: terminal, at: now, in: $0) }
    }

    /// As ``actor(ofAccount:post:terminal:at:)``, in a view of the database.
    public func actor(
        ofAccount name: LoginName, post wanted: String? = nil, terminal: Actor.Terminal, at now: Instant,
        in view: Snapshot
    ) throws -> Actor {
        guard let account = try account(named: name, in: view) else { throw IdentityError.accountUnknown }
        guard account.disabledAt == nil else { throw IdentityError.accountDisabled }
        switch account.kind {
        case .staff:
            let posts = try organisation.snapshot(in: view).posts(of: account.id, on: now.day)
            guard let first = posts.first else { throw IdentityError.noPost }
            let found = wanted.map { wanted in posts.filter { $0.id.text == wanted || $0.agencyName == wanted } }
            guard let post = found == nil ? first : found?.first, found == nil || found?.count == 1 else {
                throw IdentityError.postChoice(among: posts)
            }
            return .staff(
                post, account: account.id, person: account.person,
                name: try staffNames(of: [account.id], in: view)[account.id] ?? account.loginName, terminal: terminal)
        case .person:
            guard wanted == nil else { throw IdentityError.noPost }
            guard let person = account.person else { throw IdentityError.accountUnknown }
            return .person(
                person, account: account.id, name: try record(ofPerson: person, in: view).name.text,
                terminal: terminal)
        }
    }
}
