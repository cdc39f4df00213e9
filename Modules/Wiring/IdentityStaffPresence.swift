public import Casework
import Extension
public import Identity
public import Organisation
public import Standards
public import Storage

/// Tells casework who is there: posts and rights from the organisation, without those on leave or suspended.
public struct IdentityStaffPresence: StaffPresence {
    private let identity: IdentityService
    private let organisation: OrganisationService

    public init(_ identity: IdentityService, _ organisation: OrganisationService) {
        self.identity = identity
        self.organisation = organisation
    }

    public func deciders(on day: LegalDay, in snapshot: Snapshot) throws -> [Identifier: Set<Identifier>] {
        let known = try organisation.snapshot(in: snapshot)
        let absent = try identity.absentStaff(on: day, in: snapshot)
        var found = known.agencies.mapValues { _ in Set<Identifier>() }
        for (place, accounts) in known.holders(of: .decideItems, on: day) {
            found[place.agency, default: []].formUnion(accounts.subtracting(absent))
        }
        return found
    }

    public func clerks(on day: LegalDay, in snapshot: Snapshot) throws -> [String: Set<Identifier>] {
        let known = try organisation.snapshot(in: snapshot)
        let absent = try identity.absentStaff(on: day, in: snapshot)
        var found = known.divisions.mapValues { _ in Set<Identifier>() }
        for (place, accounts) in known.holders(of: .acceptCases, on: day) {
            found[place.division, default: []].formUnion(accounts.subtracting(absent))
        }
        return found
    }

    public func title(ofAgency agency: Identifier, in snapshot: Snapshot) throws -> String {
        try organisation.snapshot(in: snapshot).agencies[agency]?.name(on: .last) ?? agency.text
    }

    public func title(ofDivision division: String, in snapshot: Snapshot) throws -> String {
        try organisation.snapshot(in: snapshot).divisions[division]?.name ?? division
    }
}
