import PluginKit

/// The pages of windows, applicants and officers.
struct CasePages {
    let service: CrossRegionService

    private static let staff = Access.staffWithAny([CrossRegionService.collect, CrossRegionService.decide])
    private static let collectPath = "/cross-region/collect"
    private static let inboxPath = "/cross-region/inbox"

    var all: [any Contribution] {
        let collect = Access.staff(CrossRegionService.collect)
        return [
            Page("collect", access: collect, menu: "外地代收") { request in
                try await list(request, .collects, "外地代收", Self.collectPath)
            },
            Page("inbox", access: .staff(CrossRegionService.decide), menu: "跨域办件") { request in
                try await list(request, .decides, "跨域办件", Self.inboxPath)
            },
            Page("collect/new", access: collect) { request in try await form(request, []) },
            Page(post: "collect/new", access: collect) { request in try await file(request) },
            Page("apply", access: .personAlone) { request in try await form(request, []) },
            Page(post: "apply", access: .personAlone) { request in try await file(request) },
            Page("cases/{id}", access: .signedIn) { request in try await show(request, []) },
            Page(post: "cases/{id}/{step}", access: .signedIn) { request in try await take(request) },
            Page("cases/{id}/papers/{slot}", access: .signedIn) { request in
                let id = try request.caseID()
                return .file(
                    try await service.paper(request.path["slot"] ?? "", of: id, by: request.act), inline: false)
            },
        ] + ProgressPages(service: service).all
    }

    // MARK: Lists

    private func list(
        _ request: PageRequest, _ side: CrossCase.Side, _ heading: String, _ path: String
    ) async throws -> PageReply {
        let after = request.parameter("after")
        let found = try await service.list(side, after: after, limit: 31, by: request.act)
        let names = try await partnerNames()
        let lines = found.prefix(30).map { value -> ViewModel in
            [
                "url": .text("/cross-region/cases/\(value.id.text)"), "title": .text(value.title),
                "partner": .text(names[value.partner] ?? value.partner), "mode": .text(value.mode.rawValue),
                "state": .text(value.state.rawValue), "badge": .text(value.state.badge),
                "filed": .text(value.filedAt.chinaTime), "due": .text(value.dueOn?.text ?? "未受理"),
                "applicant": .text((try? PersonName(value.document.name))?.masked ?? ""),
            ]
        }
        return .render(
            .text(CaseTemplates.list),
            [
                "pageTitle": .text(heading), "heading": .text(heading),
                "department": .text(request.actor.post?.agencyName ?? ""), "collects": .flag(side == .collects),
                "hasCases": .flag(!lines.isEmpty), "cases": .list(lines),
                "lead": .text(
                    side == .collects ? "替外地收件、传材料、转交结果。" : "合作地区收件、由本单位办理的申请。"),
                "firstURL": .text(after.isEmpty ? "" : path),
                "nextURL": .text(found.count > 30 ? "\(path)?after=\(found[29].id.text)" : ""),
            ])
    }

    private func partnerNames() async throws -> [String: String] {
        let partners = try await service.database.read { try service.partners.partners(in: $0) }
        return Dictionary(partners.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Filing

    private func form(_ request: PageRequest, _ findings: [Finding]) async throws -> PageReply {
        let (day, isOnline) = (request.act.now.day, request.actor.kind == .person)
        let offers = try await service.database.read { snapshot -> [ViewModel] in
            let partners = try service.partners.partners(in: snapshot).filter { $0.isTrusted(on: day) }
            let agreements = try service.partners.agreements(in: snapshot)
            return partners.flatMap { partner in
                agreements.filter {
                    $0.partner == partner.code && $0.isInForce(on: day) && $0.decider == .theirs
                        && $0.mode != (isOnline ? .collect : .online)
                }.flatMap { agreement in
                    agreement.items.map { item -> ViewModel in
                        let value = "\(partner.code)|\(agreement.number)|\(item.item)"
                        return [
                            "value": .text(value), "label": .text("\(partner.name)　\(item.title)"),
                            "note": .text("\(agreement.mode.rawValue)，办理地 \(item.days) 个工作日"),
                            "id": .text("offer-\(partner.code)-\(agreement.id.text)-\(item.item)"),
                            "chosen": .flag(request.form["parts"]?.contains(value) == true),
                        ]
                    }
                }
            }
        }
        return .render(
            .text(CaseTemplates.form),
            [
                "pageTitle": .text(isOnline ? "网上办理外地事项" : "代收外地申请"),
                "heading": .text(isOnline ? "网上办理外地事项" : "代收外地申请"), "isWindow": .flag(!isOnline),
                "action": .text(isOnline ? "/cross-region/apply" : "/cross-region/collect/new"),
                "offers": .list(offers), "hasOffers": .flag(!offers.isEmpty),
                "errorSummary": FindingSummary.filing.model(findings),
                "name": .text(request.field("name")), "idNumber": .text(request.field("id_number")),
                "phone": .text(request.field("phone")), "note": .text(request.field("note")),
                "originals": .text(request.field("originals")),
            ], status: findings.isEmpty ? 200 : 422)
    }

    private func file(_ request: PageRequest) async throws -> PageReply {
        let isOnline = request.actor.kind == .person
        do {
            let parts = (request.form["parts"] ?? []).map { text -> JSONValue in
                let words = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                return [
                    "partner": .string(words.first ?? ""), "agreement": .string(words.count > 1 ? words[1] : ""),
                    "item": .string(words.count > 2 ? words[2] : ""),
                ]
            }
            guard
                case .object(var members) = request.values(
                    ["phone", "note"] + (isOnline ? [] : ["name", "id_number", "originals"]))
            else { return .redirect("/cross-region/items") }
            members["parts"] = .array(parts)
            let (input, papers, act) = (try FilingInput(json: .object(members)), request.papers("papers"), request.act)
            let filed = try await service.database.write { transaction in
                isOnline
                    ? try service.fileOnline(input, papers: papers, by: act, in: transaction)
                    : try service.file(input, papers: papers, by: act, in: transaction)
            }
            guard let first = filed.first, filed.count == 1 else {
                return .redirect(isOnline ? "/cross-region/mine" : Self.collectPath)
            }
            return .redirect("/cross-region/cases/\(first.id.text)")
        } catch let problem as Problem where problem.status == 422 {
            return try await form(request, problem.findings)
        }
    }

    // MARK: One case

    private func show(_ request: PageRequest, _ findings: [Finding]) async throws -> PageReply {
        let id = try request.caseID()
        let act = request.act
        let (value, view) = try await service.database.write { transaction in
            let value = try service.seen(id, paper: "", by: act, in: transaction)
            return (value, try service.view(value, in: transaction))
        }
        let names = try await partnerNames()
        let model = CaseModel(
            value: value, view: view, actor: request.actor, partner: names[value.partner] ?? value.partner)
        return .render(
            .text(CaseTemplates.detail), model.model(findings), status: findings.isEmpty ? 200 : 422)
    }

    private func take(_ request: PageRequest) async throws -> PageReply {
        let (id, act) = (try request.caseID(), request.act)
        let (service, database) = (service, service.database)
        do {
            switch request.path["step"] {
            case "acceptance":
                let calendar = try await service.casework.calendar()
                _ = try await database.write { try service.accept(id, calendar: calendar, by: act, in: $0) }
            case "correction":
                let missing = request.field("missing").split(whereSeparator: \.isNewline).map(String.init)
                _ = try await database.write { try service.correct(id, missing: missing, by: act, in: $0) }
            case "supplement":
                let (note, papers) = (request.field("note"), request.papers("papers"))
                _ = try await database.write { try service.supplement(id, note: note, papers: papers, by: act, in: $0) }
            case "decision":
                let (text, files) = (request.field("text"), request.papers("files"))
                let isGranted = request.field("outcome") == "准予"
                if !isGranted, request.field("outcome") != "不予" {
                    return try await show(request, [Finding("outcome", "field.required", "请选择准予还是不予。")])
                }
                _ = try await database.write {
                    try service.decide(id, isGranted: isGranted, text: text, files: files, by: act, in: $0)
                }
            case "custody":
                let input = try CustodyInput(
                    json: request.values(["thing", "step", "note", "courier", "tracking"]))
                _ = try await database.write { try service.move(id, input, by: act, in: $0) }
            default: throw Problem.notFound("这个页面")
            }
            return .redirect("/cross-region/cases/\(id.text)")
        } catch let problem as Problem where problem.status == 422 || problem.status == 409 {
            let told = problem.findings.isEmpty ? [Finding("", problem.code, problem.detail)] : problem.findings
            return try await show(request, told)
        }
    }
}

extension PageRequest {
    /// The case of the path.
    func caseID() throws -> Identifier {
        guard let id = try? Identifier(path["id"] ?? "") else { throw Problem.notFound("这个跨域办件") }
        return id
    }

    /// The files of a field; an empty choice is none.
    func papers(_ field: String) -> [PaperFile] {
        (files[field] ?? []).filter { !$0.bytes.isEmpty }.map { PaperFile(name: $0.name, bytes: $0.bytes) }
    }
}

extension CrossCase.State {
    /// The colour of its badge.
    var badge: String {
        switch self {
        case .filed, .accepted: "open"
        case .correcting: "soon"
        case .granted: "good"
        case .refused, .returned: "bad"
        }
    }
}
