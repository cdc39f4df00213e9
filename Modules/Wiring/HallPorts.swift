public import Casework
public import Hall
public import Identity
public import Standards
public import Storage

/// Tells halls which days are worked: those by which cases are counted.
public struct CaseworkHallCalendar: HallCalendar {
    private let casework: CaseworkService

    public init(_ casework: CaseworkService) { self.casework = casework }

    public func isWorkingDay(_ day: LegalDay, in snapshot: Snapshot) throws -> Bool {
        try casework.calendar(in: snapshot).isWorkingDay(day)
    }
}

/// Tells clerks at halls who has booked, as far as they need it.
public struct IdentityHallDirectory: HallDirectory {
    private let identity: IdentityService

    public init(_ identity: IdentityService) { self.identity = identity }

    public func maskedName(of person: Identifier, in snapshot: Snapshot) throws -> String? {
        guard let contact = try identity.postalContact(of: person, through: person, in: snapshot) else { return nil }
        return (try? PersonName(contact.name))?.masked ?? "*"
    }
}
