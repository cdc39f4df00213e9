public import Standards
public import Storage

/// A time at a hall that somebody booked (预约).
public struct Appointment: Sendable, Hashable {
    public let division: String
    public let id: Identifier
    public let site: Identifier
    public let person: Identifier
    public internal(set) var business: String
    public internal(set) var day: LegalDay
    public internal(set) var slot: TimeSlot
    /// Six digits by which it is found at the kiosk and at the window, on its day and site (预约码).
    public internal(set) var code: String
    public internal(set) var state: AppointmentState
    public let booked: Instant
    /// The ticket with which its holder waits; nil until it has come.
    public internal(set) var ticket: Identifier?

    /// The moment at which it begins.
    public var begins: Instant { slot.start.on(day) }

    var stream: StreamID { StreamID(division: division, kind: "hall.appointment", id: id.text) }
}

/// How far an appointment is.
public enum AppointmentState: String, Sendable, Hashable, Codable, CaseIterable, SQLConvertible {
    case booked
    case cancelled
    /// Its holder has come and has a ticket
    case arrived
    /// Nobody came (爽约)
    case missed
    /// The hall ended its day before the time
    case dropped

    /// The word that people read.
    public var chinese: String {
        switch self {
        case .booked: "已预约"
        case .cancelled: "已取消"
        case .arrived: "已报到"
        case .missed: "没有来"
        case .dropped: "大厅提前结束，未办"
        }
    }
}

/// How often somebody let appointments pass at a hall, and what follows.
public struct MissedStanding: Sendable, Hashable {
    /// Within the days that count.
    public let count: Int
    /// The first day on which booking is possible again; nil while it is possible.
    public let blockedUntil: LegalDay?
}

/// A slot with the places that are left in it.
public struct FreeSlot: Sendable, Hashable {
    public let day: LegalDay
    public let slot: TimeSlot
    public let capacity: Int
    public let free: Int
}
