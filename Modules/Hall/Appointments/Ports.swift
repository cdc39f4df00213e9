public import Standards
public import Storage

/// A port: which days are worked; casework's calendar answers through Wiring.
public protocol HallCalendar: Sendable {
    func isWorkingDay(_ day: LegalDay, in snapshot: Snapshot) throws -> Bool
}

/// A port: the names of persons, for a clerk's list; the identity service answers through Wiring.
public protocol HallDirectory: Sendable {
    /// The name with all but its first character covered, such as `李**`; nil for nobody known.
    func maskedName(of person: Identifier, in snapshot: Snapshot) throws -> String?
}
