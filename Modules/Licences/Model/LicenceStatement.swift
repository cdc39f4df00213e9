public import Extension
public import Standards
public import Storage

/// What a licence says (证照信息): the part that is signed, shown and sealed at rest.
///
/// Opaque identifiers of parties are no part of it, so that files of one person can't be linked by them.
public struct LicenceStatement: SchemaType, Hashable {
    /// Our identifier of the licence, 26 characters.
    public var id = ""
    /// The type by its name, such as 出生医学证明.
    public var type = ""
    /// The title to print.
    public var title = ""
    /// The number (证照编号) in the issuer's own form.
    public var number = ""
    /// The licence identifier (电子证照标识, GB/T 36904-2018); nil when it was issued elsewhere without one.
    public var identifier: String?
    /// Whose licence it is, in the order of the paper.
    public var holders: [LicenceHolder] = []
    /// Who issued it.
    public var issuer = LicenceIssuer()
    /// The day of issue in Asia/Shanghai.
    public var issuedOn = LegalDay.first
    /// The last day of validity; nil for 长期有效.
    public var validUntil: LegalDay?
    /// What else the paper says, in its order.
    public var fields: [LicenceField] = []
    /// The case that led to it.
    public var caseID: String?
    /// The item of that case.
    public var itemID: String?
    /// The division (区划) in which it was issued or recorded.
    public var division = ""

    public init() {}

    public static let schema = Schema<LicenceStatement> {
        Field("id", \.id, .text(min: 26, max: 26), doc: "系统编号")
        Field("type", \.type, .text(min: 1, max: 60), doc: "证照类型")
        Field("title", \.title, .text(min: 1, max: 120), doc: "证照名称")
        Field("number", \.number, .text(min: 1, max: 80), doc: "证照编号")
        Field("identifier", \.identifier, .optional(.text(min: 1, max: 120)), doc: "电子证照标识")
        Field("holders", \.holders, .list(of: .object, max: 50), doc: "持证主体")
        Field("issuer", \.issuer, .object, doc: "颁发机构")
        Field("issued_on", \.issuedOn, .day, doc: "颁发日期")
        Field("valid_until", \.validUntil, .optional(.day), doc: "有效期至")
        Field("fields", \.fields, .list(of: .object, max: 200), doc: "证照内容")
        Field("case", \.caseID, .optional(.text(min: 1, max: 60)), doc: "办件")
        Field("item", \.itemID, .optional(.text(min: 1, max: 80)), doc: "事项")
        Field("division", \.division, .text(min: 1, max: 12), doc: "区划")
    }

    /// The same statement after the rules of its schema: texts trimmed, control characters and over-long texts refused.
    ///
    /// - Throws: ``LicenceError`` with all findings.
    func checked() throws -> LicenceStatement {
        do {
            return try LicenceStatement(json: try JSONParser.parse(json))
        } catch let problem as Problem {
            throw LicenceError(.draft, "证照内容有误，请按提示逐项改正后重新签发。", findings: problem.findings)
        }
    }
}

/// Whose licence it is (持证主体).
public struct LicenceHolder: SchemaType, Hashable {
    /// The person or enterprise in our registers; nil when we don't know it. Never written into a file.
    public var party: Identifier?
    public var name = ""
    /// The identity number or credit code; nil for a newborn who has none yet.
    public var idNumber: String?

    public init() {}

    public init(party: Identifier?, name: String, idNumber: String? = nil) {
        self.party = party
        self.name = name
        self.idNumber = idNumber
    }

    public static let schema = Schema<LicenceHolder> {
        Field("name", \.name, .text(min: 1, max: 120), doc: "姓名或名称")
        Field("id_number", \.idNumber, .optional(.text(min: 1, max: 40)), doc: "证件号码")
    }
}

/// Who issued a licence (颁发机构).
public struct LicenceIssuer: SchemaType, Hashable {
    /// The agency of this deployment; nil for one elsewhere. Never written into a file.
    public var agency: Identifier?
    public var name = ""
    /// The unified social credit code (GB 32100-2015); nil when it is not known.
    public var creditCode: CreditCode?

    public init() {}

    public init(agency: Identifier? = nil, name: String, creditCode: CreditCode?) {
        self.agency = agency
        self.name = name
        self.creditCode = creditCode
    }

    public static let schema = Schema<LicenceIssuer> {
        Field("name", \.name, .text(min: 1, max: 120), doc: "颁发机构名称")
        Field(
            "credit_code", \.creditCode,
            Format.optional(.parsed(name: "统一社会信用代码", { try CreditCode(legacy: $0) }, text: \.text)),
            doc: "颁发机构统一社会信用代码")
    }
}

/// One line of a licence.
public struct LicenceField: SchemaType, Hashable {
    public var label = ""
    public var value = ""

    public init() {}

    public init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }

    public static let schema = Schema<LicenceField> {
        Field("label", \.label, .text(min: 1, max: 60), doc: "名称")
        Field("value", \.value, .text(max: 4000, lines: true), doc: "内容")
    }
}
