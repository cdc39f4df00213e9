public import PluginKit

/// An order of help, as callers send it. Who orders for itself leaves out what is registered of it.
public struct VisitInput: SchemaType {
    public var kind = Visit.Kind.home
    public var subject = ""
    public var words = ""
    public var name: String?
    public var idNumber: String?
    public var phone: String?
    public var address: String?
    public var site: Identifier?
    public var ground: Visit.Ground?
    public var division: String?
    public var day: LegalDay?
    public var half: HalfDay.Half?

    public init() {}

    public static let schema = Schema<Self>(fields: own + others)

    private static let own: [Field<Self>] = [
        Field("kind", \.kind, .choice.withDefault, doc: "要哪种服务；不写为上门办"),
        Field("subject", \.subject, .text(max: 60).withDefault, doc: "办什么事：老年人专区里的主题或事项代号"),
        Field("words", \.words, .text(max: 200, lines: true).withDefault, doc: "用自己的话说说办什么事"),
        Field("phone", \.phone, .optional(.text(max: 20)), doc: "联系电话；不写就用登记的手机号码"),
        Field("address", \.address, .optional(.text(max: 200)), doc: "到哪里；不写就用登记的地址，大厅里的服务不用写"),
        Field("site", \.site, .optional(.identifier), doc: "大厅的标识；不写就到本地的政务服务中心"),
        Field("ground", \.ground, .optional(.choice), doc: "服务对象：够年龄的不用写"),
        Field("division", \.division, .optional(.text(max: 20)), doc: "区划代码；不写就看地址，看不出来的为本部署的区划"),
        Field("day", \.day, .optional(.day), doc: "哪一天；不写就约最早的空档"),
        Field("half", \.half, .optional(.choice), doc: "上午 am 或下午 pm；和日期一起写"),
    ]

    private static let others: [Field<Self>] = [
        Field("name", \.name, .optional(.text(max: 50)), doc: "姓名；只有替别人电话预约才写"),
        Field("id_number", \.idNumber, .optional(.text(max: 18)), doc: "公民身份号码；只有替别人电话预约才写，不知道可以不写"),
    ]
}

/// A telephone at which somebody is reached, also one on a wall.
enum ContactPhone {
    /// The number without white space.
    ///
    /// - Throws: a finding for what is neither a mobile number nor one of a landline.
    static func read(_ text: String) throws(Finding) -> String {
        if let mobile = try? MobileNumber(text) { return mobile.text }
        let digits = text.filter { $0 != "-" && $0 != " " }
        let isNumber = digits.allSatisfy { $0.isASCII && $0.isNumber }
        let hasArea = digits.hasPrefix("0")
        guard isNumber, hasArea ? (10...12).contains(digits.count) : (7...8).contains(digits.count) else {
            throw Finding("phone", "field.format", "请填写11位手机号码，或者带区号的座机号码，例如 0730-8888888。")
        }
        return digits
    }
}
