public import Extension
public import Standards
public import Storage

extension OrganisationSnapshot {
    /// The posts of an account that are in force on a day, with the permissions of all their roles.
    ///
    /// A post counts only while its agency exists.
    public func posts(of account: Identifier, on day: LegalDay) -> [StaffPost] {
        (postsByAccount[account] ?? []).compactMap { staffPost($0, on: day) }
    }

    /// The posts of an account that are in force on a day or begin later, by their first days.
    public func currentPosts(of account: Identifier, on day: LegalDay) -> [PostRecord] {
        (postsByAccount[account] ?? []).filter { post in
            post.validity.until.map { day < $0 && post.validity.from < $0 } ?? true
        }.sorted { ($0.validity.from, $0.id) < ($1.validity.from, $1.id) }
    }

    /// The accounts that hold a permission on a day, by agency and by the division whose cases they handle.
    public func holders(of permission: Permission, on day: LegalDay) -> [StaffPlace: Set<Identifier>] {
        var found: [StaffPlace: Set<Identifier>] = [:]
        for account in postsByAccount.keys {
            for post in posts(of: account, on: day) where post.permissions.contains(permission.id) {
                found[StaffPlace(agency: post.agency, division: post.division), default: []].insert(account)
            }
        }
        return found
    }

    /// Whether a member of staff may handle what belongs to a division: the post's own or one below it.
    ///
    /// The system may handle everything.
    public func mayHandle(_ actor: Actor, division: String) -> Bool {
        if actor.kind == .system { return true }
        guard let post = actor.post else { return false }
        return isWithin(division, post.division)
    }

    /// Whether a member of staff stands in an agency, or in one that leads it, and handles its division.
    ///
    /// The system stands everywhere.
    public func belongs(_ actor: Actor, to agency: Identifier) -> Bool {
        if actor.kind == .system { return true }
        guard let post = actor.post, let record = agencies[agency], isWithin(record.division, post.division) else {
            return false
        }
        var seen: Set<Identifier> = []
        var next: Identifier? = agency
        while let id = next, seen.insert(id).inserted {
            if id == post.agency { return true }
            next = agencies[id]?.parent
        }
        return false
    }

    private func staffPost(_ post: PostRecord, on day: LegalDay) -> StaffPost? {
        guard post.validity.contains(day), let agency = agencies[post.agency], agency.validity.contains(day) else {
            return nil
        }
        let permissions = post.roles.reduce(into: Set<String>()) { $0.formUnion(roles[$1]?.permissions ?? []) }
        return StaffPost(
            id: post.id, agency: agency.id, agencyName: agency.name(on: day), division: post.division, site: post.site,
            permissions: permissions)
    }
}

/// Where staff stand: in an agency, for the cases of a division.
public struct StaffPlace: Hashable, Sendable {
    public let agency: Identifier
    public let division: String

    public init(agency: Identifier, division: String) {
        self.agency = agency
        self.division = division
    }
}
