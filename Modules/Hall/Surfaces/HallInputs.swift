import Extension
import Standards
import Storage

/// Which hall.
struct HallInput: SchemaType {
    var site = ""

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
    }
}

/// A ticket to be taken.
struct TicketInput: SchemaType {
    var site = ""
    var business = ""
    var ground: GreenGround?

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("business", \.business, .text(max: 40).withDefault, doc: "业务的代号；不写为大厅的第一种业务")
        Field("ground", \.ground, .optional(.choice), doc: "走绿色通道的情形；不写为普通号")
    }

    var request: TicketRequest { TicketRequest(business: business, ground: ground) }
}

/// A ticket to be taken where an ID may be shown.
struct TicketAtHallInput: SchemaType {
    var site = ""
    var code = ""
    var business = ""
    var ground: GreenGround?
    var idNumber = ""

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("code", \.code, .text(max: 40).withDefault, doc: "取号机地址里的校验码；窗口代取不写", in: .query)
        Field("business", \.business, .text(max: 40).withDefault, doc: "业务的代号；不写为大厅的第一种业务")
        Field("ground", \.ground, .optional(.choice), doc: "走绿色通道的情形；不写为普通号")
        Field("id_number", \.idNumber, .text(max: 24).withDefault, doc: "身份证号码，可以不写；只用来核对年龄和防止重复取号，不保存")
    }

    var request: TicketRequest { TicketRequest(business: business, ground: ground, idNumber: idNumber) }
}

/// Which ticket.
struct HallTicketInput: SchemaType {
    var id = Identifier.none

    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "号的标识", in: .path) }
}

/// Which window.
struct HallWindowInput: SchemaType {
    var window = ""

    static let schema = Schema<Self> {
        Field("window", \.window, .text(min: 1, max: 60), doc: "窗口的代号，例如 city-hall-1", in: .path)
    }
}

/// A step with a ticket.
struct TicketStepInput: SchemaType {
    var id = Identifier.none
    var step = TicketStep.again
    var window: String?

    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "号的标识", in: .path)
        Field(
            "step", \.step, .choice,
            doc: "again 再叫、serve 开始办理、finish 办完、miss 过号、move 转窗口、rejoin 重新排队、cancel 退号")
        Field("window", \.window, .optional(.text(max: 60)), doc: "转到哪个窗口；不写为回到大厅里等")
    }
}

/// The rules of a hall, to be put in place of those it has.
struct HallRulesInput: SchemaType {
    var site = ""
    var rules = HallRules()

    static let schema = Schema<Self> {
        Field("site", \.site, .text(min: 1, max: 60), doc: "大厅的代号，例如 city-hall", in: .path)
        Field("rules", \.rules, .object, doc: "叫号规则")
    }
}
