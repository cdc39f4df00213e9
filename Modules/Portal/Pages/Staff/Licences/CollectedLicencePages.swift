import PluginKit

/// What staff look into of the licences that were taken over from old registers: doubtful and incomplete ones.
struct CollectedLicencePages: PageGroup {
    static let path = "/staff/collected-licences"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(LicenceService.collectRight)
        return [
            Page(Self.path, access: access, menu: "存量证照核实") { request in try await list(request) },
            Page("\(Self.path)/{id}", access: access) { request in try await show(request, .none) },
            Page(post: "\(Self.path)/{id}/confirmation", access: access) { request in try await confirm(request) },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        guard let post = request.actor.post else { throw Problem.forbidden }
        let quality = LicenceQuality(rawValue: request.parameter("quality")) ?? .doubtful
        let cursor = try request.cursor()
        let found = try await services.licences.collected(quality, after: cursor, limit: 51, by: request.act)
        let query = ["quality": quality.rawValue]
        return .render(
            .named("collected-licences"),
            .record([
                "pageTitle": "存量证照核实", "department": post.agencyName,
                "tabs": [LicenceQuality.doubtful, .incomplete].map { other -> ViewModel in
                    .record([
                        "label": other.title, "url": URLText.with(Self.path, query: ["quality": other.rawValue]),
                        "current": other == quality,
                    ])
                },
                "note": quality == .doubtful
                    ? "这些证照自相矛盾，核实以前不能代替材料。" : "这些证照缺了内容，可以使用；补齐后重新导入，或者核对无误后确认。",
                "hasLicences": !found.isEmpty,
                "licences": found.prefix(50).map { collected -> ViewModel in
                    let licence = collected.licence
                    return .record([
                        "title": licence.title, "url": "\(Self.path)/\(licence.id)", "number": licence.number,
                        "holder": licence.holders.map(\.name).joined(separator: "、"),
                        "issuer": licence.issuer.name, "findings": collected.findings,
                        "state": collected.quality.title, "badgeClass": collected.quality == .doubtful ? "bad" : "soon",
                    ])
                },
                "firstURL": cursor == nil ? "" : URLText.with(Self.path, query: query),
                "nextURL": found.count > 50
                    ? URLText.with(
                        Self.path, query: ["quality": quality.rawValue, "after": found[49].licence.id.text]) : "",
            ]))
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let id = try request.identifier()
        let licence = try await services.licences.licence(id, by: request.act)
        guard let found = try await services.licences.quality(of: id, by: request.act) else {
            throw Problem.notFound("这份证照")
        }
        let holders = licence.statement.masked.holders.map {
            [$0.name, $0.idNumber ?? "没有证件号码"].joined(separator: "　")
        }
        let facts =
            [
                ("证照编号", licence.number), ("持证主体", holders.joined(separator: "、")), ("颁发机构", licence.issuer.name),
                ("颁发日期", licence.issuedOn.chineseDate), ("有效期至", licence.validUntil?.chineseDate ?? "长期有效"),
                (found.quality == .sound ? "核实过的问题" : "需要核实", found.findings.isEmpty ? "没有" : found.findings),
            ] + licence.statement.fields.map { ($0.label, ShownText.day($0.value)) }
        let form = ViewModel.record([
            "title": "核实", "action": "\(Self.path)/\(id)/confirmation", "submit": "核对无误",
            "fields": [
                InputField(
                    id: "basis", name: "basis", label: "核对了什么", kind: .text(), values: request.form["basis"] ?? [],
                    hint: "例如底档的编号。内容有错的，请改正表格后重新导入。", error: feedback.error("basis"), maximumLength: 80)
            ],
        ])
        let isOpen = found.quality != .sound && licence.status == .valid
        let message: ViewModel? = request.parameter("message") == "confirmed" ? .message("good", "已经核实，可以使用了。") : nil
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": licence.title, "back": ViewModel.back("返回存量证照核实", Self.path),
                "eyebrow": "从原有登记簿导入", "heading": licence.title, "badge": found.quality.title,
                "badgeClass": found.quality == .sound ? "good" : found.quality == .doubtful ? "bad" : "soon",
                "message": message, "errorSummary": feedback.summary { $0.field },
                "facts": facts.map { ViewModel.record(["label": $0.0, "value": $0.1]) },
                "forms": isOpen ? [form] : [], "hasHistory": false, "history": [ViewModel](),
            ]), status: feedback.status)
    }

    private func confirm(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        let (licences, act) = (services.licences, request.act)
        let basis = request.field("basis")
        do {
            try await licences.database.write { try licences.confirm(id, basis: basis, by: act, in: $0) }
            return .redirect("\(Self.path)/\(id)?message=confirmed")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback)
        }
    }
}
