public import Extension
public import Standards
public import Storage

/// A time at a hall was booked.
public struct AppointmentBooked: Event, Hashable {
    public static let name = "hall.appointment_booked"
    public let appointment: Identifier
    public let site: Identifier
    public let day: LegalDay
}

/// An appointment was put to another time or business.
public struct AppointmentChanged: Event, Hashable {
    public static let name = "hall.appointment_changed"
    public let appointment: Identifier
    public let day: LegalDay
}

/// An appointment was cancelled by who had booked it.
public struct AppointmentCancelled: Event, Hashable {
    public static let name = "hall.appointment_cancelled"
    public let appointment: Identifier
}

/// Who had booked has come and has a ticket.
public struct AppointmentArrived: Event, Hashable {
    public static let name = "hall.appointment_arrived"
    public let appointment: Identifier
    public let ticket: Identifier
}

/// An appointment is over without anybody having come.
public struct AppointmentMissed: Event, Hashable {
    public static let name = "hall.appointment_missed"
    public let appointment: Identifier
    /// Whether the hall had ended its day before the time, so that nobody is to blame.
    public let isDropped: Bool
}

/// An appointment is tomorrow.
public struct AppointmentDueSoon: Event, Hashable {
    public static let name = "hall.appointment_due_soon"
    public let appointment: Identifier
    public let day: LegalDay
}
