import PluginKit

/// The people of an agency, as its administrator manages them: posts, leave with a stand-in, suspension, departure.
struct PeoplePages: PageGroup {
    static let path = "/staff/people"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(IdentityService.manageStaff)
        return [
            Page(Self.path, access: access, menu: "人员管理") { request in try await list(request) },
            Page("\(Self.path)/new", access: access) { request in try await new(request, .none) },
            Page(post: "\(Self.path)/new", access: access) { request in try await add(request) },
            Page("\(Self.path)/{id}", access: access) { request in try await person(request, .none) },
            Page(post: "\(Self.path)/{id}/{action}", access: access) { request in try await change(request) },
        ]
    }

    // MARK: List

    private func list(_ request: PageRequest) async throws -> PageReply {
        let desk = try await desk(request)
        let unowned = try await services.casework.unownedWork(by: request.act)
        let message: [String: String] = ["added": "已新增。", "departed": "已办理离岗，工作已交给接手的同事。"]
        return .render(
            .named("people"),
            .record([
                "pageTitle": "人员管理", "department": request.actor.post?.agencyName ?? "",
                "message": message[request.parameter("message")] ?? "", "newURL": "\(Self.path)/new",
                "hasUnowned": !unowned.isEmpty, "unowned": unowned.prefix(8).map(\.text),
                "hasPeople": !desk.people.isEmpty, "people": desk.people.map { line($0, desk) },
            ]))
    }

    private func line(_ member: StaffMember, _ desk: PeopleDesk) -> ViewModel {
        let state = desk.state(of: member)
        return .record([
            "name": member.name, "login": member.loginName, "url": "\(Self.path)/\(member.account)",
            "posts": member.posts.map { desk.title(of: $0) }, "state": state.text, "badgeClass": state.badge,
        ])
    }

    private func desk(_ request: PageRequest) async throws -> PeopleDesk {
        PeopleDesk(
            people: try await services.identity.staff(by: request.act),
            known: try await services.organisation.snapshot(), identity: services.identity, act: request.act)
    }

    // MARK: New

    private func new(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let desk = try await desk(request)
        return .render(
            .named("person-new"),
            .record([
                "pageTitle": "新增人员", "back": ViewModel.back("返回人员管理", Self.path),
                "errorSummary": feedback.summary { $0.field }, "action": "\(Self.path)/new",
                "fields": [
                    InputField(
                        id: "name", name: "name", label: "姓名", kind: .text(), values: [request.field("name")],
                        error: feedback.error("name"), maximumLength: 50),
                    InputField(
                        id: "login", name: "login", label: "登录名", kind: .text(), values: [request.field("login")],
                        hint: "小写字母开头，3 至 32 位小写字母、数字、点、横线或下划线。", error: feedback.error("login"),
                        maximumLength: 32),
                ]
                    + desk.postFields(
                        agency: request.field("agency"), site: request.field("site"),
                        roles: request.form["roles"] ?? [],
                        prefix: "", feedback),
            ]), status: feedback.status)
    }

    private func add(_ request: PageRequest) async throws -> PageReply {
        guard let order = order(request) else {
            return try await new(
                request, FormFeedback(findings: [Finding("agency", "field.required", "请选择单位。")]))
        }
        let login = request.field("login")
        let password = services.identity.firstPassword(login, by: request.act)
        do {
            let account = try await services.identity.addStaff(
                login: login, name: request.field("name"), post: order, password: password, by: request.act)
            // Shown once and nowhere kept.
            return try await person(request, .none, id: account, password: password)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await new(request, feedback)
        }
    }

    private func order(_ request: PageRequest) -> StaffPostOrder? {
        guard let agency = try? Identifier(request.field("agency")) else { return nil }
        return StaffPostOrder(
            agency: agency, site: try? Identifier(request.field("site")), roles: request.form["roles"] ?? [])
    }

    // MARK: One person

    private func person(
        _ request: PageRequest, _ feedback: FormFeedback, id: Identifier? = nil, password: String? = nil
    ) async throws -> PageReply {
        let desk = try await desk(request)
        let account = try id ?? request.identifier()
        guard let member = desk.people.first(where: { $0.account == account }) else {
            throw Problem.notFound("这个人，或者不在您管理的单位里")
        }
        let page = PersonModel(
            member: member, desk: desk, feedback: feedback, request: request, password: password)
        return .render(.named("person"), page.model, status: feedback.status)
    }

    private func change(_ request: PageRequest) async throws -> PageReply {
        let account = try request.identifier()
        let action = request.path["action"] ?? ""
        do {
            try await perform(action, on: account, request)
        } catch let error as StandardsError {
            let field = action == "leave" ? "from" : "day"
            return try await person(
                request, FormFeedback(findings: [Finding(field, error.code.rawValue, error.message)]))
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await person(request, feedback)
        }
        return .redirect(
            action == "departure" ? "\(Self.path)?message=departed" : "\(Self.path)/\(account)?message=\(action)")
    }

    private func perform(_ action: String, on account: Identifier, _ request: PageRequest) async throws {
        let (identity, act) = (services.identity, request.act)
        switch action {
        case "post":
            guard let order = order(request) else {
                throw Finding("agency", "field.required", "请选择单位。")
            }
            let post = try Identifier(request.field("post"))
            try await identity.database.write {
                try identity.changePost(post, of: account, to: order, by: act, in: $0)
            }
        case "suspend": try await identity.database.write { try identity.suspend(account, by: act, in: $0) }
        case "resume": try await identity.database.write { try identity.resume(account, by: act, in: $0) }
        case "return": try await identity.database.write { try identity.endLeave(of: account, by: act, in: $0) }
        case "leave":
            let (from, until) = (try LegalDay(request.field("from")), try LegalDay(request.field("until")))
            guard from <= until else { throw Finding("until", "field.order", "结束日期早于开始日期，请改正。") }
            let standIn = try colleague(request.field("standIn"), field: "standIn")
            try await identity.database.write {
                try identity.setLeave(of: account, days: from...until, standIn: standIn, by: act, in: $0)
            }
        case "departure":
            let day = try request.field("day").isEmpty ? act.now.day : LegalDay(request.field("day"))
            let colleague = try colleague(request.field("colleague"), field: "colleague")
            guard request.field("confirm") == "yes" else {
                throw Finding("confirm", "field.required", "请确认离岗：岗位会结束，工作交给接手的同事。")
            }
            try await identity.database.write {
                try identity.depart(account, colleague: colleague, on: day, by: act, in: $0)
            }
        default: throw Problem.notFound("这项操作")
        }
    }

    private func colleague(_ text: String, field: String) throws -> Identifier {
        guard let found = try? Identifier(text) else { throw Finding(field, "field.required", "请选择一位同事。") }
        return found
    }
}
