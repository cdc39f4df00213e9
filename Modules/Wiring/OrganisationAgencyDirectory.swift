public import Casework
public import Organisation
public import Standards
public import Storage

/// Tells casework which agency answers for a department.
public struct OrganisationAgencyDirectory: AgencyDirectory {
    private let organisation: OrganisationService

    public init(_ organisation: OrganisationService) { self.organisation = organisation }

    public func agency(
        department: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> AgencyEntry? {
        let known = try organisation.snapshot(in: snapshot)
        return known.agency(department: department, division: division, on: day).map { entry($0, known, on: day) }
    }

    public func agency(_ id: Identifier, in snapshot: Snapshot) throws -> AgencyEntry? {
        let known = try organisation.snapshot(in: snapshot)
        return known.agencies[id].map { entry($0, known, on: .last) }
    }

    public func agencies(
        departments: Set<String>, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: AgencyEntry] {
        let known = try organisation.snapshot(in: snapshot)
        return departments.reduce(into: [:]) { found, department in
            found[department] = known.agency(department: department, division: division, on: day)
                .map { entry($0, known, on: day) }
        }
    }

    public func serves(division: String, in snapshot: Snapshot) throws -> Bool {
        try organisation.snapshot(in: snapshot).divisions[division] != nil
    }

    public func names(of agencies: Set<Identifier>, in snapshot: Snapshot) throws -> [Identifier: String] {
        let known = try organisation.snapshot(in: snapshot)
        return agencies.reduce(into: [:]) { names, id in names[id] = known.agencies[id]?.name(on: .last) }
    }

    private func entry(_ agency: Agency, _ known: OrganisationSnapshot, on day: LegalDay) -> AgencyEntry {
        AgencyEntry(
            id: agency.id, name: agency.name(on: day), creditCode: agency.creditCode ?? "",
            level: AdministrativeLevel(of: known.divisions[agency.division]?.level))
    }
}

extension AdministrativeLevel {
    /// The level at which an agency of a division works; zones and parks work as counties do.
    fileprivate init(of level: Division.Level?) {
        switch level {
        case .province: self = .provincial
        case .prefecture: self = .city
        case .county, .zone, .park, nil: self = .county
        }
    }
}
