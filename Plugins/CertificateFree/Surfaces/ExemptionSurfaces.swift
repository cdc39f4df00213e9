import PluginKit

/// The overview of the four exemptions for leaders and whoever keeps the list (四免总览, R14.16).
struct ExemptionSurfaces {
    let desk: ProofDesk

    static let access = Access.staffWithAny([ProofRegister.keep, .superviseCases])

    var all: [any Contribution] {
        [
            Endpoint(
                .get, "exemptions", summary: "四免总览：不用交、不用填、不用开、不用再核验的数字，与目标对照", access: Self.access,
                problems: ["input.invalid"]
            ) { (input: MonthsQuestion, _) in
                let months = try input.months()
                return ExemptionView(
                    try await desk.database.read { try desk.figures(from: months.from, until: months.until, in: $0) })
            },
            Page("exemptions", access: Self.access, menu: "四免总览") { request in try await page(PageForm(request)) },
        ]
    }

    private func page(_ form: PageForm) async throws -> PageReply {
        var question = MonthsQuestion()
        question.from = form.request.parameter("from")
        question.until = form.request.parameter("until")
        var shown = form
        var months = (from: "", until: "")
        do { months = try question.months() } catch { shown = try PageForm(form.request, after: error) }
        let (from, until) = months
        let figures = try await desk.database.read { try desk.figures(from: from, until: until, in: $0) }
        return .render(
            .text(Self.template),
            [
                "pageTitle": "四免总览", "department": .text(form.request.actor.post?.agencyName ?? ""),
                "errorSummary": shown.summary,
                "filter": [
                    shown.field(
                        "from", "从哪个月", isOptional: true, hint: "例如 2026-01", maximumLength: 7,
                        preset: question.from ?? ""),
                    shown.field(
                        "until", "到哪个月", isOptional: true, hint: "不写为至今", maximumLength: 7, preset: question.until ?? ""
                    ),
                ],
                "groups": .list(figures.groups.map(Self.model)),
            ], status: shown.status)
    }

    private static func model(_ group: ExemptionFigures.Group) -> ViewModel {
        let head = group.lines.first
        return [
            "title": .text(group.exemption.rawValue), "label": .text(head?.title ?? ""),
            "value": .text(head.map { "\($0.count)" } ?? ""), "note": .text(head?.note ?? ""),
            "percent": .text(head?.percent.map(String.init) ?? ""),
            "lines": .list(
                group.lines.dropFirst().map { line in
                    ["label": .text(line.title), "value": .text("\(line.count)"), "note": .text(line.note)]
                }),
        ]
    }

    private static let template = """
        <p class="eyebrow">{{department}}</p>
        <h1>四免总览</h1>
        <p class="lead">群众和企业少交了多少材料、少填了多少信息、少开了多少证明，都从真实的办件里数出来。</p>
        <form class="card filter section" method="get" action="/certificate-free/exemptions" aria-label="筛选">
          {{#filter}}{{> partials/field}}{{/filter}}
          <button class="btn btn--quiet">统计</button>
        </form>
        <dl class="facts section">{{#groups}}<div class="fact"><dt>{{title}}</dt><dd>{{value}}<small>{{label}}{{#note}}，{{note}}{{/note}}</small></dd></div>{{/groups}}</dl>
        {{#groups}}
        <section class="card section" aria-label="{{title}}">
          <div class="rowhead"><h2 class="h3">{{title}}</h2></div>
          <p>{{label}} <b class="num">{{value}}</b>{{#note}}，{{note}}{{/note}}</p>
          {{#percent}}<meter class="bar" min="0" max="100" value="{{percent}}" aria-hidden="true"></meter>{{/percent}}
          <dl class="sum">{{#lines}}<div><dt>{{label}}</dt><dd><span class="num">{{value}}</span>{{#note}} <span class="muted">{{note}}</span>{{/note}}</dd></div>{{/lines}}</dl>
        </section>
        {{/groups}}
        <p class="muted small">办件按提交的那个月计数，从启用这个插件起计。</p>
        """
}

extension ExemptionFigures.Line {
    /// How far it is, in words: of how many, or against the target.
    var note: String {
        if let target { return count >= target ? "目标 \(target)，已经达到" : "目标 \(target)，还差 \(target - count)" }
        guard let outOf, outOf > 0 else { return "" }
        return percent.map { "共 \(outOf)，占 \($0)%" } ?? "共 \(outOf)"
    }

    /// In whole hundredths; nil where there is nothing to compare.
    var percent: Int? {
        guard let whole = target ?? outOf, whole > 0 else { return nil }
        return min(100, count * 100 / whole)
    }
}

/// Which months are wanted.
struct MonthsQuestion: SchemaType {
    var from: String?
    var until: String?

    static let schema = Schema<Self> {
        Field("from", \.from, .optional(.text(max: 7)), doc: "从哪个月，例如 2026-01；不写为从头", in: .query)
        Field("until", \.until, .optional(.text(max: 7)), doc: "到哪个月；不写为至今", in: .query)
    }

    /// The months, empty where none is named.
    ///
    /// - Throws: `Problem` with every finding.
    func months() throws -> (from: String, until: String) {
        let (first, last) = (from ?? "", until ?? "")
        var findings: [Finding] = []
        for (field, month) in [("from", first), ("until", last)] where !month.isEmpty {
            if month.count != 7 || (try? LegalDay(month + "-01")) == nil {
                findings.append(Finding(field, "field.month", "“\(month)”不是月份，请写成 2026-01 这样。"))
            }
        }
        if findings.isEmpty, !first.isEmpty, !last.isEmpty, last < first {
            findings.append(Finding("until", "field.month", "结束的月份早于开始的月份。"))
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        return (first, last)
    }
}

struct ExemptionLineView: SchemaType {
    var title = ""
    var count = 0
    var outOf: Int?
    var target: Int?
    static let schema = Schema<Self> {
        Field("title", \.title, .text(max: 200), doc: "数的是什么")
        Field("count", \.count, .integer(in: 0...Int.max), doc: "多少")
        Field("out_of", \.outOf, .optional(.integer(in: 0...Int.max)), doc: "一共多少")
        Field("target", \.target, .optional(.integer(in: 0...Int.max)), doc: "目标")
    }
}

struct ExemptionGroupView: SchemaType {
    var title = ""
    var lines: [ExemptionLineView] = []
    static let schema = Schema<Self> {
        Field("title", \.title, .text(max: 20), doc: "哪一免")
        Field("lines", \.lines, .list(of: .object, max: 5000), doc: "数字，第一个是合计")
    }
}

struct ExemptionView: SchemaType {
    var groups: [ExemptionGroupView] = []

    init() {}

    init(_ figures: ExemptionFigures) {
        groups = figures.groups.map { group in
            var view = ExemptionGroupView()
            view.title = group.exemption.rawValue
            view.lines = group.lines.map { line in
                var shown = ExemptionLineView()
                shown.title = line.title
                shown.count = line.count
                shown.outOf = line.outOf
                shown.target = line.target
                return shown
            }
            return view
        }
    }

    static let schema = Schema<Self> {
        Field("groups", \.groups, .list(of: .object, max: 20), doc: "各项")
    }
}
