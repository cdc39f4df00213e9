import Extension
import Organisation
import Standards
import Storage

extension Format where Value == DayTime {
    /// A time of a day such as `09:30`.
    static var dayTime: Format {
        .parsed(name: "时间") { text in
            guard let time = DayTime(text) else {
                throw Finding("", "field.format", "时间要写成“09:30”这样。")
            }
            return time
        } text: {
            $0.text
        }
    }
}

/// The slots of which hall and business.
struct SlotsInput: SchemaType {
    var site = ""
    var business = ""

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("business", \.business, .text(max: 40).withDefault, doc: "业务的代号；不写为可以预约的第一种", in: .query)
    }
}

/// The time that somebody wants.
struct BookingInput: SchemaType {
    var site = ""
    var business = ""
    var day = LegalDay.first
    var start = DayTime(minutes: 0)

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("business", \.business, .text(max: 40).withDefault, doc: "业务的代号；不写为可以预约的第一种")
        Field("day", \.day, .day, doc: "哪一天")
        Field("start", \.start, .dayTime, doc: "时段从几点起，例如 09:30")
    }
}

/// Another time for an appointment.
struct BookingChangeInput: SchemaType {
    var id = Identifier.none
    var business = ""
    var day = LegalDay.first
    var start = DayTime(minutes: 0)

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "预约的标识", in: .path)
        Field("business", \.business, .text(max: 40).withDefault, doc: "业务的代号；不写为不变")
        Field("day", \.day, .day, doc: "哪一天")
        Field("start", \.start, .dayTime, doc: "时段从几点起，例如 09:30")
    }
}

/// Which appointment.
struct AppointmentInput: SchemaType {
    var id = Identifier.none

    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "预约的标识", in: .path) }
}

/// Where a list of appointments goes on.
struct AppointmentsInput: SchemaType {
    var after: String?
    var limit = 20

    static let schema = Schema<Self> {
        Field("after", \.after, .optional(.text(max: 60)), doc: "上一页的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页几个", in: .query)
    }
}

/// The appointments of which day.
struct DayListInput: SchemaType {
    var site = ""
    var day: LegalDay?
    var after = ""
    var limit = 50

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("day", \.day, .optional(.day), doc: "哪一天；不写为今天", in: .query)
        Field("after", \.after, .text(max: 60).withDefault, doc: "上一页的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...200).withDefault, doc: "每页几个", in: .query)
    }
}

/// Who has come.
struct ArrivalInput: SchemaType {
    var site = ""
    var kiosk = ""
    var code = ""

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("kiosk", \.kiosk, .text(max: 40).withDefault, doc: "取号机地址里的校验码；窗口报到不写", in: .query)
        Field("code", \.code, .text(min: 6, max: 6), doc: "六位预约码")
    }
}

/// The slots of a hall.
struct SlotsView: SchemaType {
    /// A slot with its places.
    struct Slot: SchemaType {
        var day = LegalDay.first
        var start = ""
        var end = ""
        var capacity = 0
        var free = 0

        static let schema = Schema<Self> {
            Field("day", \.day, .day, doc: "哪一天")
            Field("start", \.start, .text(max: 5), doc: "从几点起")
            Field("end", \.end, .text(max: 5), doc: "到几点止")
            Field("capacity", \.capacity, .integer(in: 0...1000), doc: "一共几个位置")
            Field("free", \.free, .integer(in: 0...1000), doc: "还剩几个")
        }
    }

    var slots: [Slot] = []

    init() {}

    init(_ free: [FreeSlot]) {
        slots = free.map { line in
            var slot = Slot()
            slot.day = line.day
            slot.start = line.slot.start.text
            slot.end = line.slot.end.text
            slot.capacity = line.capacity
            slot.free = line.free
            return slot
        }
    }

    static let schema = Schema<Self> {
        Field("slots", \.slots, .list(of: .object, max: 10_000), doc: "可以预约的时段，约满的也列出")
    }
}

/// An appointment as who booked it sees it, and with `name` as a clerk sees it.
struct AppointmentView: SchemaType {
    var id = ""
    var site = ""
    var siteName = ""
    var business = ""
    var day = LegalDay.first
    var start = ""
    var end = ""
    var code = ""
    var state = AppointmentState.booked
    var ticket: String?
    var name: String?

    init() {}

    init(_ appointment: Appointment, _ hall: Hall, name: String? = nil) {
        id = appointment.id.text
        site = hall.site.key
        siteName = hall.site.name
        business = hall.rules.title(ofBusiness: appointment.business)
        day = appointment.day
        start = appointment.slot.start.text
        end = appointment.slot.end.text
        code = appointment.code
        state = appointment.state
        ticket = appointment.ticket?.text
        self.name = name
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "标识")
        Field("site", \.site, .text(max: 60), doc: "大厅的代号")
        Field("site_name", \.siteName, .text(max: 100), doc: "大厅的名称")
        Field("business", \.business, .text(max: 60), doc: "办什么")
        Field("day", \.day, .day, doc: "哪一天")
        Field("start", \.start, .text(max: 5), doc: "从几点起")
        Field("end", \.end, .text(max: 5), doc: "到几点止")
        Field("code", \.code, .text(max: 6), doc: "预约码")
        Field("state", \.state, .choice, doc: "状态")
        Field("ticket", \.ticket, .optional(.text(max: 40)), doc: "报到后取的号")
        Field("name", \.name, .optional(.text(max: 60)), doc: "预约人，只给窗口人员看，除首字外遮盖")
    }
}
