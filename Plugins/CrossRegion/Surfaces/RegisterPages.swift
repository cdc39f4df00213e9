import PluginKit

/// What is offered across regions, for everybody; and the desk of who keeps the registers.
struct RegisterPages {
    let service: CrossRegionService

    private static let itemsPath = "/cross-region/items"
    private static let deskPath = "/cross-region/desk"

    var all: [any Contribution] {
        let manage = Access.staff(ItemLists.manage)
        return [
            Page("items", menu: "跨域通办") { request in try await items(request) },
            Page("desk", access: manage, menu: "通办管理") { request in try await desk(request, "") },
            Page(post: "desk/items", access: manage) { request in
                try await change(request, .item, "item") { act, transaction in
                    let input = try ListedItemInput(
                        json: request.values(["scope", "code", "title", "department", "place", "starts_on"]))
                    _ = try service.lists.add(input, by: act, in: transaction)
                }
            },
            Page(post: "desk/partners", access: manage) { request in
                try await change(request, .partner, "partner") { act, transaction in
                    let input = try PartnerInput(
                        json: request.values(["code", "name", "scope", "address", "signing", "reading", "starts_on"]))
                    _ = try service.partners.record(input, by: act, in: transaction)
                }
            },
            Page(post: "desk/agreements", access: manage) { request in
                try await change(request, .agreement, "agreement") { act, transaction in
                    let input = try AgreementInput(json: try agreement(request))
                    _ = try service.partners.agree(input, by: act, in: transaction)
                }
            },
        ]
    }

    // MARK: For everybody

    private func items(_ request: PageRequest) async throws -> PageReply {
        let day = request.act.now.day
        let chosen = Scope(rawValue: request.parameter("scope")) ?? .city
        let after = request.parameter("after")
        let figures = try await service.figures(by: request.act)
        let (found, partners, agreements) = try await service.database.read { snapshot in
            (
                try service.lists.items(chosen, on: day, after: after, limit: 51, in: snapshot),
                try service.partners.partners(in: snapshot).filter { $0.isTrusted(on: day) },
                try service.partners.agreements(in: snapshot).filter { $0.isInForce(on: day) }
            )
        }
        let next = found.count > 50 ? "\(Self.itemsPath)?scope=\(chosen.rawValue)&after=\(found[49].code)#list" : ""
        let scopes = figures.scopes.map { figure -> ViewModel in
            [
                "scope": .text(figure.scope.rawValue), "items": .text("\(figure.items)"),
                "target": .text("\(figure.target)"), "visits": .text("\(figure.visits)"),
                "url": .text("\(Self.itemsPath)?scope=\(figure.scope.rawValue)#list"),
            ]
        }
        let lines = found.prefix(50).map { item -> ViewModel in
            [
                "title": .text(item.title), "code": .text(item.code), "department": .text(item.department),
                "place": .text(item.place),
            ]
        }
        let friends = partners.map { partner -> ViewModel in
            let offers = agreements.filter { $0.partner == partner.code }.flatMap { agreement in
                agreement.items.map { item -> ViewModel in
                    [
                        "title": .text(item.title), "mode": .text(agreement.mode.rawValue),
                        "where": .text(Self.place(agreement, partner, service.ownName)),
                    ]
                }
            }
            return [
                "name": .text(partner.name), "scope": .text(partner.scope.rawValue), "offers": .list(offers),
                "hasOffers": .flag(!offers.isEmpty),
            ]
        }
        return .render(
            .text(RegisterTemplates.items),
            [
                "pageTitle": "跨域通办", "scopes": .list(scopes), "chosen": .text(chosen.rawValue),
                "hasItems": .flag(!lines.isEmpty), "items": .list(lines), "nextURL": .text(next),
                "hasFriends": .flag(!friends.isEmpty), "friends": .list(friends),
            ])
    }

    private static func place(_ agreement: Agreement, _ partner: Partner, _ own: String) -> String {
        switch (agreement.decider, agreement.mode) {
        case (.theirs, .online): "登录后网上提交，由\(partner.name)办理"
        case (.theirs, .collect): "到本地政务服务大厅窗口提交，由\(partner.name)办理"
        case (.theirs, .together): "到本地政务服务大厅窗口或网上一次提交，由\(partner.name)等地分别办理"
        case (.ours, _): "在\(partner.name)提交，由本地办理"
        }
    }

    // MARK: The desk

    private func desk(
        _ request: PageRequest, _ errors: ViewModel, status: Int = 200, form: String = ""
    ) async throws -> PageReply {
        let day = request.act.now.day
        let figures = try await service.figures(by: request.act)
        let card = try await service.card(by: request.act)
        let (partners, agreements, open, incidents) = try await service.database.read { snapshot in
            (
                try service.partners.partners(in: snapshot), try service.partners.agreements(in: snapshot),
                try service.messages.open(before: request.act.now, limit: 100, in: snapshot),
                try service.incidents.list(since: day.adding(days: -30), limit: 50, in: snapshot)
            )
        }
        let names = Dictionary(partners.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        let partnerLines = partners.map { partner -> ViewModel in
            let waiting = open.filter { $0.partner == partner.code }.count
            return [
                "name": .text(partner.name), "code": .text(partner.code), "scope": .text(partner.scope.rawValue),
                "fingerprint": .text(partner.card.fingerprint),
                "state": .text(partner.isTrusted(on: day) ? "合作中" : "不在合作期"),
                "badge": .text(partner.isTrusted(on: day) ? "good" : "upload"),
                "heard": .text(partner.heardAt.map { "最近来往 \($0.chinaTime)" } ?? "还没有来往"),
                "waiting": .text(waiting == 0 ? "" : "\(waiting)"),
            ]
        }
        let agreementLines = agreements.map { agreement -> ViewModel in
            [
                "number": .text(agreement.number), "partner": .text(names[agreement.partner] ?? agreement.partner),
                "mode": .text(agreement.mode.rawValue), "decider": .text("\(agreement.decider.rawValue)办理"),
                "items": .text(agreement.items.map(\.title).joined(separator: "、")),
                "state": .text(agreement.isInForce(on: day) ? "有效" : "不在有效期"),
                "badge": .text(agreement.isInForce(on: day) ? "good" : "upload"),
            ]
        }
        let incidentLines = incidents.map { entry -> ViewModel in
            [
                "day": .text(entry.day.text), "partner": .text(names[entry.partner] ?? "不明来源"),
                "detail": .text(entry.detail), "times": .text("\(entry.times)"),
            ]
        }
        let counters = figures.scopes.map { figure -> ViewModel in
            [
                "scope": .text(figure.scope.rawValue), "items": .text("\(figure.items)"),
                "target": .text("\(figure.target)"), "cases": .text("\(figure.cases)"),
                "visits": .text("\(figure.visits)"),
            ]
        }
        let typed = request.form.compactMapValues { $0.last.map(ViewModel.text) }
        return .render(
            .text(RegisterTemplates.desk),
            [
                "pageTitle": "通办管理", "department": .text(request.actor.post?.agencyName ?? ""),
                "errorSummary": errors,
                "today": .text(day.text), "ownCode": .text(card.code), "fingerprint": .text(card.fingerprint),
                "counters": .list(counters), "partners": .list(partnerLines),
                "hasPartners": .flag(!partners.isEmpty), "agreements": .list(agreementLines),
                "hasAgreements": .flag(!agreements.isEmpty), "incidents": .list(incidentLines),
                "hasIncidents": .flag(!incidents.isEmpty),
                "item": .object(form == "item" ? typed : [:]), "partner": .object(form == "partner" ? typed : [:]),
                "agreement": .object(form == "agreement" ? typed : [:]),
            ], status: status)
    }

    private func change(
        _ request: PageRequest, _ summary: FindingSummary, _ form: String,
        _ effect: @escaping @Sendable (Act, Transaction) throws -> Void
    ) async throws -> PageReply {
        do {
            let act = request.act
            try await service.database.write { try effect(act, $0) }
            return .redirect(Self.deskPath)
        } catch let problem as Problem where problem.status == 422 || problem.status == 409 {
            let told = problem.findings.isEmpty ? [Finding("", problem.code, problem.detail)] : problem.findings
            return try await desk(request, summary.model(told), status: 422, form: form)
        }
    }

    /// An agreement from its form: each line an item, its title, its days and, where we decide, the organ's key.
    private func agreement(_ request: PageRequest) throws -> JSONValue {
        var findings: [Finding] = []
        let lines = request.field("items").split(whereSeparator: \.isNewline).map { String($0).trimmed }
        let items = lines.filter { !$0.isEmpty }.enumerated().map { index, line -> JSONValue in
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.count < 3 || Int(words[2]) == nil {
                findings.append(
                    Finding("items", "field.format", "第 \(index + 1) 行事项要写：代号 名称 工作日数，本方办理的再写单位代号。"))
                return .null
            }
            return [
                "item": .string(words[0]), "title": .string(words[1]), "days": .integer(Int64(words[2]) ?? 0),
                "agency": .string(words.count > 3 ? words[3] : ""),
            ]
        }
        if !findings.isEmpty { throw Problem.invalid(findings) }
        guard
            case .object(var members) = request.values(["partner", "number", "mode", "decider", "basis", "starts_on"])
        else { return .null }
        members["items"] = .array(items)
        if !request.field("ends_on").isEmpty { members["ends_on"] = .string(request.field("ends_on")) }
        return .object(members)
    }
}

extension PageRequest {
    /// Fields of a form as the JSON that the interface takes; a day may be written as people write it.
    func values(_ names: [String]) -> JSONValue {
        .object(
            names.reduce(into: [:]) { members, name in
                let text = field(name)
                let day = name.hasSuffix("_on") ? LegalDay(written: text)?.text : nil
                members[name] = .string(day ?? text)
            })
    }
}
