import PluginKit

/// The guide of a theme (办事指南): what it is for, which offices take part, what it takes and what it gives.
struct GuidePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [Page("/themes/{id}") { request in try await guide(request) }]
    }

    private func guide(_ request: PageRequest) async throws -> PageReply {
        let current = try await services.catalogue.theme(request.path["id"] ?? "")
        let theme = current.theme
        let edition = GuideEdition(
            version: theme.version, hash: current.hash, path: theme.url, site: services.faces.shelf.book.address)
        let organisation = try await services.organisation.snapshot()
        let day = request.act.now.day
        let division = services.casework.division
        let names = AgencyNames { department in
            organisation.agency(department: department, division: division, on: day)?.name(on: day)
        }
        let site = organisation.sites.values.sorted { $0.id < $1.id }
            .first { $0.division == division && $0.level == .centre }
        let fees = theme.items.flatMap { item in item.item.fees.map { FeeLine(item: item.item.title, fee: $0) } }
        let advice = theme.advice.filter { $0.when == .always }.map(\.text)
        return .render(
            .named("theme"),
            .record([
                "pageTitle": theme.title, "back": ViewModel.back("返回首页", "/"),
                "theme": ViewModel.record([
                    "title": theme.title, "summary": theme.summary,
                    "kind": theme.audience == .person ? "个人一件事" : "企业一件事",
                    "audience": theme.audience == .person ? "由个人申请，本人登录办理。" : "由企业申请，法定代表人或有授权的经办人登录办理。",
                ]),
                "startURL": theme.questions.isEmpty ? "\(theme.url)/plan" : "\(theme.url)/questions",
                "facts": ViewModel.record([
                    "itemCount": theme.items.count, "agencyCount": Set(theme.items.map(\.item.department)).count,
                    "promise": theme.promisedLimit.chinese, "fee": ShownText.total(fees.map(\.fee.amount)),
                    "visits": "网上办，一次也不用跑",
                ]),
                "departments": departments(theme, names),
                "materials": theme.materials.map { slot in material(slot, theme) },
                "hasAdvice": !advice.isEmpty, "advice": advice,
                "hasFees": !fees.isEmpty, "fees": fees.map(\.model),
                "results": theme.items.flatMap { $0.item.results.map(\.title) }.unique,
                "edition": edition.model(request), "offline": site.map { ViewModel.record(["place": $0.name]) },
            ]))
    }

    private func departments(_ theme: Theme, _ names: AgencyNames) -> [ViewModel] {
        theme.items.map(\.item.department).unique.enumerated().map { index, department in
            .record([
                "order": index + 1, "agency": names[department],
                "items": theme.items.filter { $0.item.department == department }.map { item -> ViewModel in
                    .record([
                        "title": item.item.title, "promise": item.item.promisedLimit.chinese,
                        "legal": item.item.statutoryLimit?.chinese ?? "",
                        "fee": ShownText.total(item.item.fees.map(\.amount)),
                        "afterText": after(item.after, theme), "note": item.item.note,
                    ])
                },
            ])
        }
    }

    private func after(_ ids: [String], _ theme: Theme) -> String? {
        let titles = ids.compactMap { id in theme.items.first { $0.id == id }?.item.title }
        return titles.isEmpty ? nil : "接在\(titles.map { "“\($0)”" }.joined(separator: "、"))之后"
    }

    private func material(_ slot: MaterialSlot, _ theme: Theme) -> ViewModel {
        let badge = MaterialBadge(slot.sources.first ?? .upload)
        return .record([
            "title": slot.title, "badgeClass": badge.style, "badge": badge.label,
            "note": slot.hint ?? badge.explanation,
        ])
    }
}

/// The names of the agencies by department, and the department itself where the deployment has set none.
struct AgencyNames {
    private let find: (String) -> String?

    init(_ find: @escaping (String) -> String?) { self.find = find }

    subscript(department: String) -> String { find(department) ?? department }
}

/// A line of fees.
struct FeeLine {
    /// The title of the item that costs it.
    let item: String
    let fee: Fee
    /// The reduction that holds; nil where none does, and in a guide, where nobody knows yet.
    var reduction: FeeReduction?

    var model: ViewModel {
        .record([
            "title": fee.title == item ? item : "\(item)：\(fee.title)",
            "amount": reduction.map { "\($0.amount.feeText)（\($0.title)）" } ?? ShownText.amount(fee),
            "basis": ([reduction?.basis ?? fee.basis, fee.note] + (reduction == nil ? possible : []))
                .compactMap(\.self).joined(separator: " "),
        ])
    }

    /// Who pays less or nothing, for readers of whom nothing is known yet.
    private var possible: [String?] {
        (fee.reductions ?? []).map { "\($0.title)\($0.amount == .zero ? "" : "：\($0.amount.chinese)")。" }
    }
}

/// How a material is served, as a badge.
struct MaterialBadge {
    let style: String
    let label: String
    var explanation: String?

    /// The badge in a guide, where nobody knows yet what an applicant holds.
    init(_ source: MaterialSlot.Source) {
        switch source {
        case .upload: self.init("upload", "需上传")
        case .licence: self.init("licence", "可免交（电子证照）", "有电子证照的不用交，没有的再上传。")
        case .dataCheck: self.init("data", "可免交（联网核验）", "能联网核验的不用交，核不到的再上传。")
        case .result: self.init("made", "本次办理中产生", "由前面的事项产生，自动送到后面的部门。")
        case .form: self.init("data", "自动生成", "由您填写的这张表自动生成。")
        case .identity: self.init("data", "登录即核验", "实名登录时已经核验身份。")
        }
    }

    /// The badge in a plan.
    init(_ provision: PlannedMaterial.Provision) {
        switch provision {
        case .upload: self.init("upload", "需上传")
        case .exempt(.licence, _, _): self.init("licence", "免交（电子证照）")
        case .exempt(.dataCheck, _, _): self.init("data", "免交（联网核验）")
        case .exempt(.identity, _, _): self.init("data", "免交（实名核验）")
        case .exempt(let source, _, _): self.init(source)
        }
    }

    private init(_ style: String, _ label: String, _ explanation: String? = nil) {
        self.style = style
        self.label = label
        self.explanation = explanation
    }
}

extension Array where Element: Hashable {
    /// The elements in their order, each once.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
