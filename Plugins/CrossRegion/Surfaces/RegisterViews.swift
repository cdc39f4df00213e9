public import PluginKit

/// An item to be put on a list, as callers send it.
public struct ListedItemInput: SchemaType {
    public var scope = Scope.city
    public var code = ""
    public var title = ""
    public var department = ""
    public var place = ""
    public var startsOn = LegalDay.first

    public init() {}

    public static let schema = Schema<Self> {
        Field("scope", \.scope, .choice, doc: "范围")
        Field("code", \.code, .text(min: 1, max: 40), doc: "事项代号")
        Field("title", \.title, .text(min: 1, max: 200), doc: "事项名称")
        Field("department", \.department, .text(min: 1, max: 60), doc: "业务部门")
        Field("place", \.place, .text(min: 1, max: 200), doc: "在哪里可以办，例如 全市各级政务服务大厅")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
    }
}

struct ListedItemView: SchemaType {
    var id = ""
    var scope = Scope.city
    var code = ""
    var title = ""
    var department = ""
    var place = ""
    var startsOn = LegalDay.first
    var endsOn: LegalDay?

    init() {}

    init(_ item: ListedItem) {
        id = item.id.text
        scope = item.scope
        code = item.code
        title = item.title
        department = item.department
        place = item.place
        startsOn = item.startsOn
        endsOn = item.endsOn
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "标识")
        Field("scope", \.scope, .choice, doc: "范围")
        Field("code", \.code, .text(max: 40), doc: "事项代号")
        Field("title", \.title, .text(max: 200), doc: "事项名称")
        Field("department", \.department, .text(max: 60), doc: "业务部门")
        Field("place", \.place, .text(max: 200), doc: "在哪里可以办")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
        Field("ends_on", \.endsOn, .optional(.day), doc: "到哪天为止")
    }
}

struct PartnerView: SchemaType {
    var code = ""
    var name = ""
    var scope = Scope.nation
    var fingerprint = ""
    var startsOn = LegalDay.first
    var endsOn: LegalDay?
    var isTrusted = false

    init() {}

    init(_ partner: Partner, on day: LegalDay) {
        code = partner.code
        name = partner.name
        scope = partner.scope
        fingerprint = partner.card.fingerprint
        startsOn = partner.startsOn
        endsOn = partner.endsOn
        isTrusted = partner.isTrusted(on: day)
    }

    static let schema = Schema<Self> {
        Field("code", \.code, .text(max: 20), doc: "代码")
        Field("name", \.name, .text(max: 60), doc: "名称")
        Field("scope", \.scope, .choice, doc: "范围")
        Field("fingerprint", \.fingerprint, .text(max: 60), doc: "公钥指纹")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
        Field("ends_on", \.endsOn, .optional(.day), doc: "到哪天为止")
        Field("is_trusted", \.isTrusted, .flag, doc: "现在是否合作")
    }
}

struct PartnerListView: SchemaType {
    var partners: [PartnerView] = []
    static let schema = Schema<Self> { Field("partners", \.partners, .list(of: .object, max: 5000), doc: "合作地区") }
}

struct AgreementView: SchemaType {
    var id = ""
    var partner = ""
    var number = ""
    var mode = Mode.collect
    var decider = Decider.theirs
    var items: [AgreementItem] = []
    var basis = ""
    var startsOn = LegalDay.first
    var endsOn: LegalDay?
    var isInForce = false

    init() {}

    init(_ agreement: Agreement, on day: LegalDay) {
        id = agreement.id.text
        partner = agreement.partner
        number = agreement.number
        mode = agreement.mode
        decider = agreement.decider
        items = agreement.items
        basis = agreement.basis
        startsOn = agreement.startsOn
        endsOn = agreement.endsOn
        isInForce = agreement.isInForce(on: day)
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 40), doc: "标识")
        Field("partner", \.partner, .text(max: 20), doc: "合作地区的代码")
        Field("number", \.number, .text(max: 60), doc: "协议编号")
        Field("mode", \.mode, .choice, doc: "模式")
        Field("decider", \.decider, .choice, doc: "哪一方办理")
        Field("items", \.items, .list(of: .object, max: 500), doc: "事项")
        Field("basis", \.basis, .text(max: 300), doc: "依据")
        Field("starts_on", \.startsOn, .day, doc: "从哪天起")
        Field("ends_on", \.endsOn, .optional(.day), doc: "到哪天为止")
        Field("is_in_force", \.isInForce, .flag, doc: "现在是否有效")
    }
}

struct AgreementListView: SchemaType {
    var agreements: [AgreementView] = []
    static let schema = Schema<Self> {
        Field("agreements", \.agreements, .list(of: .object, max: 5000), doc: "通办协议")
    }
}

struct ScopeFigure: SchemaType {
    var scope = Scope.city
    var items = 0
    var target = 0
    var cases = 0
    var visits = 0

    static let schema = Schema<Self> {
        Field("scope", \.scope, .choice, doc: "范围")
        Field("items", \.items, .integer(in: 0...1_000_000), doc: "通办事项数")
        Field("target", \.target, .integer(in: 0...1_000_000), doc: "目标数")
        Field("cases", \.cases, .integer(in: 0...1_000_000_000), doc: "本地受理、送外地办理的件数")
        Field("visits", \.visits, .integer(in: 0...1_000_000_000), doc: "替申请人少跑的趟数")
    }
}

struct FigureList: SchemaType {
    var scopes: [ScopeFigure] = []
    static let schema = Schema<Self> { Field("scopes", \.scopes, .list(of: .object, max: 3), doc: "三类") }
}

extension CrossRegionService {
    /// Counts by day, so that nobody who reads the sum walks over the cases.
    func count(cases: Int, visits: Int, of value: CrossCase, by act: Act, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO cross_region_figure (scope, day, cases, visits) VALUES (?, ?, ?, ?)
            ON CONFLICT (scope, day) DO UPDATE SET cases = cross_region_figure.cases + excluded.cases,
                visits = cross_region_figure.visits + excluded.visits
            """, value.scope, act.now.day, cases, visits)
    }

    /// The counters of the three lists, and the visits that were saved (R13.1–R13.3, R13.8).
    func figures(by act: Act) async throws -> FigureList {
        try await database.read { snapshot in
            let counts = try lists.counts(on: act.now.day, in: snapshot)
            let cases = try snapshot.rows(
                """
                SELECT scope, CAST(sum(cases) AS BIGINT) AS cases, CAST(sum(visits) AS BIGINT) AS visits
                FROM cross_region_figure GROUP BY scope
                """
            ).reduce(into: [Scope: (cases: Int, visits: Int)]()) {
                $0[try $1.get("scope")] = (try $1.get("cases"), try $1.get("visits"))
            }
            var list = FigureList()
            list.scopes = Scope.allCases.map { scope in
                var figure = ScopeFigure()
                figure.scope = scope
                figure.items = counts[scope] ?? 0
                figure.target = settings.target(scope)
                figure.cases = cases[scope]?.cases ?? 0
                figure.visits = cases[scope]?.visits ?? 0
                return figure
            }
            return list
        }
    }
}
