import Extension
import Organisation
import Standards
import Storage

/// A ticket as whoever has its address sees it.
struct HallTicketView: SchemaType {
    var id = ""
    var site = ""
    var siteName = ""
    var label = ""
    var ticketClass = TicketClass.ordinary
    var ground: GreenGround?
    var business = ""
    var state = TicketState.waiting
    var window = ""
    var calls = 0
    var taken = Instant(milliseconds: 0)
    var ahead: Int?
    var waitFrom: Int?
    var waitTo: Int?

    init() {}

    /// - Parameter isForStaff: whether it says why the ticket goes through the green channel, which is nobody else's to know.
    init(_ sight: TicketSight, isForStaff: Bool = false) {
        let (ticket, hall) = (sight.ticket, sight.hall)
        id = ticket.id.text
        site = hall.site.key
        siteName = hall.site.name
        label = ticket.label
        ticketClass = ticket.ticketClass
        ground = isForStaff ? ticket.ground : nil
        business = hall.rules.title(ofBusiness: ticket.business)
        state = ticket.state
        window = sight.window
        calls = ticket.calls
        taken = ticket.taken
        ahead = sight.forecast?.ahead
        waitFrom = sight.forecast?.minutes?.lowerBound
        waitTo = sight.forecast?.minutes?.upperBound
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "标识")
        Field("site", \.site, .text(max: 60), doc: "大厅的代号")
        Field("site_name", \.siteName, .text(max: 100), doc: "大厅的名称")
        Field("label", \.label, .text(max: 20), doc: "号码，例如 A017")
        Field("class", \.ticketClass, .choice, doc: "号别")
        Field("ground", \.ground, .optional(.choice), doc: "走绿色通道的情形，只给窗口人员看，办完就不再保存")
        Field("business", \.business, .text(max: 60), doc: "办什么")
        Field("state", \.state, .choice, doc: "状态")
        Field("window", \.window, .text(max: 100), doc: "到哪个窗口；还没有时为空")
        Field("calls", \.calls, .integer(in: 0...1000), doc: "叫了几次")
        Field("taken_at", \.taken, .instant, doc: "取号时间")
        Field("ahead", \.ahead, .optional(.integer(in: 0...100_000)), doc: "前面还有几个号；只在等候时有")
        Field("wait_from", \.waitFrom, .optional(.integer(in: 0...100_000)), doc: "预计最快几分钟；说不准时没有")
        Field("wait_to", \.waitTo, .optional(.integer(in: 0...100_000)), doc: "预计最慢几分钟")
    }
}

/// A hall as everybody may see it.
struct HallView: SchemaType {
    /// A number that was called.
    struct Call: SchemaType {
        var label = ""
        var window = ""
        var state = TicketState.called
        var at = Instant(milliseconds: 0)

        static let schema = Schema<Self> {
            Field("label", \.label, .text(max: 20), doc: "号码")
            Field("window", \.window, .text(max: 100), doc: "窗口")
            Field("state", \.state, .choice, doc: "状态")
            Field("at", \.at, .instant, doc: "最近一次叫号的时间")
        }
    }

    var site = ""
    var name = ""
    var day = LegalDay.first
    var isClosed = false
    var openWindows = 0
    var ordinary = 0
    var booked = 0
    var green = 0
    var called: [Call] = []

    init() {}

    init(_ sight: HallSight) {
        site = sight.hall.site.key
        name = sight.hall.site.name
        day = sight.day
        isClosed = sight.isClosed
        openWindows = sight.openWindows
        ordinary = sight.waiting[.ordinary] ?? 0
        booked = sight.waiting[.booked] ?? 0
        green = sight.waiting[.green] ?? 0
        called = sight.called.map { line in
            var call = Call()
            call.label = line.label
            call.window = line.window
            call.state = line.state
            call.at = line.at
            return call
        }
    }

    static let schema = Schema<Self> {
        Field("site", \.site, .text(max: 60), doc: "大厅的代号")
        Field("name", \.name, .text(max: 100), doc: "大厅的名称")
        Field("day", \.day, .day, doc: "哪一天")
        Field("is_closed", \.isClosed, .flag, doc: "当天是否已经停止取号")
        Field("open_windows", \.openWindows, .integer(in: 0...10_000), doc: "正在服务的窗口数")
        Field("ordinary", \.ordinary, .integer(in: 0...100_000), doc: "等候的普通号")
        Field("booked", \.booked, .integer(in: 0...100_000), doc: "等候的预约号")
        Field("green", \.green, .integer(in: 0...100_000), doc: "等候的绿色通道号")
        Field("called", \.called, .list(of: .object, max: 100), doc: "最近叫的号，新的在前")
    }
}

/// A window as its clerk sees it.
struct HallWindowView: SchemaType {
    var window = ""
    var site = ""
    var current: HallTicketView?
    var waiting = 0
    var isClosed = false

    init() {}

    init(_ sight: WindowSight) {
        window = sight.name
        site = sight.hall.site.key
        current = sight.current.map {
            HallTicketView(
                TicketSight(ticket: $0, hall: sight.hall, window: sight.name, forecast: nil), isForStaff: true)
        }
        waiting = sight.waiting.count
        isClosed = sight.isClosed
    }

    static let schema = Schema<Self> {
        Field("window", \.window, .text(max: 100), doc: "窗口的名称")
        Field("site", \.site, .text(max: 60), doc: "大厅的代号")
        Field("current", \.current, .optional(.object), doc: "窗口上的号")
        Field("waiting", \.waiting, .integer(in: 0...100_000), doc: "这个窗口能办的号里，还有几个在等")
        Field("is_closed", \.isClosed, .flag, doc: "当天是否已经停止取号")
    }
}

/// What a call came to.
struct HallCallView: SchemaType {
    var ticket: HallTicketView?

    static let schema = Schema<Self> {
        Field("ticket", \.ticket, .optional(.object), doc: "叫到的号；没有人等时没有")
    }
}

/// How many tickets were left over.
struct HallClosingView: SchemaType {
    var left = 0

    static let schema = Schema<Self> {
        Field("left", \.left, .integer(in: 0...100_000), doc: "没有办、随当天结束的号")
    }
}
