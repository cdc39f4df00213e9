public import PluginKit

/// When visits are made and for whom: the plugin's settings for them.
public struct VisitRules: Sendable, Hashable {
    /// The hours of the mornings and afternoons.
    public var windows: [HalfDay.Half: Hours]
    /// How many visits a division makes in one half day.
    public var capacity: Int
    /// How many calendar days ahead an order may lie.
    public var daysAhead: Int
    /// From which age on somebody is entitled without another ground.
    public var entitledAge: Int
    /// How many orders of one person may be open at once.
    public var openAtOnce: Int
    /// The divisions that offer it; empty for all.
    public var divisions: [String]

    /// From when to when, in minutes of the day in Asia/Shanghai.
    public struct Hours: Sendable, Hashable {
        public let from: Int
        public let to: Int

        /// Reads `9:00-11:30`; nil for anything else, and for hours that end before they begin.
        public init?(_ text: String) {
            let ends = text.replacing("—", with: "-").split(separator: "-", omittingEmptySubsequences: false)
            let minutes = ends.compactMap { Self.minutes($0) }
            guard ends.count == 2, minutes.count == 2, minutes[0] < minutes[1] else { return nil }
            (from, to) = (minutes[0], minutes[1])
        }

        private static func minutes(_ text: Substring) -> Int? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
                let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
            else { return nil }
            return hour * 60 + minute
        }

        /// The hours for people, such as `9:00—11:30`.
        public var chinese: String { "\(Self.clock(from))—\(Self.clock(to))" }

        private static func clock(_ minutes: Int) -> String {
            "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
        }
    }

    init(_ reader: SettingsReader) throws {
        windows = [:]
        for (half, key, fallback) in [
            (HalfDay.Half.morning, "morning", "9:00-11:30"), (.afternoon, "afternoon", "14:30-17:00"),
        ] {
            let text = try reader.text(key, default: fallback, doc: "\(half.chinese)上门的时间")
            if let hours = Hours(text) {
                windows[half] = hours
            } else {
                reader.report(
                    Finding(reader.place(key), "settings.malformed", "\(key) 应当像 9:00-11:30 这样，现在写的是 \(text)。"))
            }
        }
        capacity = try reader.int("capacity", default: 6, in: 1...1000, doc: "一个区划每半天最多安排几单")
        daysAhead = try reader.int("daysAhead", default: 14, in: 1...90, doc: "最多提前几天预约（自然日）")
        entitledAge = try reader.int("entitledAge", default: 60, in: 0...120, doc: "年满多少周岁直接享受上门服务")
        openAtOnce = try reader.int("openAtOnce", default: 3, in: 1...50, doc: "一个人同时最多有几单没办完")
        divisions = try reader.list("divisions", default: [], doc: "提供上门服务的区划代码；不写为全部")
    }

    /// The half day with its hours, such as `2026年12月1日（星期二）上午 9:00—11:30`.
    public func chinese(_ slot: HalfDay) -> String {
        "\(slot.chinese)\(windows[slot.half].map { " \($0.chinese)" } ?? "")"
    }

    /// When the hours of a half day begin.
    public func begin(of slot: HalfDay) -> Instant {
        slot.day.start.adding(.seconds((windows[slot.half]?.from ?? 0) * 60))
    }

    /// When the hours of a half day are over.
    public func end(of slot: HalfDay) -> Instant {
        slot.day.start.adding(.seconds((windows[slot.half]?.to ?? 24 * 60) * 60))
    }

    /// The half days that may be ordered now, whether free or not: working days, not begun, not too far ahead.
    public func offered(at now: Instant, _ calendar: WorkingCalendar) -> [HalfDay] {
        (0...daysAhead).map { now.day.adding(days: $0) }.filter(calendar.isWorkingDay)
            .flatMap { day in HalfDay.Half.allCases.map { HalfDay(day, $0) } }
            .filter { now < begin(of: $0) }
    }
}
