public import Extension
public import Standards
public import Storage

/// A presentation as its holder sees it afterwards.
public struct PresentationView: SchemaType {
    /// Who read it, and when.
    public struct Reading: SchemaType {
        public var at = Instant(milliseconds: 0)
        /// The agency; nil for somebody without an account here.
        public var agency: Identifier?

        public init() {}

        public static let schema = Schema<Reading> {
            Field("at", \.at, .instant, doc: "时间")
            Field("agency", \.agency, .optional(.identifier), doc: "扫码的部门；没有的是没有登录的人")
        }
    }

    public var id = Identifier.none
    public var titles: [String] = []
    public var labels: [String] = []
    public var audience = ""
    public var purpose = ""
    public var expiresAt = Instant(milliseconds: 0)
    public var isOpen = false
    public var isEnded = false
    public var readings: [Reading] = []

    public init() {}

    init(
        _ presentation: Presentation, titles: [String], readings: [(at: Instant, agency: Identifier?)],
        at instant: Instant
    ) {
        id = presentation.id
        self.titles = titles.isEmpty ? ["全部有效的证照"] : titles
        labels = presentation.content.labels.sorted()
        audience = presentation.audience.text
        purpose = presentation.content.purpose
        expiresAt = presentation.expires
        isOpen = presentation.isOpen(at: instant)
        isEnded = presentation.ended != nil
        self.readings = readings.map { reading in
            var view = Reading()
            (view.at, view.agency) = reading
            return view
        }
    }

    public static let schema = Schema<PresentationView> {
        Field("id", \.id, .identifier, doc: "系统编号")
        Field("titles", \.titles, .list(of: .text(max: 120)), doc: "出示的证照")
        Field("labels", \.labels, .list(of: .text(max: 60)), doc: "出示的内容")
        Field("audience", \.audience, .text(max: 26), doc: "给谁看")
        Field("purpose", \.purpose, .text(max: 60), doc: "做什么用")
        Field("expires_at", \.expiresAt, .instant, doc: "什么时候失效")
        Field("is_open", \.isOpen, .flag, doc: "现在还能不能扫")
        Field("is_ended", \.isEnded, .flag, doc: "是否已由本人停止")
        Field("readings", \.readings, .list(of: .object), doc: "谁在什么时候看过")
    }
}

/// A code as it is shown once.
struct PresentationCodeView: SchemaType {
    var id = Identifier.none
    var code = ""
    var expiresAt = Instant(milliseconds: 0)

    init() {}

    init(_ begun: BegunPresentation) {
        id = begun.presentation.id
        code = begun.code.text
        expiresAt = begun.presentation.expires
    }

    static let schema = Schema<PresentationCodeView> {
        Field("id", \.id, .identifier, doc: "系统编号")
        Field("code", \.code, .text(max: 40), doc: "亮码的内容，只在这里出现一次")
        Field("expires_at", \.expiresAt, .instant, doc: "什么时候失效")
    }
}

/// What somebody who reads a code sees.
public struct PresentationReading: SchemaType {
    /// One licence, with nothing but what was consented to.
    public struct Shown: SchemaType {
        public var title = ""
        public var issuer = ""
        public var standing = ""
        public var isInForce = false
        public var validUntil: LegalDay?
        public var fields: [LicenceField] = []
        public var notice: String?

        public init() {}

        public static let schema = Schema<Shown> {
            Field("title", \.title, .text(max: 120), doc: "证照名称")
            Field("issuer", \.issuer, .text(max: 120), doc: "颁发机构")
            Field("standing", \.standing, .text(max: 20), doc: "状态")
            Field("is_in_force", \.isInForce, .flag, doc: "现在是否有效")
            Field("valid_until", \.validUntil, .optional(.day), doc: "有效期至；没有的长期有效")
            Field("fields", \.fields, .list(of: .object, max: 200), doc: "持证人同意出示的内容")
            Field("notice", \.notice, .optional(.text(max: 200)), doc: "使用须知")
        }
    }

    public var licences: [Shown] = []
    public var purpose = ""

    public init() {}

    init(_ presentation: Presentation, _ licences: [Licence], on day: LegalDay, isDemonstration: Bool) {
        purpose = presentation.content.purpose
        self.licences = licences.map { licence in
            var shown = Shown()
            shown.title = licence.title
            shown.issuer = licence.statement.issuer.name
            shown.standing = licence.standing(on: day)
            shown.isInForce = licence.isInForce(on: day)
            shown.validUntil = licence.validUntil
            shown.fields = licence.presentable.filter { presentation.content.labels.contains($0.label) }
            if licence.origin == .here, isDemonstration {
                shown.notice = LicenceVerification.Verdict.demonstration.title
            }
            if licence.origin == .elsewhere { shown.notice = "由\(shown.issuer)签发，本系统只作登记，以原件为准" }
            return shown
        }
    }

    public static let schema = Schema<PresentationReading> {
        Field("licences", \.licences, .list(of: .object, max: 100), doc: "出示的证照")
        Field("purpose", \.purpose, .text(max: 60), doc: "持证人说的用途")
    }
}
