public import Extension

extension CatalogueService {
    public var contributions: [any Contribution] {
        [
            state.check,
            Gauge(
                "catalogue_lag_seconds", help: "time that the last change of a theme took until this server showed it",
                title: "主题更新用时（秒）"
            ) { [shelf] _, _ in
                shelf.lag.map { [Gauge.Sample($0)] } ?? []
            },
            Endpoint(.get, "themes", summary: "全部“一件事”，或按日常用语查找", access: .anyone) {
                (input: ThemeSearch, _) in
                let themes = input.text.isEmpty ? try await themes() : try await search(input.text)
                return ThemeList(themes: themes.map { ThemeSummary($0) })
            },
            Endpoint(
                cached: "themes/{id}", summary: "一件事的办事指南", access: .anyone,
                output: Guide.self, problems: ["catalogue.theme_not_found"]
            ) { (input: ThemePath, _) in
                try await theme(input.id).guide
            },
        ]
    }
}

struct ThemePath: SchemaType {
    var id = ""
    static let schema = Schema<Self> { Field("id", \.id, .text(min: 1, max: 60), doc: "主题标识", in: .path) }
}

struct ThemeSearch: SchemaType {
    var text = ""
    static let schema = Schema<Self> {
        Field("q", \.text, .text(max: 60).withDefault, doc: "想办的事，例如 生孩子", in: .query)
    }
}

struct ThemeList: SchemaType {
    var themes: [ThemeSummary] = []
    static let schema = Schema<Self> { Field("themes", \.themes, .list(of: .object), doc: "一件事") }
}

struct ThemeSummary: SchemaType {
    var id = ""
    var title = ""
    var summary = ""
    var audience = Theme.Audience.person
    var field: ThemePlacement.Field?
    var menu: ThemePlacement.Menu?
    var batch: Int?

    init() {}

    init(_ entry: CurrentTheme) {
        id = entry.theme.id
        title = entry.theme.title
        summary = entry.theme.summary
        audience = entry.theme.audience
        field = entry.theme.placement?.field
        menu = entry.theme.placement?.menu
        batch = entry.theme.placement?.batch
    }

    static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 60), doc: "主题标识")
        Field("title", \.title, .text(max: 60), doc: "名称")
        Field("summary", \.summary, .text(max: 500), doc: "说明")
        Field("audience", \.audience, .choice, doc: "办理对象")
        Field("field", \.field, .optional(.choice), doc: "领域")
        Field("menu", \.menu, .optional(.choice), doc: "主题式菜单")
        Field("batch", \.batch, .optional(.integer(in: ThemePlacement.batches)), doc: "服务规范批次")
    }
}
