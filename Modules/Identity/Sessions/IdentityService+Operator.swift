public import Extension
import Organisation
public import Standards
public import Storage

extension IdentityService {
    /// Who acts when an operator at the machine names an account (`--as`): no password is asked and no session begun,
    /// since whoever may read the deployment's keys may do everything anyway.
    ///
    /// - Throws: ``IdentityError`` when there is no such account, it is disabled, or it has no post.
    public func actor(
        ofAccount name: LoginName, terminal: Actor.Terminal, at now: Instant
    ) async throws -> Actor {
        try await database.read { try actor(ofAccount: name, terminal: terminal, at: now, in: $0) }
    }

    /// As ``actor(ofAccount:terminal:at:)``, in a view of the database.
    public func actor(
        ofAccount name: LoginName, terminal: Actor.Terminal, at now: Instant, in view: Snapshot
    ) throws -> Actor {
        guard let account = try account(named: name, in: view) else { throw IdentityError.accountUnknown }
        guard account.disabledAt == nil else { throw IdentityError.accountDisabled }
        switch account.kind {
        case .staff:
            guard let post = try organisation.snapshot(in: view).posts(of: account.id, on: now.day).first else {
                throw IdentityError.noPost
            }
            return .staff(
                post, account: account.id, person: account.person, name: account.loginName, terminal: terminal)
        case .person:
            guard let person = account.person else { throw IdentityError.accountUnknown }
            return .person(
                person, account: account.id, name: try record(ofPerson: person, in: view).name.text,
                terminal: terminal)
        }
    }
}
