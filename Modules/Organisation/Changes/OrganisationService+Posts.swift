public import Extension
public import Standards
public import Storage

extension OrganisationService {
    /// Gives an account a post.
    ///
    /// An account that has just this post already on the day keeps it.
    ///
    /// - Parameters:
    ///   - account: whose post.
    ///   - agency: where; it must exist on the first day.
    ///   - division: whose cases it handles; the agency's own when nil.
    ///   - site: where the person sits, if at a site.
    ///   - roles: what it may do.
    ///   - days: when it holds; from today on when nil.
    /// - Returns: the post's identifier.
    /// - Throws: ``OrganisationError``.
    @discardableResult
    public func addPost(
        for account: Identifier, at agency: Identifier, division: String? = nil, site: Identifier? = nil,
        roles: [String], days: ValidDays? = nil, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        try Self.revision.advance(seed: act.seed, in: transaction)
        let organisation = try snapshot(in: transaction)
        let days = days ?? ValidDays(from: act.now.day)
        guard let record = organisation.agencies[agency], record.validity.contains(days.from) else {
            throw OrganisationError.agencyUnknown
        }
        let division = division ?? record.division
        guard organisation.divisions[division] != nil else { throw OrganisationError.divisionUnknown(division) }
        if let site, organisation.sites[site] == nil { throw OrganisationError.siteUnknown }
        for role in roles where organisation.roles[role] == nil {
            throw OrganisationError.roleUnknown(role, among: organisation.roles.keys)
        }
        let roles = Set(roles).sorted()
        let same = organisation.postsByAccount[account]?.first {
            $0.agency == agency && $0.division == division && $0.site == site && $0.roles == roles
                && $0.validity.contains(days.from)
        }
        if let same { return same.id }
        let post = PostRecord(
            id: act.identifier("organisation.post.\(account).\(agency).\(division).\(roles.joined(separator: ","))"),
            account: account, agency: agency, division: division, site: site, roles: roles, validity: days)
        try insert(post, by: act, in: transaction)
        return post.id
    }

    /// Gives an account a post that somebody else had or has, under an identifier of its own.
    ///
    /// - Throws: ``OrganisationError`` when its agency does not exist on its first day.
    public func addPost(_ post: PostRecord, by act: Act, in transaction: Transaction) throws {
        try Self.revision.advance(seed: act.seed, in: transaction)
        guard let agency = try snapshot(in: transaction).agencies[post.agency],
            agency.validity.contains(post.validity.from)
        else { throw OrganisationError.agencyUnknown }
        try insert(post, by: act, in: transaction)
    }

    /// Ends a post; from that day on it gives no rights.
    ///
    /// - Throws: ``OrganisationError`` when there is no such post.
    public func endPost(_ id: Identifier, on day: LegalDay, by act: Act, in transaction: Transaction) throws {
        try Self.revision.advance(seed: act.seed, in: transaction)
        let posts = try snapshot(in: transaction).postsByAccount.values.joined()
        guard let post = posts.first(where: { $0.id == id }) else {
            throw OrganisationError(.postUnknown, status: 404, "没有找到这个岗位，请核对后重试。")
        }
        try end(post, on: day, by: act, in: transaction)
    }

    func insert(_ post: PostRecord, by act: Act, in transaction: Transaction) throws {
        let row = try transaction.row(
            """
            INSERT INTO organisation_post (id, account, agency, division, site, roles, valid_from, valid_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) \(states.post.returning)
            """, post.id, post.account, post.agency, post.division, post.site, StringList.write(post.roles),
            post.validity.from, post.validity.until)
        try events.record(
            [
                PostAdded(
                    post: post.id, account: post.account, agency: post.agency, division: post.division,
                    roles: post.roles)
            ],
            to: Self.stream(post.division, "post", post.id.text),
            state: try row.map { try states.post.digest(of: $0) }, by: act, in: transaction)
    }

    func end(_ post: PostRecord, on day: LegalDay, by act: Act, in transaction: Transaction) throws {
        if let until = post.validity.until, until <= day { return }
        // A post that would end before it began never holds.
        let row = try transaction.row(
            "UPDATE organisation_post SET valid_until = ? WHERE id = ? \(states.post.returning)",
            max(day, post.validity.from), post.id)
        try events.record(
            [PostEnded(post: post.id, account: post.account, day: day)],
            to: Self.stream(post.division, "post", post.id.text),
            state: try row.map { try states.post.digest(of: $0) }, by: act, in: transaction)
    }

    static func stream(_ division: String, _ kind: String, _ id: String) -> StreamID {
        StreamID(division: division, kind: "organisation.\(kind)", id: id)
    }
}
