import Extension
import Standards
import Storage

extension NormService {
    /// Anybody reads the library; staff tell how far their division is.
    var endpoints: [any Contribution] {
        [
            Endpoint(.get, "norms", summary: "标准规范库，按编号分页", access: .anyone) { (input: NormQuery, call) in
                let found = try await norms(
                    inForceOn: input.all ? nil : call.act.now.day, level: input.level, after: input.after ?? "",
                    limit: input.limit + 1)
                return CursorPage(found.map(NormView.init), limit: input.limit, cursor: \.number)
            },
            Endpoint(
                .get, "norms/{id}", summary: "一项标准规范和各地采用的情况", access: .anyone, problems: ["norms.not_found"]
            ) { (input: NormPath, _) in
                let norm = try await norm(input.id)
                var view = NormDetail()
                view.norm = NormView(norm)
                view.adoptions = try await adoptions(of: norm.id).map(NormAdoptionView.init)
                return view
            },
            Endpoint(
                .post, "norms/{id}/adoption", summary: "登记一地采用一项标准规范的情况", access: .staff(Self.adopt),
                problems: ["norms.not_found", "input.invalid", "access.forbidden"]
            ) { (input: NormAdoptionInput, call) in
                try await call.commit(to: database) { transaction in
                    let division = input.division ?? call.act.actor.post?.division ?? self.division
                    let adoption = NormAdoption(
                        division: division, state: input.state, day: input.day, note: input.note ?? "")
                    try record(input.id, adoption, by: call.act, in: transaction)
                    return NormAdoptionView(adoption)
                }
            },
        ]
    }
}

struct NormQuery: SchemaType {
    var level: ServiceNorm.Level?
    var all = false
    var after: String?
    var limit = 50
    static let schema = Schema<Self> {
        Field("level", \.level, .optional(.choice), doc: "层级", in: .query)
        Field("all", \.all, .flag.withDefault, doc: "也列出没有实施和已经废止的", in: .query)
        Field("after", \.after, .optional(.text(max: 200)), doc: "上一页给出的 next", in: .query)
        Field("limit", \.limit, .integer(in: 1...100).withDefault, doc: "每页条数", in: .query)
    }
}

struct NormPath: SchemaType {
    var id = ""
    static let schema = Schema<Self> { Field("id", \.id, .text(min: 1, max: 200), doc: "标准的标识", in: .path) }
}

struct NormView: SchemaType {
    var id = ""
    var number = ""
    var title = ""
    var level = ServiceNorm.Level.service
    var theme: String?
    var effectiveFrom = LegalDay.first
    var withdrawnOn: LegalDay?
    var replacedBy: String?

    init() {}

    init(_ norm: ServiceNorm) {
        id = norm.id.text
        number = norm.number
        title = norm.title
        level = norm.level
        theme = norm.theme.isEmpty ? nil : norm.theme
        effectiveFrom = norm.effectiveFrom
        withdrawnOn = norm.withdrawnOn
        replacedBy = norm.replacedBy.isEmpty ? nil : norm.replacedBy
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "标识")
        Field("number", \.number, .text(max: 200), doc: "编号")
        Field("title", \.title, .text(max: 200), doc: "名称")
        Field("level", \.level, .choice, doc: "层级")
        Field("theme", \.theme, .optional(.text(max: 200)), doc: "规范哪一个主题")
        Field("effective_from", \.effectiveFrom, .day, doc: "实施日期")
        Field("withdrawn_on", \.withdrawnOn, .optional(.day), doc: "废止日期")
        Field("replaced_by", \.replacedBy, .optional(.text(max: 200)), doc: "代替它的编号")
    }
}

struct NormDetail: SchemaType {
    var norm = NormView()
    var adoptions: [NormAdoptionView] = []
    static let schema = Schema<Self> {
        Field("norm", \.norm, .object, doc: "标准规范")
        Field("adoptions", \.adoptions, .list(of: .object, max: 10_000), doc: "各地采用的情况")
    }
}

struct NormAdoptionView: SchemaType {
    var division = ""
    var state = NormAdoption.State.planned
    var day = LegalDay.first
    var note = ""

    init() {}

    init(_ adoption: NormAdoption) {
        division = adoption.division
        state = adoption.state
        day = adoption.day
        note = adoption.note
    }

    static let schema = Schema<Self> {
        Field("division", \.division, .text(max: 20), doc: "区划")
        Field("state", \.state, .choice, doc: "采用情况")
        Field("day", \.day, .day, doc: "从哪天起；拟采用的为计划日期")
        Field("note", \.note, .text(max: 500), doc: "说明")
    }
}

struct NormAdoptionInput: SchemaType {
    var id = ""
    var division: String?
    var state = NormAdoption.State.adopted
    var day = LegalDay.first
    var note: String?
    static let schema = Schema<Self> {
        Field("id", \.id, .text(min: 1, max: 200), doc: "标准的标识", in: .path)
        Field("division", \.division, .optional(.text(max: 20)), doc: "区划；不写为本单位所在区划")
        Field("state", \.state, .choice, doc: "采用情况")
        Field("day", \.day, .day, doc: "从哪天起；拟采用的写计划日期")
        Field("note", \.note, .optional(.text(max: 500, lines: true)), doc: "说明；部分采用、不适用的必填")
    }
}
