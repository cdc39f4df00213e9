public import Extension
import Standards

/// How a hall is booked (预约规则, R12.5): data of each site. Whether a kind of business can be booked at all, and how many
/// places a slot has, stands with the business (``BusinessRule/capacity``).
public struct BookingRules: SchemaType, Hashable {
    /// The hours in which there are slots on a working day.
    public var hours: [OpenHours] = [OpenHours("09:00", "12:00"), OpenHours("13:30", "17:00")]
    /// How long a slot is, in minutes.
    public var slotMinutes = 30
    /// How many days ahead one may book, today not counted.
    public var daysAhead = 7
    /// After how many appointments that somebody let pass…
    public var missedLimit = 3
    /// …within how many days…
    public var missedDays = 90
    /// …it can't book for how many days.
    public var blockedDays = 30

    public init() {}

    public static let schema = Schema<Self> {
        Field("hours", \.hours, .list(of: .object, max: 6).withDefault, doc: "工作日哪些时候可以预约")
        Field("slot_minutes", \.slotMinutes, .integer(in: 10...240).withDefault, doc: "一个时段几分钟")
        Field("days_ahead", \.daysAhead, .integer(in: 1...60).withDefault, doc: "可以提前几天预约")
        Field("missed_limit", \.missedLimit, .integer(in: 1...20).withDefault, doc: "爽约几次以后暂停预约")
        Field("missed_days", \.missedDays, .integer(in: 1...365).withDefault, doc: "几天以内的爽约算数")
        Field("blocked_days", \.blockedDays, .integer(in: 1...365).withDefault, doc: "暂停预约几天，从最后一次爽约那天算起")
    }

    /// The slots of a working day in their order.
    public var slots: [TimeSlot] {
        hours.flatMap { span -> [TimeSlot] in
            guard let first = DayTime(span.from), let last = DayTime(span.until) else { return [] }
            let starts = stride(from: first.minutes, through: last.minutes - slotMinutes, by: slotMinutes)
            return starts.map { TimeSlot(start: DayTime(minutes: $0), end: DayTime(minutes: $0 + slotMinutes)) }
        }
    }

    /// Everything that is wrong with them.
    var findings: [Finding] {
        var findings: [Finding] = []
        var last = -1
        for (index, span) in hours.enumerated() {
            let place = "booking.hours[\(index)]"
            guard let from = DayTime(span.from), let until = DayTime(span.until) else {
                findings.append(Finding(place, "hall.hours", "时间要写成“09:00”这样，从 00:00 到 24:00。"))
                continue
            }
            if until.minutes - from.minutes < slotMinutes {
                findings.append(
                    Finding(place, "hall.hours", "\(span.from) 到 \(span.until) 放不下一个 \(slotMinutes) 分钟的时段。"))
            }
            if from.minutes < last { findings.append(Finding(place, "hall.hours", "时间段要按先后写，不能重叠。")) }
            last = max(last, until.minutes)
        }
        return findings
    }
}

/// Hours in which a hall can be booked.
public struct OpenHours: SchemaType, Hashable {
    public var from = ""
    public var until = ""

    public init() {}

    public init(_ from: String, _ until: String) {
        self.from = from
        self.until = until
    }

    public static let schema = Schema<Self> {
        Field("from", \.from, .text(min: 5, max: 5), doc: "从几点起，例如 09:00")
        Field("until", \.until, .text(min: 5, max: 5), doc: "到几点止，例如 12:00")
    }
}

/// A time of a day in Asia/Shanghai, to the minute.
public struct DayTime: Sendable, Hashable, Comparable {
    /// Minutes since 00:00; at most 1440.
    public let minutes: Int

    init(minutes: Int) { self.minutes = minutes }

    /// Reads `09:30`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        minutes = hour * 60 + minute
    }

    /// Such as `09:30`.
    public var text: String {
        let (hour, minute) = (minutes / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// The moment on a day.
    func on(_ day: LegalDay) -> Instant { day.start.adding(.seconds(60 * minutes)) }

    public static func < (one: DayTime, other: DayTime) -> Bool { one.minutes < other.minutes }
}

/// A slot of a day (时段).
public struct TimeSlot: Sendable, Hashable {
    public let start: DayTime
    public let end: DayTime

    /// Such as `09:00—09:30`.
    public var text: String { "\(start.text)—\(end.text)" }
}
