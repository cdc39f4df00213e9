public import Extension
import Organisation
public import Standards
public import Storage

extension IdentityService {
    static let leave = Migration(
        "0003-leave",
        """
        CREATE TABLE identity_leave (
            id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES identity_account (id),
            stand_in TEXT NOT NULL REFERENCES identity_account (id), from_day BIGINT NOT NULL, until_day BIGINT NOT NULL,
            posts TEXT NOT NULL, set_by TEXT NOT NULL, set_at BIGINT NOT NULL);
        CREATE INDEX identity_leave_days ON identity_leave (until_day, from_day);
        CREATE INDEX identity_leave_account ON identity_leave (account, until_day)
        """)

    /// The leaves that have not ended before a day, by their first days.
    public func leaves(until day: LegalDay, in view: Snapshot) throws -> [StaffLeave] {
        try view.rows("SELECT * FROM identity_leave WHERE until_day >= ? ORDER BY from_day, id", day)
            .map(StaffLeave.init)
    }

    /// The accounts of staff that nobody should count on on a day: on leave, or suspended.
    public func absentStaff(on day: LegalDay, in view: Snapshot) throws -> Set<Identifier> {
        let away = try view.rows(
            "SELECT account FROM identity_leave WHERE from_day <= ? AND until_day >= ?", day, day
        ).map { try $0.get("account", as: Identifier.self) }
        let suspended = try view.rows(
            "SELECT id FROM identity_account WHERE kind = 'staff' AND disabled_at IS NOT NULL"
        ).map { try $0.get("id", as: Identifier.self) }
        return Set(away + suspended)
    }

    /// Puts a member of staff on leave; the stand-in has its posts for these days, and decides in its own name.
    ///
    /// - Parameters:
    ///   - days: the first and the last day of absence.
    ///   - standIn: a colleague who is there on all of them.
    /// - Throws: ``IdentityError`` with everything that is wrong at once.
    public func setLeave(
        of account: Identifier, days: ClosedRange<LegalDay>, standIn: Identifier, by act: Act,
        in transaction: Transaction
    ) throws {
        let member = try manageable(account, by: act, in: transaction)
        var findings = try standInFindings(
            standIn, for: account, from: days.lowerBound, until: days.upperBound, field: "standIn", by: act,
            in: transaction)
        if days.upperBound < act.now.day {
            findings.append(Finding("until", "identity.leave_past", "这段时间已经过去，请填写今天以后的日期。"))
        }
        if try overlaps(account, days, in: transaction) {
            findings.append(Finding("from", "identity.leave_overlap", "这段时间与已经登记的请假重叠，请先销假或改日期。"))
        }
        if !findings.isEmpty { throw IdentityError.invalid(findings) }
        let given = try hand(
            member.posts, to: standIn,
            days: ValidDays(from: max(days.lowerBound, act.now.day), until: days.upperBound.adding(days: 1)),
            by: act, in: transaction)
        try transaction.execute(
            """
            INSERT INTO identity_leave (id, account, stand_in, from_day, until_day, posts, set_by, set_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, act.identifier("identity.leave.\(account)"), account, standIn, days.lowerBound, days.upperBound,
            given.map(\.text).joined(separator: ","), act.actor.journalName, act.now)
        try tell(
            StaffLeaveSet(account: account, standIn: standIn, from: days.lowerBound, until: days.upperBound),
            about: "staff", account, by: act, in: transaction)
    }

    /// Ends a leave today: the member of staff is back, and the stand-in gives the posts back.
    public func endLeave(of account: Identifier, by act: Act, in transaction: Transaction) throws {
        _ = try manageable(account, by: act, in: transaction)
        let today = act.now.day
        let rows = try transaction.rows(
            "SELECT * FROM identity_leave WHERE account = ? AND until_day >= ?", account, today)
        if rows.isEmpty { throw IdentityError.staffNotOnLeave }
        for row in rows {
            for post in (try row.get("posts", as: String.self)).split(separator: ",") {
                try organisation.endPost(try Identifier(String(post)), on: today, by: act, in: transaction)
            }
            try transaction.execute(
                "UPDATE identity_leave SET until_day = ? WHERE id = ?", today.adding(days: -1),
                try row.get("id", as: Identifier.self))
        }
        try tell(
            StaffLeaveEnded(account: account, day: today), about: "staff", account, by: act, in: transaction)
    }

    // MARK: What leave and departure share

    /// Why somebody can't stand in for another; empty when all is well.
    func standInFindings(
        _ standIn: Identifier, for account: Identifier, from: LegalDay, until: LegalDay, field: String, by act: Act,
        in view: Snapshot
    ) throws -> [Finding] {
        if standIn == account { return [Finding(field, "identity.stand_in", "请选另外一位同事。")] }
        guard let colleague = try staff(by: act, in: view).first(where: { $0.account == standIn }),
            !colleague.isSuspended
        else { return [Finding(field, "identity.stand_in", "请选本单位或下级单位在岗的同事。")] }
        if try overlaps(standIn, from...until, in: view) {
            return [Finding(field, "identity.stand_in_absent", "“\(colleague.name)”这段时间也请了假，请选别的同事。")]
        }
        // Its own posts must last; those that it has as a stand-in end with the leave for which it stands in.
        let lasts = colleague.posts.contains { post in
            post.validity.from <= from && (post.validity.until.map { until < $0 } ?? true)
        }
        return lasts ? [] : [Finding(field, "identity.stand_in_absent", "“\(colleague.name)”的岗位到不了这段时间，请选别的同事。")]
    }

    private func overlaps(_ account: Identifier, _ days: ClosedRange<LegalDay>, in view: Snapshot) throws -> Bool {
        try view.row(
            "SELECT id FROM identity_leave WHERE account = ? AND from_day <= ? AND until_day >= ? LIMIT 1", account,
            days.upperBound, days.lowerBound) != nil
    }

    /// Gives a colleague the posts of another for some days, as far as it has not the same already; rights over people
    /// are not passed on.
    ///
    /// - Returns: the posts that it got.
    func hand(
        _ posts: [PostRecord], to colleague: Identifier, days: ValidDays, by act: Act, in transaction: Transaction
    ) throws -> [Identifier] {
        var given: [Identifier] = []
        for post in posts {
            let known = try organisation.snapshot(in: transaction)
            let from = max(days.from, post.validity.from)
            let until = [days.until, post.validity.until].compactMap(\.self).min()
            if let until, until <= from { continue }
            let roles = post.roles.filter { known.roles[$0].map { !Self.outranks($0) } ?? false }
            if roles.isEmpty { continue }
            let has = known.currentPosts(of: colleague, on: from).contains { own in
                own.agency == post.agency && own.division == post.division && Set(roles).isSubset(of: own.roles)
                    && own.validity.from <= from
                    && (own.validity.until.map { end in until.map { $0 <= end } ?? false } ?? true)
            }
            if has { continue }
            // Roles by which a colleague would get a post of the same name and other days are one more post.
            let id = act.seed.derived("\(post.id).\(from.ordinal)").identifier(
                "identity.stand-in.\(colleague)", at: act.now)
            try organisation.addPost(
                PostRecord(
                    id: id, account: colleague, agency: post.agency, division: post.division, site: post.site,
                    roles: roles.sorted(), validity: ValidDays(from: from, until: until)), by: act, in: transaction)
            given.append(id)
        }
        return given
    }
}

extension IdentityError {
    static let staffNotOnLeave = IdentityError(.staffDenied, 409, "没有请假", "这个人现在没有登记的请假，不需要销假。")
}
