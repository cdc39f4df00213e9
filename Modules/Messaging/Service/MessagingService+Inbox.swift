public import Extension
public import Storage

extension MessagingService {
    /// The notices of the acting party, newest first.
    public func inbox(before cursor: String? = nil, limit: Int = 20, by act: Act) async throws -> CursorPage<
        MessageView
    > {
        guard let party = Self.reader(act.actor) else { throw MessagingError.forbidden }
        if let cursor { _ = try Identifier(cursor) }
        let notices = try await database.read {
            try store.inbox(of: party, before: cursor, limit: limit + 1, in: $0)
        }
        return CursorPage(notices.map { MessageView($0, deliveries: []) }, limit: limit, cursor: \.id)
    }

    /// How many notices the reader has not opened; counted up to 100, so that no page costs more.
    public func unread(by actor: Actor) async throws -> Int {
        guard let party = Self.reader(actor) else { return 0 }
        return try await database.read { try store.unread(of: party, limit: 100, in: $0) }
    }

    /// Opens a notice. The first opening is recorded with its time, which proves that the notice was received.
    ///
    /// - Throws: ``MessagingError`` `not_found`, also for what is another's.
    public func open(_ id: Identifier, by act: Act) async throws -> MessageView {
        let seen = try await database.read { try own(id, by: act, in: $0) }
        if seen.notice.readAt != nil { return MessageView(seen.notice, deliveries: seen.deliveries) }
        return try await database.write { try read(id, by: act, in: $0) }
    }

    /// As ``open(_:by:)``, in the caller's transaction.
    public func read(_ id: Identifier, by act: Act, in transaction: Transaction) throws -> MessageView {
        var seen = try own(id, by: act, in: transaction)
        if try store.markRead(id, at: act.now, in: transaction) {
            try tell(
                [MessageRead(notice: id, subject: seen.notice.subject)], about: seen.notice, by: act, in: transaction)
            seen.notice.readAt = act.now
            if let paper = seen.notice.content.paper, let person = act.actor.person,
                try contacts.preference(of: person, in: transaction).electronicSince != nil
            {
                try legalPapers.received(paper, by: act, in: transaction)
            }
        }
        return MessageView(seen.notice, deliveries: seen.deliveries)
    }

    /// The notices about one thing, for whoever may see that thing; the caller has asked that already.
    public func history(of subject: Identifier, in snapshot: Snapshot) throws -> [MessageView] {
        try store.notices(about: subject.text, in: snapshot).map {
            MessageView($0, deliveries: try store.deliveries(of: $0.id, in: snapshot))
        }
    }

    private func own(
        _ id: Identifier, by act: Act, in snapshot: Snapshot
    ) throws -> (notice: Notice, deliveries: [Delivery]) {
        guard let notice = try store.notice(id, in: snapshot), notice.weight != .instant,
            notice.recipient.party == Self.reader(act.actor)
        else { throw MessagingError.notFound }
        return (notice, try store.deliveries(of: id, in: snapshot))
    }

    /// Whose inbox an actor reads: a person its own, and who acts for an enterprise the enterprise's. Who works the
    /// system for somebody at a window reads none.
    private static func reader(_ actor: Actor) -> Identifier? {
        actor.actsInPerson ? actor.party : nil
    }
}
