import Extension
public import Standards
public import Storage

extension IdentityService {
    /// Persons are found by the day of their birth through a keyed blind index; an empty one is nobody's day.
    ///
    /// Persons who were registered before there was an index have none until ``indexBirthDays(limit:in:)`` has passed.
    static let birthDays = Migration(
        "0009-birth-days",
        """
        ALTER TABLE identity_person ADD COLUMN birth_digest BLOB;
        CREATE INDEX identity_person_birth ON identity_person (birth_digest);
        CREATE INDEX identity_person_unindexed ON identity_person (id) WHERE birth_digest IS NULL
        """)

    /// The persons who were born on one of some days, at most so many, by their identifiers.
    ///
    /// It tells only who; whoever opens a profile needs the right to it, and is logged.
    ///
    /// - Parameters:
    ///   - days: days of birth; at most a few hundred.
    ///   - cursor: the last person already seen.
    public func persons(
        bornOn days: [LegalDay], after cursor: Identifier? = nil, limit: Int, in view: Snapshot
    ) throws -> [Identifier] {
        if days.isEmpty { return [] }
        let marks = Array(repeating: "?", count: days.count).joined(separator: ", ")
        return try view.rows(
            "SELECT id FROM identity_person WHERE birth_digest IN (\(marks)) AND id > ? ORDER BY id LIMIT ?",
            arguments: days.map { birthDigest($0).sql } + [.text(cursor?.text ?? ""), limit.sql]
        ).map { try $0.get("id") }
    }

    /// Gives an index to persons who were registered before there was one.
    ///
    /// - Returns: how many were looked at; 0 once all have one.
    func indexBirthDays(limit: Int, in transaction: Transaction) throws -> Int {
        let rows = try transaction.rows(
            "SELECT id FROM identity_person WHERE birth_digest IS NULL ORDER BY id LIMIT ?", limit)
        for row in rows {
            let id: Identifier = try row.get("id")
            // A change meanwhile has set it already, from what it wrote.
            try transaction.execute(
                "UPDATE identity_person SET birth_digest = ? WHERE id = ? AND birth_digest IS NULL",
                birthDigest(try record(ofPerson: id, in: transaction)), id)
        }
        return rows.count
    }

    var birthDayIndexing: Job {
        Job("identity.birth-days", every: .seconds(600)) { [self] _ in
            while try await database.write({ try indexBirthDays(limit: 200, in: $0) }) > 0 {}
        }
    }

    func birthDigest(_ profile: PersonProfile) -> [UInt8] { profile.birthDay.map(birthDigest) ?? [] }

    private func birthDigest(_ day: LegalDay) -> [UInt8] {
        cipher.blindIndex(day.text, purpose: "identity.birth_day")
    }
}
