import PluginKit

/// Counts what a case did without: papers, typing, proofs of who one is.
struct CaseTally: Sendable {
    let tally: Tally
    let casework: CaseworkService
    let licences: LicenceService
    let identity: IdentityService
    let organisation: OrganisationService

    init(_ desk: ProofDesk) {
        tally = desk.tally
        casework = desk.casework
        licences = desk.licences
        identity = desk.identity
        organisation = desk.organisation
    }

    /// What is needed of a submission.
    struct Submitted: Decodable, Sendable {
        let caseID: Identifier
    }

    /// Counts a case as it was when it was submitted.
    func count(_ event: Submitted, by act: Act, in transaction: Transaction) throws {
        let system = Act(actor: .system("certificate-free"), now: act.now, seed: act.seed)
        let sight = try casework.sight(of: event.caseID, by: system, in: transaction)
        let counts = try counts(of: sight, in: transaction)
        try tally.add(counts, on: (sight.file.times.submitted ?? act.now).day, in: transaction)
    }

    func counts(of sight: CaseSight, in snapshot: Snapshot) throws -> [Tally.Count: Int] {
        var counts: [Tally.Count: Int] = [:]
        func add(_ kind: Tally.Kind, _ key: String) { counts[.init(kind: kind, key: key), default: 0] += 1 }
        let isEnterprise = sight.file.applicant.isEnterprise
        add(.cases, isEnterprise ? "enterprise" : "person")
        if isEnterprise { add(.scene, sight.theme.id) }
        let places = try organisation.snapshot(in: snapshot)
        for material in sight.plan.materials {
            guard let served = Self.served(material, sight.file) else { continue }
            add(.material, served.rawValue)
            guard let use = try use(of: material, in: sight, places, snapshot) else { continue }
            add(.use, use.type)
            if use.isForeign { add(.foreign, use.type) }
        }
        let fields = sight.plan.form.flatMap(\.fields).filter { field in
            field.prefill.map(ExemptField.keys.contains) ?? false
        }
        let typed = Dictionary(
            fields.compactMap { field in
                field.prefill.flatMap { key in sight.file.form[field.id].map { (key, $0) } }
            }, uniquingKeysWith: { first, _ in first })
        let applicant = sight.file.applicant
        let agreeing = try identity.agreeing(
            typed, person: applicant.person, enterprise: isEnterprise ? applicant.party : nil, in: snapshot)
        for key in Set(fields.compactMap(\.prefill)) {
            add(.field, key)
            if agreeing.contains(key) { add(.filled, key) }
        }
        return counts
    }

    /// What served for a material; nil for one that is only wanted where it exists, and doesn't.
    static func served(_ material: PlannedMaterial, _ file: CaseFile) -> Tally.Served? {
        let record = file.materials[material.id]
        if record?.files.isEmpty == false { return .upload }
        if record?.isCommitted == true { return .promise }
        switch material.provision {
        case .upload: return record?.isDeferred == true ? .later : nil
        case .exempt(.licence, _, _): return .licence
        case .exempt(.dataCheck, _, _): return .data
        case .exempt(.result, _, _): return .result
        case .exempt(.form, _, _): return .form
        case .exempt(.identity, _, _): return .identity
        case .exempt(.upload, _, _): return .upload
        }
    }

    /// The licence that serves for a material, and whether it serves another department than that of its issuer (互认).
    private func use(
        of material: PlannedMaterial, in sight: CaseSight, _ places: OrganisationSnapshot, _ snapshot: Snapshot
    ) throws -> (type: String, isForeign: Bool)? {
        guard case .exempt(let source, _, let evidence) = material.provision,
            sight.file.materials[material.id]?.files.isEmpty ?? true
        else { return nil }
        let users = Set(material.items.compactMap { sight.file.task($0)?.agency })
        let departments = Set(users.compactMap { places.agencies[$0]?.department })
        switch source {
        case .licence:
            guard let id = evidence.flatMap({ try? Identifier($0) }),
                let statement = try licences.statements(of: [id], in: snapshot)[id]
            else { return nil }
            let issuer =
                statement.issuer.agency.flatMap { places.agencies[$0] }
                ?? places.agencies.values.first { $0.names.contains { $0.name == statement.issuer.name } }
            // Who isn't registered here is another department than all that are.
            return (statement.type, departments.contains { $0 != issuer?.department })
        case .result(let item, let result):
            guard let task = sight.plan.items.first(where: { $0.id == item }),
                let issued = task.item.results.first(where: { $0.id == result }),
                let issuer = sight.file.task(item).flatMap({ places.agencies[$0.agency] })
            else { return nil }
            return (issued.licenceType, departments.contains { $0 != issuer.department })
        case .upload, .dataCheck, .form, .identity: return nil
        }
    }
}
