import Extension
import Standards

extension MarketAccessService {
    /// Anybody may ask what a business scope needs.
    var endpoints: [any Contribution] {
        [
            Endpoint(
                .get, "business-scopes/check", summary: "核对经营范围：禁止、需要许可还是不需要许可", access: .anyone,
                problems: [CatalogueError.noScopeList.code]
            ) { (input: ScopeQuery, _) in
                guard let list = try await list() else { throw CatalogueError.noScopeList }
                return ScopeAnswer(list, scope: input.text)
            }
        ]
    }
}

extension CatalogueError {
    static let noScopeList = CatalogueError(
        code: "catalogue.no_scope_list", status: 404,
        message: "这里还没有经营范围目录，无法核对。请向市场监管窗口询问，或拨打 12345。")
}

struct ScopeQuery: SchemaType {
    var text = ""
    static let schema = Schema<Self> {
        Field("q", \.text, .text(min: 1, max: 2000, lines: true), doc: "经营范围，各项之间用分号分开", in: .query)
    }
}

/// What the list says of a scope.
struct ScopeAnswer: SchemaType {
    var list = ""
    var basis = ""
    var isSynthetic = false
    var activities: [ScopeAnswerLine] = []

    init() {}

    init(_ list: ScopeList, scope: String) {
        self.list = list.publication.title
        basis = list.publication.basis
        isSynthetic = list.publication.isSynthetic
        activities = list.findings(of: scope).map(ScopeAnswerLine.init)
    }

    static let schema = Schema<Self> {
        Field("list", \.list, .text(max: 100), doc: "按哪一版目录核对")
        Field("basis", \.basis, .text(max: 200), doc: "目录的依据")
        Field("is_synthetic", \.isSynthetic, .flag, doc: "是否演练用的样本")
        Field("activities", \.activities, .list(of: .object, max: 1000), doc: "逐项的结论")
    }
}

struct ScopeAnswerLine: SchemaType {
    var activity = ""
    var verdict: ScopeEntry.Verdict?
    var entry: String?
    var licence: String?
    var stage: ScopeEntry.Stage?
    var authority: String?
    var basis: String?
    var text = ""

    init() {}

    init(_ finding: ScopeFinding) {
        activity = finding.activity
        verdict = finding.entry?.verdict
        entry = finding.entry?.title
        licence = finding.entry.flatMap { $0.licence.isEmpty ? nil : $0.licence }
        stage = finding.entry?.stage
        authority = finding.entry.flatMap { $0.authority.isEmpty ? nil : $0.authority }
        basis = finding.entry?.basis
        text = finding.chinese
    }

    static let schema = Schema<Self> {
        Field("activity", \.activity, .text(max: 2000), doc: "所写的项目")
        Field("verdict", \.verdict, .optional(.choice), doc: "结论；空为目录里没有，由登记机关核对")
        Field("entry", \.entry, .optional(.text(max: 500)), doc: "目录里的规范表述")
        Field("licence", \.licence, .optional(.text(max: 500)), doc: "需要的许可")
        Field("stage", \.stage, .optional(.choice), doc: "先于还是后于营业执照")
        Field("authority", \.authority, .optional(.text(max: 500)), doc: "办理部门")
        Field("basis", \.basis, .optional(.text(max: 500)), doc: "依据")
        Field("text", \.text, .text(max: 2000), doc: "一句话的说明")
    }
}
