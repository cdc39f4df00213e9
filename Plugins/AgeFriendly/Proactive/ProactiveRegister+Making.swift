import PluginKit

extension ProactiveRegister {
    /// Puts everybody with an occasion on the list who may be put there and is not there yet.
    ///
    /// It may be run at any time and again: an occasion is listed once.
    ///
    /// - Returns: how many were added.
    @discardableResult
    func make(by act: Act) async throws -> Int {
        let act = system(act)
        var added = try await listLicences(by: act)
        for age in rules.ages { added += try await listBirthdays(age, by: act) }
        return added
    }

    private static let batch = 100

    private func listBirthdays(_ age: Int, by act: Act) async throws -> Int {
        let (today, horizon) = (act.now.day, rules.horizon(on: act.now.day))
        let days = rules.birthDays(reaching: age, on: today)
        let occasion = Occasion(key: "birthday/\(age)", reason: .birthday, detail: "\(age)") { profile in
            profile.birthDay.flatMap { ProactiveRules.day(of: age, bornOn: $0) }.flatMap {
                today <= $0 && $0 <= horizon ? $0 : nil
            }
        }
        var (cursor, added) = (Identifier?.none, 0)
        while true {
            let after = cursor
            let persons = try await database.read {
                try identity.persons(bornOn: days, after: after, limit: Self.batch, in: $0)
            }
            guard let last = persons.last else { return added }
            cursor = last
            added += try await database.write { transaction in
                try persons.count { try list($0, for: occasion, by: act, in: transaction) }
            }
        }
    }

    private func listLicences(by act: Act) async throws -> Int {
        let (today, types) = (act.now.day, rules.licenceTypes)
        var (cursor, added) = (LicenceEnding?.none, 0)
        while true {
            let after = cursor
            let endings = try await database.read {
                try licences.ending(
                    types, from: today, through: rules.horizon(on: today), after: after, limit: Self.batch, in: $0)
            }
            guard let last = endings.last else { return added }
            cursor = last
            added += try await database.write { transaction in
                try endings.count { ending in
                    let occasion = Occasion(
                        key: "licence/\(ending.licence)", reason: .licence, detail: ending.type
                    ) { _ in ending.endsOn }
                    return try list(ending.holder, for: occasion, by: act, in: transaction)
                }
            }
        }
    }

    /// Something for which a person is listed once.
    private struct Occasion: Sendable {
        let key: String
        let reason: ProactiveVisit.Reason
        let detail: String
        /// When it is; nil for a person whom it does not concern.
        let due: @Sendable (PersonProfile) -> LegalDay?
    }

    /// Lists a person for an occasion. Nothing of the person is opened before its right is settled, nor when it is
    /// listed already, so that a daily run leaves no daily look into the same profiles.
    private func list(
        _ person: Identifier, for occasion: Occasion, by act: Act, in transaction: Transaction
    ) throws -> Bool {
        guard let basis = try basis(for: person, in: transaction) else { return false }
        let known = try transaction.row(
            "SELECT id FROM age_friendly_proactive WHERE person = ? AND occasion = ?", person, occasion.key)
        if known != nil { return false }
        let profile: PersonProfile
        do {
            profile = try identity.profile(of: person, by: act, in: transaction)
        } catch let error as IdentityError where error.code == .personUnknown {
            // An enterprise holds licences too; nobody knocks at its door.
            return false
        }
        guard let due = occasion.due(profile) else { return false }
        let places = try organisation.snapshot(in: transaction)
        let division = places.division(ofAddress: profile.address ?? "") ?? division
        let id = act.identifier("age-friendly.proactive/\(person)/\(occasion.key)")
        let row = try transaction.row(
            """
            INSERT INTO age_friendly_proactive (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?)
            ON CONFLICT (person, occasion) DO NOTHING \(state.returning)
            """, division, id, person, occasion.key, occasion.reason, occasion.detail, due,
            ProactiveVisit.State.toVisit, basis, act.now,
            try seal(ProactiveVisit.Body(maskedName: profile.masked.name), of: id, by: act))
        guard let row else { return false }
        try tell(
            ProactiveVisitListed(visit: id, person: person, reason: occasion.reason, basis: basis, due: due),
            of: try visit(row), row, isNew: true, by: act, in: transaction)
        return true
    }

    /// By which right a person may be listed; nil for none.
    func basis(for person: Identifier, in snapshot: Snapshot) throws -> ProactiveVisit.Basis? {
        switch try choice(of: person, in: snapshot) {
        case .welcome: .consent
        case .unwanted: nil
        case nil: rules.basis.isEmpty ? nil : .duty
        }
    }
}

extension OrganisationSnapshot {
    /// The division whose name stands in an address, the nearest to the ground; nil for none.
    func division(ofAddress address: String) -> String? {
        divisions.values.filter { address.contains($0.name) }
            .max { (lineage(of: $0.code).count, $0.code) < (lineage(of: $1.code).count, $1.code) }?.code
    }
}
