public import Extension
public import Standards
import Storage

/// A paper of a case as the interface gives it.
public struct PaperView: SchemaType {
    public var id = ""
    public var kind = PaperKind.receipt
    public var title = ""
    public var number = ""
    public var item: String?
    public var serves: String?
    public var issuedAt = Instant(milliseconds: 0)
    public var template = ""
    public var way: PaperService.Way?
    public var recipient: String?
    public var servedOn: LegalDay?
    public var tracking: String?

    public init() {}

    init(_ paper: CasePaper) {
        id = paper.id.text
        kind = paper.kind
        title = paper.title
        number = paper.number
        item = paper.item
        serves = paper.serves?.text
        issuedAt = paper.issued
        template = paper.template
        way = paper.service?.way
        recipient = paper.service?.recipient
        servedOn = paper.service?.day
        tracking = paper.service?.tracking
    }

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "系统编号")
        Field("kind", \.kind, .choice, doc: "文书种类")
        Field("title", \.title, .text(max: 100), doc: "名称")
        Field("number", \.number, .text(max: 200), doc: "文号")
        Field("item", \.item, .optional(.text(max: 40)), doc: "涉及的事项；没有的涉及整件事")
        Field("serves", \.serves, .optional(.text(max: 26)), doc: "送达回证所证明送达的文书")
        Field("issued_at", \.issuedAt, .instant, doc: "出具时间")
        Field("template", \.template, .text(max: 80), doc: "所用模板和版本")
        Field("way", \.way, .optional(.choice), doc: "送达方式；没有的还没有登记送达")
        Field("recipient", \.recipient, .optional(.text(max: 100)), doc: "收件人")
        Field("served_on", \.servedOn, .optional(.day), doc: "送达日期")
        Field("tracking", \.tracking, .optional(.text(max: 60)), doc: "邮件号码")
    }
}

/// The papers of a case.
public struct PaperList: SchemaType {
    public var papers: [PaperView] = []

    public init() {}

    init(_ papers: [CasePaper]?) { self.papers = (papers ?? []).map(PaperView.init) }

    public static let schema = Schema<Self> {
        Field("papers", \.papers, .list(of: .object), doc: "文书，先出具的在前")
    }
}
