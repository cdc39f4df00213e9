public import Extension
import Organisation
public import Standards
public import Storage

/// A session as its owner may see it.
public struct SessionInfo: Hashable, Sendable {
    public let id: Identifier
    public let createdAt: Instant
    /// The last use, to the minute.
    public let seenAt: Instant
    public let terminal: Actor.Terminal
    /// When it ends if nobody uses it any more.
    public let endsAt: Instant
}

extension IdentityService {
    /// Who a token stands for.
    ///
    /// Most calls are answered from memory; otherwise the session, its account, its mandate and its post are read. The
    /// use is noted at most once a minute.
    ///
    /// - Throws: ``IdentityError`` with code `identity.session_ended`, `identity.mandate_ended` or `identity.no_post`.
    public func authenticate(token: String, at now: Instant) async throws -> Actor {
        guard let hash = SessionToken(token)?.hash else { throw IdentityError.sessionEnded }
        let entry: SessionCache.Entry
        if let cached = sessions.entry(hash, at: now), now < cached.record.end(settings) {
            entry = cached
        } else {
            entry = try await database.read { view in
                guard
                    let row = try view.row(
                        "SELECT \(SessionRecord.columns) FROM identity_session WHERE token_hash = ?", hash)
                else { throw IdentityError.sessionEnded }
                let record = try SessionRecord(row)
                guard now < record.end(settings) else { throw IdentityError.sessionEnded }
                return SessionCache.Entry(
                    actor: try actor(of: record, at: now, in: view), record: record, loadedAt: now)
            }
            sessions.store(entry, hash)
        }
        if sessions.claimTouch(hash, at: now) {
            let id = entry.record.id
            try await database.write { transaction in
                _ = try transaction.execute(
                    "UPDATE identity_session SET seen_at = ? WHERE id = ? AND seen_at < ?", now, id, now)
            }
        }
        return entry.actor
    }

    /// The sessions of an account that have not ended, newest first.
    ///
    /// - Throws: ``IdentityError`` when the account is not the actor's own and it may not manage accounts.
    public func sessions(of account: Identifier, by act: Act, in view: Snapshot) throws -> [SessionInfo] {
        guard act.actor.account == account || act.actor.holds(Self.manageAccounts) else {
            throw IdentityError.profileDenied
        }
        return try view.rows(
            "SELECT \(SessionRecord.columns) FROM identity_session WHERE account = ? ORDER BY created_at DESC, id DESC",
            account
        ).map { try SessionRecord($0) }
            .filter { act.now < $0.end(settings) }
            .map {
                SessionInfo(
                    id: $0.id, createdAt: $0.createdAt, seenAt: $0.seenAt, terminal: $0.terminal,
                    endsAt: $0.end(settings))
            }
    }

    /// Ends a session: signing out, or revoking another one of one's own account.
    ///
    /// - Throws: ``IdentityError`` with code `identity.session_ended` when there is none such of the actor's account.
    public func endSession(_ id: Identifier, by act: Act, in transaction: Transaction) throws {
        let isManager = act.actor.holds(Self.manageAccounts)
        let row = try transaction.row("SELECT account FROM identity_session WHERE id = ?", id)
        guard let owner = try row?.get("account", as: Identifier.self), isManager || owner == act.actor.account else {
            throw IdentityError.sessionEnded
        }
        try endSessions("id = ?", [id.sql], by: act, in: transaction)
    }

    /// As ``endSession(_:by:in:)``; on this server the session has ended when it returns, on others within seconds.
    public func endSession(_ id: Identifier, by act: Act) async throws {
        try await database.write { try endSession(id, by: act, in: $0) }
        sessions.forget(ids: [id])
    }

    /// Signs out whoever holds a token; a token without a session is no fault.
    public func signOut(token: String, by act: Act) async throws {
        sessions.forget(ids: try await database.write { try end(token: token, by: act, in: $0) })
    }

    func end(token: String, by act: Act, in transaction: Transaction) throws -> [Identifier] {
        guard let hash = SessionToken(token)?.hash else { return [] }
        return try endSessions("token_hash = ?", [hash.sql], by: act, in: transaction)
    }

    /// Ends all sessions that meet a condition of ours, and drops them from this server's memory.
    @discardableResult
    func endSessions(
        _ condition: String, _ arguments: [SQLValue], by act: Act, in transaction: Transaction
    ) throws -> [Identifier] {
        let ended = try transaction.rows(
            "SELECT id, account FROM identity_session WHERE \(condition)", arguments: arguments)
        var ids: [Identifier] = []
        for row in ended {
            let id: Identifier = try row.get("id")
            let account: Identifier = try row.get("account")
            try transaction.execute("DELETE FROM identity_session WHERE id = ?", id)
            try tell(SessionEnded(session: id, account: account), about: "account", account, by: act, in: transaction)
            ids.append(id)
        }
        sessions.forget(ids: ids)
        return ids
    }

    func openSession(
        for account: Account, post: StaffPost?, terminal: Actor.Terminal, isElder: Bool, isStrong: Bool, by act: Act,
        in transaction: Transaction
    ) throws -> (record: SessionRecord, token: SessionToken) {
        let token = SessionToken(bytes: act.seed.bytes("identity.session.token", count: 32))
        var record = SessionRecord(
            id: act.identifier("identity.session"), account: account.id, createdAt: act.now, terminal: terminal,
            isElder: isElder, post: post?.id)
        record.isStrong = isStrong
        try transaction.execute(
            """
            INSERT INTO identity_session
                (id, token_hash, account, created_at, seen_at, terminal, is_elder, party, mandate, post, is_strong)
            VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)
            """, record.id, token.hash, record.account, record.createdAt, record.seenAt, terminal.rawValue, isElder,
            record.post, isStrong)
        return (record, token)
    }
}
