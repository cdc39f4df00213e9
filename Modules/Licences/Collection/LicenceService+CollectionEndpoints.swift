import Extension
import Standards
import Storage

/// The types of licences and what is to be looked into, over HTTP.
extension LicenceService {
    var collectionEndpoints: [any Contribution] { [typeList, collectedList, confirmation] }

    private var typeList: Endpoint {
        Endpoint(.get, "licence-types", summary: "证照类型和各自的内容栏目", access: .anyone) {
            (_: Nothing, _: Call) -> LicenceTypeList in
            LicenceTypeList(types.all.map(LicenceTypeView.init))
        }
    }

    private var collectedList: Endpoint {
        Endpoint(
            .get, "collected-licences", summary: "导入后存疑或缺项、等待核实的证照", access: .staff(Self.collectRight)
        ) { (input: CollectedInput, call: Call) -> CursorPage<CollectedLicenceView> in
            try await collectedPage(
                input.quality, after: input.after, limit: input.limit, by: call.act)
        }
    }

    func collectedPage(
        _ quality: LicenceQuality, after cursor: Identifier?, limit: Int, by act: Act
    ) async throws -> CursorPage<CollectedLicenceView> {
        let found = try await collected(quality, after: cursor, limit: limit + 1, by: act)
        return CursorPage(
            found.map { CollectedLicenceView($0, on: act.now.day, isDemonstration: isDemonstration) }, limit: limit,
            cursor: \.licence.licence.id)
    }

    private var confirmation: Endpoint {
        Endpoint(
            .post, "licences/{id}/confirmation", summary: "核实一份存疑或缺项的证照", access: .staff(Self.collectRight),
            problems: [LicenceError.Code.notFound.rawValue, LicenceError.Code.notInForce.rawValue]
        ) { (input: ConfirmationInput, call: Call) -> LicenceView in
            try await call.commit(to: database) { transaction in
                try confirm(input.licence, basis: input.basis, by: call.act, in: transaction)
                guard let licence = try register.find(input.licence, in: transaction) else {
                    throw LicenceError.unknown
                }
                return LicenceView(licence, on: call.act.now.day, isDemonstration: isDemonstration)
            }
        }
    }
}

/// Which of the licences that were taken over.
struct CollectedInput: SchemaType {
    var quality = LicenceQuality.doubtful
    var after: Identifier?
    var limit = 50

    static let schema = Schema<CollectedInput> {
        Field(
            "quality", \.quality, Format.choice.withDefault, doc: "doubtful 存疑，incomplete 缺项", in: .query)
        Field("after", \.after, .optional(.identifier), doc: "上一页给出的游标", in: .query)
        Field("limit", \.limit, Format.integer(in: 1...200).withDefault, doc: "每页几份", in: .query)
    }
}

/// A licence that was taken over, and what was looked at.
struct ConfirmationInput: SchemaType {
    var licence = Identifier.none
    var basis = ""

    static let schema = Schema<ConfirmationInput> {
        Field("id", \.licence, .identifier, doc: "证照的系统编号", in: .path)
        Field("basis", \.basis, .text(min: 1, max: 80), doc: "核对了什么，例如底档的编号")
    }
}

/// A licence that was taken over, as the interface shows it.
struct CollectedLicenceView: SchemaType {
    var licence = LicenceView()
    var quality = LicenceQuality.sound
    var findings = ""

    init() {}

    init(_ collected: CollectedLicence, on day: LegalDay, isDemonstration: Bool) {
        licence = LicenceView(collected.licence, on: day, isDemonstration: isDemonstration)
        quality = collected.quality
        findings = collected.findings
    }

    static let schema = Schema<CollectedLicenceView> {
        Field("licence", \.licence, .object, doc: "证照")
        Field("quality", \.quality, .choice, doc: "质量：sound 合格，incomplete 缺项，doubtful 存疑")
        Field("findings", \.findings, .text(max: 4000), doc: "缺什么、哪里可疑")
    }
}

/// The types of licences.
struct LicenceTypeList: SchemaType {
    var types: [LicenceTypeView] = []

    init() {}

    init(_ types: [LicenceTypeView]) { self.types = types }

    static let schema = Schema<LicenceTypeList> {
        Field("types", \.types, .list(of: .object), doc: "证照类型")
    }
}

/// A type of licence as the interface shows it.
struct LicenceTypeView: SchemaType {
    var name = ""
    var code: String?
    var definer = ""
    var holder = ""
    var field = ""
    var isLimited = false
    var lines: [String] = []
    var requiredLines: [String] = []

    init() {}

    init(_ type: LicenceType) {
        name = type.name
        code = type.code
        definer = type.definer
        holder = type.holder.rawValue
        field = type.field
        isLimited = type.isLimited
        lines = type.lines.map(\.label)
        requiredLines = type.lines.filter(\.isRequired).map(\.label)
    }

    static let schema = Schema<LicenceTypeView> {
        Field("name", \.name, .text(max: 60), doc: "名称")
        Field("code", \.code, .optional(.text(max: 21)), doc: "类型代码（GB/T 36904）")
        Field("definer", \.definer, .text(max: 120), doc: "定义机构")
        Field("holder", \.holder, .text(max: 10), doc: "持证主体：自然人、法人、任何")
        Field("field", \.field, .text(max: 40), doc: "领域")
        Field("is_limited", \.isLimited, .flag, doc: "是否有期限")
        Field("lines", \.lines, .list(of: .text(max: 60)), doc: "内容栏目")
        Field("required_lines", \.requiredLines, .list(of: .text(max: 60)), doc: "其中必有的")
    }
}
