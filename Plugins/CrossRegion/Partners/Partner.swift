public import PluginKit

/// A place with which items are handled together (合作地区, R13.4), and how it proves itself (R13.7).
public struct Partner: Sendable, Hashable {
    /// How partners call it: its division code.
    public let code: String
    public let name: String
    public let scope: Scope
    /// Where its interface is, up to and without `/api/v1`.
    public let address: String
    public let card: PeerCard
    public let startsOn: LegalDay
    /// The first day on which nothing new is agreed to; nil while nobody has ended it.
    public let endsOn: LegalDay?
    public let endReason: String
    /// The versions of the wire that it speaks, as far as it has told.
    public let versions: ClosedRange<Int>
    /// When it was last heard of; nil before the first word.
    public let heardAt: Instant?

    /// Whether it is trusted on a day.
    public func isTrusted(on day: LegalDay) -> Bool { startsOn <= day && endsOn.map { day < $0 } ?? true }

    init(_ row: Row) throws {
        code = try row.get("code")
        name = try row.get("name")
        scope = try row.get("scope")
        address = try row.get("address")
        card = try PeerCard(signing: try row.get("signing"), reading: try row.get("reading"))
        startsOn = try row.get("starts_on")
        endsOn = try row.get("ends_on")
        endReason = try row.get("end_reason")
        let (lowest, highest): (Int, Int) = (try row.get("lowest"), try row.get("highest"))
        versions = lowest...max(lowest, highest)
        heardAt = try row.get("heard_at")
    }
}

/// What was agreed with a partner (通办协议, R13.4): which items, in which mode, who decides, how long.
public struct Agreement: Sendable, Hashable {
    public let id: Identifier
    /// The partner's code.
    public let partner: String
    /// The number that both sides know it by.
    public let number: String
    public let mode: Mode
    public let decider: Decider
    public let items: [AgreementItem]
    /// The document.
    public let basis: String
    public let startsOn: LegalDay
    public let endsOn: LegalDay?
    public let endReason: String

    /// Whether something new may be begun under it on a day.
    public func isInForce(on day: LegalDay) -> Bool { startsOn <= day && endsOn.map { day < $0 } ?? true }

    init(_ row: Row) throws {
        id = try row.get("id")
        partner = try row.get("partner")
        number = try row.get("number")
        mode = try row.get("mode")
        decider = try row.get("decider")
        let list = try JSONValue(parsing: try row.get("items")).array ?? []
        items = try list.map { try AgreementItem(json: $0) }
        basis = try row.get("basis")
        startsOn = try row.get("starts_on")
        endsOn = try row.get("ends_on")
        endReason = try row.get("end_reason")
    }
}

/// One item of an agreement.
public struct AgreementItem: SchemaType, Hashable {
    public var item = ""
    public var title = ""
    /// How many working days of the decider it takes; zero while the applicant waits.
    public var days = 0
    /// The organ that decides, by key or identifier; where the partner decides it is empty.
    public var agency = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项代号")
        Field("title", \.title, .text(min: 1, max: 200), doc: "事项名称")
        Field("days", \.days, .integer(in: 0...365).withDefault, doc: "办理地承诺的工作日数；当场办结写 0")
        Field("agency", \.agency, .text(max: 60).withDefault, doc: "本方办理时，由哪个单位办理（单位代号）")
    }
}

/// A partner as the keeper records it.
public struct PartnerInput: SchemaType {
    public var code = ""
    public var name = ""
    public var scope = Scope.nation
    public var address = ""
    public var signing = ""
    public var reading = ""
    public var startsOn = LegalDay.first

    public init() {}

    public static let schema = Schema<Self> {
        Field("code", \.code, .text(min: 6, max: 20), doc: "合作地区的代码，一般是区划代码")
        Field("name", \.name, .text(min: 1, max: 60), doc: "名称，例如 苏州市")
        Field("scope", \.scope, .choice, doc: "范围")
        Field("address", \.address, .text(min: 1, max: 300), doc: "对方系统的网址，例如 https://ycb.example.gov.cn")
        Field("signing", \.signing, .text(min: 1, max: 1000, lines: true), doc: "对方的签名公钥（PEM）")
        Field("reading", \.reading, .text(min: 1, max: 1000, lines: true), doc: "对方的加密公钥（PEM）")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
    }
}

/// An agreement as the keeper records it.
public struct AgreementInput: SchemaType {
    public var partner = ""
    public var number = ""
    public var mode = Mode.collect
    public var decider = Decider.theirs
    public var items: [AgreementItem] = []
    public var basis = ""
    public var startsOn = LegalDay.first
    public var endsOn: LegalDay?

    public init() {}

    public static let schema = Schema<Self> {
        Field("partner", \.partner, .text(min: 1, max: 20), doc: "合作地区的代码")
        Field("number", \.number, .text(min: 1, max: 60), doc: "协议编号，双方要一致")
        Field("mode", \.mode, .choice, doc: "模式")
        Field("decider", \.decider, .choice, doc: "哪一方办理")
        Field("items", \.items, .list(of: .object, max: 500), doc: "事项")
        Field("basis", \.basis, .text(min: 1, max: 300), doc: "依据的协议文件")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
        Field("ends_on", \.endsOn, .optional(.day), doc: "到哪天为止（当日起不再有效）；不写为一直有效")
    }
}
