import Extension
import Standards
import Storage

struct MessagePath: SchemaType {
    var id = Identifier.none
    static let schema = Schema<Self> { Field("id", \.id, .identifier, doc: "系统编号", in: .path) }
}

struct InboxInput: SchemaType {
    var before: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("before", \.before, .optional(.text(max: 26)), doc: "从哪一条往前，上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "一页几条", in: .query)
    }
}

struct DeliveryListInput: SchemaType {
    var state = Delivery.State.toPrint
    var division: String?
    var after: String?
    var limit = 20
    static let schema = Schema<Self> {
        Field("state", \.state, Format<Delivery.State>.choice.withDefault, doc: "状态", in: .query)
        Field("division", \.division, .optional(.text(max: 12)), doc: "区划；不写为本岗位的区划", in: .query)
        Field("after", \.after, .optional(.text(max: 26)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "一页几条", in: .query)
    }
}

struct PostingInput: SchemaType {
    var id = Identifier.none
    var tracking = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "送达的系统编号", in: .path)
        Field("tracking", \.tracking, .text(min: 1, max: 60), doc: "邮件号码")
    }
}

struct PaperServiceInput: SchemaType {
    var id = Identifier.none
    var way = NoticeService.Way.inPerson
    var recipient = ""
    var day: LegalDay?
    var tracking: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "送达的系统编号", in: .path)
        Field("way", \.way, .choice, doc: "送达方式")
        Field("recipient", \.recipient, .text(min: 1, max: 100), doc: "收件人")
        Field("day", \.day, .optional(.day), doc: "送达日期；不写为今天")
        Field("tracking", \.tracking, .optional(.text(max: 60)), doc: "邮件号码，邮寄送达必填")
    }

    func service(on today: LegalDay) -> NoticeService {
        NoticeService(way: way, recipient: recipient, day: day ?? today, tracking: tracking)
    }
}

struct ResolutionInput: SchemaType {
    var id = Identifier.none
    var note = ""
    static let schema = Schema<Self> {
        Field("id", \.id, .identifier, doc: "送达的系统编号", in: .path)
        Field("note", \.note, .text(min: 1, max: 200), doc: "怎样告知了本人")
    }
}

struct NumberInput: SchemaType {
    var number = ""
    static let schema = Schema<Self> {
        Field("id_number", \.number, .text(min: 1, max: 30), doc: "身份证号码")
    }
}

struct ContactOfNumberInput: SchemaType {
    var number = ""
    var contact = ContactInput()
    static let schema = Schema<Self> {
        Field("id_number", \.number, .text(min: 1, max: 30), doc: "身份证号码")
        Field("contact", \.contact, .object, doc: "联系方式")
    }
}
