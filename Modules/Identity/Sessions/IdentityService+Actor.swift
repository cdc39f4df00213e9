import Extension
import Organisation
import Standards
import Storage

extension IdentityService {
    /// Who a session stands for on a day: its account, mandate and post as they are now.
    func actor(of session: SessionRecord, at now: Instant, in view: Snapshot) throws -> Actor {
        guard
            let row = try view.row(
                "SELECT \(Account.columns), staff_name FROM identity_account WHERE id = ?", session.account)
        else { throw IdentityError.sessionEnded }
        let account = try Account(row)
        guard account.disabledAt == nil else { throw IdentityError.accountDisabled }
        switch account.kind {
        case .staff:
            let posts = try organisation.snapshot(in: view).posts(of: account.id, on: now.day)
            guard let found = posts.first(where: { $0.id == session.post }) else { throw IdentityError.noPost }
            // The rights of a role that demands a second factor rest until one was given.
            let isWeak = try !session.isStrong && demandsSecondFactor(account.id, at: now, in: view)
            let post = isWeak ? found.withoutRights : found
            let sealed: [UInt8]? = try row.get("staff_name")
            if let person = session.assisted, post.permissions.contains(Self.assist.id) {
                try requireMandate(of: session, for: person, at: now, in: view)
                let organisation = try session.party.map { try record(ofEnterprise: $0, in: view).name }
                return .assisted(
                    person, by: Assistant(account: account.id, post: post), party: session.party,
                    mandate: session.mandate, session: session.id,
                    name: try record(ofPerson: person, in: view).name.text + (organisation.map { "（\($0)）" } ?? ""))
            }
            let name: PersonName? = try sealed.map { try open($0, .staffName, account.id) }
            return .staff(
                post, account: account.id, person: account.person, session: session.id,
                name: name?.text ?? account.loginName, terminal: session.terminal)
        case .person:
            guard let person = account.person else { throw IdentityError.sessionEnded }
            if let principal = session.assisted {
                return try helped(principal, by: person, in: session, at: now, view)
            }
            try requireMandate(of: session, for: person, at: now, in: view)
            return .person(
                person, account: account.id, party: session.party, mandate: session.mandate, session: session.id,
                name: try record(ofPerson: person, in: view).name.text, terminal: session.terminal)
        }
    }

    /// The person in whose name a session acts by a grant that is in force.
    private func helped(
        _ principal: Identifier, by helper: Identifier, in session: SessionRecord, at now: Instant, _ view: Snapshot
    ) throws -> Actor {
        guard let id = session.mandate, let grant = try helperGrant(id, in: view), grant.helper == helper,
            grant.principal == principal, grant.isInForce(at: now)
        else { throw IdentityError.mandateEnded }
        let names = try (
            principal: record(ofPerson: principal, in: view).name.text,
            helper: record(ofPerson: helper, in: view).name.text
        )
        return .helped(
            principal, by: Helper(person: helper, grant: grant.id, scope: grant.scope), account: session.account,
            session: session.id, name: "\(names.principal)（\(names.helper)代办）", terminal: session.terminal)
    }

    /// Makes sure that the mandate by which a session acts for an enterprise is in force.
    private func requireMandate(of session: SessionRecord, for person: Identifier, at now: Instant, in view: Snapshot)
        throws
    {
        guard let party = session.party else { return }
        let mandate = try session.mandate.flatMap { try self.mandate($0, in: view) }
        guard let mandate, mandate.person == person, mandate.enterprise == party, mandate.isInForce(at: now)
        else { throw IdentityError.mandateEnded }
    }
}

extension StaffPost {
    /// The same post, at which nothing may be done.
    fileprivate var withoutRights: StaffPost {
        StaffPost(id: id, agency: agency, agencyName: agencyName, division: division, site: site, permissions: [])
    }
}
