public import Extension
public import Standards
public import Storage

/// A ticket was taken.
public struct TicketTaken: Event, Hashable {
    public static let name = "hall.ticket_taken"
    public let ticket: Identifier
    public let site: Identifier
    public let ticketClass: TicketClass
    public let number: Int
    public let source: TicketSource
}

/// A ticket was called.
public struct TicketCalled: Event, Hashable {
    public static let name = "hall.ticket_called"
    public let ticket: Identifier
    public let site: Identifier
    public let window: Identifier
    /// Which call at this window it is, from one on.
    public let call: Int
}

/// A ticket's holder came to the window.
public struct TicketServed: Event, Hashable {
    public static let name = "hall.ticket_served"
    public let ticket: Identifier
    public let window: Identifier
}

/// A ticket is at its end: done, missed, given back, or left over when the day ended.
public struct TicketEnded: Event, Hashable {
    public static let name = "hall.ticket_ended"
    public let ticket: Identifier
    public let site: Identifier
    public let state: TicketState
}

/// A ticket was sent to another window, or back to all of them.
public struct TicketMoved: Event, Hashable {
    public static let name = "hall.ticket_moved"
    public let ticket: Identifier
    public let window: Identifier?
}

/// What was said of the holder of a ticket was forgotten, since it can't be served any more.
public struct TicketForgotten: Event, Hashable {
    public static let name = "hall.ticket_forgotten"
    public let ticket: Identifier
}

/// Who had been passed over waits anew.
public struct TicketRejoined: Event, Hashable {
    public static let name = "hall.ticket_rejoined"
    public let ticket: Identifier
}

/// A hall gave out its first ticket of a day.
public struct HallDayOpened: Event, Hashable {
    public static let name = "hall.day_opened"
    public let site: Identifier
    public let day: LegalDay
}

/// A hall's day ended; nobody takes a ticket of it any more.
public struct HallDayClosed: Event, Hashable {
    public static let name = "hall.day_closed"
    public let site: Identifier
    public let day: LegalDay
    /// How many tickets were left over.
    public let left: Int
}

/// The rules of a hall were changed.
public struct HallRulesChanged: Event, Hashable {
    public static let name = "hall.rules_changed"
    public let site: Identifier
}
