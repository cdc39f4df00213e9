public import Extension
public import Standards
public import Storage

/// An agency to be founded.
public struct NewAgency: Sendable, Hashable {
    public var name: String
    public var department: String
    public var creditCode: String?

    public init(name: String, department: String, creditCode: String? = nil) {
        self.name = name
        self.department = department
        self.creditCode = creditCode
    }
}

extension OrganisationService {
    /// Gives an agency a new name from a day on; documents of earlier days keep the old one.
    ///
    /// - Throws: ``OrganisationError`` when there is no such agency on the day, or its present name began later.
    public func rename(
        _ agency: Identifier, to name: String, from day: LegalDay, by act: Act, in transaction: Transaction
    ) throws {
        try Self.revision.advance(seed: act.seed, in: transaction)
        let record = try existing(agency, on: day, in: transaction)
        let old = record.name(on: day)
        if old == name { return }
        guard let last = record.names.last, last.validity.from <= day else {
            throw OrganisationError(.dayMisplaced, "这个单位已有更晚生效的名称，请选择更晚的日期。")
        }
        if last.validity.from == day {
            try transaction.execute(
                "UPDATE organisation_agency_name SET name = ? WHERE agency = ? AND valid_from = ?", name, agency, day)
        } else {
            try transaction.execute(
                "UPDATE organisation_agency_name SET valid_until = ? WHERE agency = ? AND valid_until IS NULL", day,
                agency)
            try insert(name: name, of: agency, from: day, in: transaction)
        }
        try events.record(
            [AgencyRenamed(agency: agency, oldName: old, newName: name, day: day)],
            to: Self.stream(record.division, "agency", agency.text), by: act, in: transaction)
    }

    /// Merges agencies of one division into a new one (机构合并); the posts of the old ones go on in the new one.
    ///
    /// - Returns: the new agency's identifier.
    /// - Throws: ``OrganisationError`` when one does not exist on the day, there are fewer than two, or they belong to
    ///   several divisions.
    public func merge(
        _ agencies: [Identifier], into new: NewAgency, on day: LegalDay, by act: Act, in transaction: Transaction
    ) throws -> Identifier {
        try Self.revision.advance(seed: act.seed, in: transaction)
        let records = try agencies.map { try existing($0, on: day, in: transaction) }
        guard Set(agencies).count == agencies.count, records.count >= 2, let first = records.first,
            records.allSatisfy({ $0.division == first.division })
        else {
            throw OrganisationError(.successionMalformed, "合并至少要有同一区划的两个不同单位，请核对后重试。")
        }
        let successor = try found(
            new, label: "merger.\(agencies.map(\.text).joined(separator: "."))", division: first.division,
            parent: first.parent, from: day, by: act, in: transaction)
        for record in records {
            try close(record, for: [successor], kind: .merger, on: day, in: transaction)
            try move(postsOf: record.id, on: day, by: act, in: transaction) { _ in successor }
        }
        try events.record(
            [AgenciesMerged(agencies: agencies, successor: successor, day: day)],
            to: Self.stream(first.division, "agency", successor.text), by: act, in: transaction)
        return successor
    }

    /// Splits an agency into new ones (机构拆分). Each post goes on where `posts` sends it; the others end.
    ///
    /// - Parameters:
    ///   - agency: the agency that ends.
    ///   - parts: the new agencies, at least two.
    ///   - posts: by the post's identifier the number of the part that takes it over.
    ///   - day: the first day of the new ones.
    /// - Returns: the new agencies' identifiers in the order of `parts`.
    /// - Throws: ``OrganisationError``.
    public func split(
        _ agency: Identifier, into parts: [NewAgency], posts: [Identifier: Int] = [:], on day: LegalDay, by act: Act,
        in transaction: Transaction
    ) throws -> [Identifier] {
        try Self.revision.advance(seed: act.seed, in: transaction)
        let record = try existing(agency, on: day, in: transaction)
        guard parts.count >= 2, posts.values.allSatisfy(parts.indices.contains) else {
            throw OrganisationError(.successionMalformed, "拆分至少要分为两个单位，岗位也只能归入其中之一，请核对后重试。")
        }
        let successors = try parts.enumerated().map { number, part in
            try found(
                part, label: "split.\(agency).\(number)", division: record.division, parent: record.parent, from: day,
                by: act, in: transaction)
        }
        try close(record, for: successors, kind: .split, on: day, in: transaction)
        try move(postsOf: agency, on: day, by: act, in: transaction) { post in posts[post].map { successors[$0] } }
        try events.record(
            [AgencySplit(agency: agency, successors: successors, day: day)],
            to: Self.stream(record.division, "agency", agency.text), by: act, in: transaction)
        return successors
    }
}

extension OrganisationService {
    func existing(_ agency: Identifier, on day: LegalDay, in transaction: Transaction) throws -> Agency {
        let record = try snapshot(in: transaction).agencies[agency]
        guard let record, record.validity.contains(day) else { throw OrganisationError.agencyUnknown }
        return record
    }

    func insert(name: String, of agency: Identifier, from day: LegalDay, in transaction: Transaction) throws {
        try transaction.execute(
            "INSERT INTO organisation_agency_name (agency, valid_from, valid_until, name) VALUES (?, ?, NULL, ?)",
            agency, day, name)
    }

    func insert(_ agency: Agency, name: String, by act: Act, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO organisation_agency
                (id, layout_key, credit_code, department, division, parent, valid_from, valid_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, agency.id, agency.key, agency.creditCode, agency.department, agency.division, agency.parent,
            agency.validity.from, agency.validity.until)
        try insert(name: name, of: agency.id, from: agency.validity.from, in: transaction)
        try events.record(
            [AgencyAdded(agency: agency.id, department: agency.department, division: agency.division)],
            to: Self.stream(agency.division, "agency", agency.id.text), by: act, in: transaction)
    }

    private func found(
        _ new: NewAgency, label: String, division: String, parent: Identifier?, from day: LegalDay, by act: Act,
        in transaction: Transaction
    ) throws -> Identifier {
        let agency = Agency(
            id: act.identifier("organisation.agency.\(label)"), key: nil, creditCode: new.creditCode,
            department: new.department, division: division, parent: parent, validity: ValidDays(from: day), names: [])
        try insert(agency, name: new.name, by: act, in: transaction)
        return agency.id
    }

    private func close(
        _ agency: Agency, for successors: [Identifier], kind: SuccessionKind, on day: LegalDay,
        in transaction: Transaction
    ) throws {
        try transaction.execute("UPDATE organisation_agency SET valid_until = ? WHERE id = ?", day, agency.id)
        try transaction.execute(
            "UPDATE organisation_agency_name SET valid_until = ? WHERE agency = ? AND valid_until IS NULL", day,
            agency.id)
        for successor in successors {
            try transaction.execute(
                "INSERT INTO organisation_succession (predecessor, successor, day, kind) VALUES (?, ?, ?, ?)",
                agency.id, successor, day, kind.rawValue)
        }
    }

    /// Ends the posts that go beyond a day and lets each begin again where `successor` says.
    private func move(
        postsOf agency: Identifier, on day: LegalDay, by act: Act, in transaction: Transaction,
        to successor: (Identifier) -> Identifier?
    ) throws {
        let posts = try snapshot(in: transaction).postsByAccount.values.joined()
            .filter { $0.agency == agency && $0.validity.until.map { day < $0 } ?? true }
            .sorted { $0.id < $1.id }
        for post in posts {
            try end(post, on: day, by: act, in: transaction)
            guard let next = successor(post.id) else { continue }
            let moved = PostRecord(
                id: act.identifier("organisation.post.moved.\(post.id)"), account: post.account, agency: next,
                division: post.division, site: post.site, roles: post.roles,
                validity: ValidDays(from: max(day, post.validity.from), until: post.validity.until))
            try insert(moved, by: act, in: transaction)
        }
    }
}
