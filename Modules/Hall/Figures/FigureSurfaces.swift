import Extension
import Organisation
import Standards
import Storage

/// The figures of which hall and days.
struct HallFiguresInput: SchemaType {
    var site = ""
    var from: LegalDay?
    var until: LegalDay?

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("from", \.from, .optional(.day), doc: "从哪天起；不写为结束日期当天", in: .query)
        Field("until", \.until, .optional(.day), doc: "到哪天止；不写为今天", in: .query)
    }
}

/// How a hall did.
struct HallFiguresView: SchemaType {
    /// One day.
    struct Day: SchemaType {
        var day = LegalDay.first
        var tickets = 0
        var done = 0
        var missed = 0
        var cancelled = 0
        var left = 0
        var medianWait: Int?
        var longestWait: Int?
        var appointments = 0
        var arrived = 0
        var noShows = 0

        static let schema = Schema<Self>(fields: counts + waits)

        private static let counts: [Field<Self>] = [
            Field("day", \.day, .day, doc: "哪一天"),
            Field("tickets", \.tickets, .integer(in: 0...1_000_000), doc: "取号数"),
            Field("done", \.done, .integer(in: 0...1_000_000), doc: "办完的"),
            Field("missed", \.missed, .integer(in: 0...1_000_000), doc: "过号的"),
            Field("cancelled", \.cancelled, .integer(in: 0...1_000_000), doc: "退号的"),
            Field("left", \.left, .integer(in: 0...1_000_000), doc: "当天没有办的"),
        ]

        private static let waits: [Field<Self>] = [
            Field("median_wait", \.medianWait, .optional(.integer(in: 0...1_000_000)), doc: "等候时间的中位数，秒"),
            Field("longest_wait", \.longestWait, .optional(.integer(in: 0...1_000_000)), doc: "最长的等候时间，秒"),
            Field("appointments", \.appointments, .integer(in: 0...1_000_000), doc: "没有取消的预约"),
            Field("arrived", \.arrived, .integer(in: 0...1_000_000), doc: "其中来了的"),
            Field("no_shows", \.noShows, .integer(in: 0...1_000_000), doc: "其中爽约的"),
        ]
    }

    /// One class.
    struct Line: SchemaType {
        var ticketClass = TicketClass.ordinary
        var tickets = 0
        var medianWait: Int?
        var longestWait: Int?

        static let schema = Schema<Self> {
            Field("class", \.ticketClass, .choice, doc: "号别")
            Field("tickets", \.tickets, .integer(in: 0...1_000_000), doc: "取号数")
            Field("median_wait", \.medianWait, .optional(.integer(in: 0...1_000_000)), doc: "等候时间的中位数，秒")
            Field("longest_wait", \.longestWait, .optional(.integer(in: 0...1_000_000)), doc: "最长的等候时间，秒")
        }
    }

    var days: [Day] = []
    var classes: [Line] = []

    init() {}

    init(_ figures: HallFigures) {
        days = figures.days.map { line in
            var day = Day()
            day.day = line.day
            (day.tickets, day.done, day.missed) = (line.tickets, line.done, line.missed)
            (day.cancelled, day.left) = (line.cancelled, line.left)
            (day.medianWait, day.longestWait) = (line.medianWait, line.longestWait)
            (day.appointments, day.arrived, day.noShows) = (line.appointments, line.arrived, line.noShows)
            return day
        }
        classes = figures.classes.map { known in
            var line = Line()
            (line.ticketClass, line.tickets) = (known.ticketClass, known.tickets)
            (line.medianWait, line.longestWait) = (known.medianWait, known.longestWait)
            return line
        }
    }

    static let schema = Schema<Self> {
        Field("days", \.days, .list(of: .object, max: 100), doc: "有号或者有预约的日子")
        Field("classes", \.classes, .list(of: .object, max: 3), doc: "各种号")
    }
}

extension HallService {
    var figureEndpoints: [any Contribution] {
        [
            Endpoint(
                .get, "hall/sites/{site}/figures", summary: "大厅的取号、等候和爽约数字", access: .staff(Self.manage),
                problems: codes(.siteUnknown, .invalid, .forbidden)
            ) { (input: HallFiguresInput, call) in
                let until = input.until ?? call.act.now.day
                return try await database.read {
                    HallFiguresView(
                        try figures(
                            of: input.site, from: input.from ?? until, until: until, by: call.act, in: $0))
                }
            }
        ]
    }
}
