public import Extension
import Organisation
import Standards
public import Storage

/// In whose name, or at which post, a session is to act.
public enum ActingChoice: Hashable, Sendable {
    /// The person itself (为本人办理).
    case myself
    /// An enterprise, by a mandate of the person's for it; by the widest one when none is named.
    case enterprise(Identifier, mandate: Identifier? = nil)
    /// An enterprise or another person, by this mandate or grant.
    case mandate(Identifier)
    /// Another post of the member of staff.
    case post(Identifier)
}

extension IdentityService {
    /// Switches the actor's session to another party or post. The session gets a new token; the old one is void.
    ///
    /// - Throws: ``IdentityError`` with code `identity.not_agent`, `identity.no_post` or `identity.session_ended`.
    public func switchActing(to choice: ActingChoice, by act: Act, in transaction: Transaction) throws -> SignedIn {
        guard let session = act.actor.session,
            let row = try transaction.row("SELECT \(SessionRecord.columns) FROM identity_session WHERE id = ?", session)
        else { throw IdentityError.sessionEnded }
        // Whoever stands at a window acts for itself; an enterprise's agent signs in.
        guard act.actor.assistant == nil else { throw IdentityError.notAgent }
        var record = try SessionRecord(row)
        (record.party, record.mandate, record.assisted) = (nil, nil, nil)
        switch choice {
        case .myself: break
        case .enterprise(let enterprise, let wanted):
            let mandate = try ownMandate(act, in: transaction) {
                $0.enterprise == enterprise && (wanted == nil || $0.id == wanted)
            }
            (record.party, record.mandate) = (mandate.enterprise, mandate.id)
        case .mandate(let wanted):
            if let grant = try ownGrant(wanted, act, in: transaction) {
                (record.assisted, record.mandate) = (grant.principal, grant.id)
            } else {
                let mandate = try ownMandate(act, in: transaction) { $0.id == wanted }
                (record.party, record.mandate) = (mandate.enterprise, mandate.id)
            }
        case .post(let post):
            let posts = try organisation.snapshot(in: transaction).posts(of: record.account, on: act.now.day)
            guard act.actor.kind == .staff, posts.contains(where: { $0.id == post }) else { throw IdentityError.noPost }
            record.post = post
        }
        try transaction.execute(
            "UPDATE identity_session SET party = ?, mandate = ?, post = ?, assisted = ? WHERE id = ?", record.party,
            record.mandate, record.post, record.assisted, record.id)
        try tell(
            ActingChanged(
                session: record.id, party: record.party ?? record.assisted, mandate: record.mandate, post: record.post),
            about: "account", record.account, by: act, in: transaction)
        return try renewToken(of: record.id, by: act, in: transaction)
    }

    private func ownMandate(
        _ act: Act, in view: Snapshot, where isWanted: (Mandate) -> Bool
    ) throws -> Mandate {
        guard act.actor.kind == .person, let person = act.actor.ownPerson,
            let mandate = try mandates(of: person, at: act.now, in: view).first(where: isWanted)
        else { throw IdentityError.notAgent }
        return mandate
    }

    /// A grant in force by which the person who signed in acts for another; nil when it is none.
    private func ownGrant(_ id: Identifier, _ act: Act, in view: Snapshot) throws -> HelperGrant? {
        guard act.actor.kind == .person, let person = act.actor.ownPerson,
            let grant = try helperGrant(id, in: view), grant.helper == person, grant.isInForce(at: act.now)
        else { return nil }
        return grant
    }

    /// Gives a session another token; the old one is void.
    func renewToken(of session: Identifier, by act: Act, in transaction: Transaction) throws -> SignedIn {
        let token = SessionToken(bytes: act.seed.bytes("identity.session.token", count: 32))
        try transaction.execute("UPDATE identity_session SET token_hash = ? WHERE id = ?", token.hash, session)
        guard
            let row = try transaction.row("SELECT \(SessionRecord.columns) FROM identity_session WHERE id = ?", session)
        else { throw IdentityError.sessionEnded }
        sessions.forget(ids: [session])
        return SignedIn(
            token: token.text, device: nil,
            actor: try actor(of: try SessionRecord(row), at: act.now, in: transaction), mustChangePassword: false)
    }

    /// As ``switchActing(to:by:in:)``, with refusals logged; on this server the old token is void when it returns.
    public func switchActing(to choice: ActingChoice, by act: Act) async throws -> SignedIn {
        guard let session = act.actor.session else { throw IdentityError.sessionEnded }
        let signedIn = try await writing(about: session, by: act) { try switchActing(to: choice, by: act, in: $0) }
        sessions.forget(ids: [session])
        return signedIn
    }
}
