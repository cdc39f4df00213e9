import PluginKit

/// The officer's work list and one item of it, with only what this item needs.
struct TaskPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.decideItems)
        return [
            Page("/staff/tasks", access: access, menu: "待办") { request in try await list(request) },
            Page("/staff/tasks/{case}/{item}", access: access) { request in
                try await TaskDesk(services: services).page(request, TaskForm(request: request))
            },
            Page("/staff/tasks/{case}/{item}/packet", access: access) { request in
                .render(.named("packet"), try await TaskDesk(services: services).packet(request).page)
            },
            Page("/staff/tasks/{case}/{item}/packet/file", access: access) { request in
                .file(try await TaskDesk(services: services).packet(request).file, inline: false)
            },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let states: [ItemState] = [.open, .paused, .unpaid, .waiting, .decided]
        let filter = DeskFilter(states.map { ($0, $0.chinese) }, at: "/staff/tasks", request)
        let after = request.parameter("after")
        let list = try await services.casework.worklist(
            state: filter.state, theme: filter.wantedTheme, after: after.isEmpty ? nil : after, by: request.act)
        let themes = try await services.catalogue.themes().map(\.theme)
        let page = ViewModel.record([
            "pageTitle": "待办", "department": request.actor.post?.agencyName ?? "",
            "heading": "本单位\(filter.state.chinese)的事项", "lead": Self.leads[filter.state],
            "showsItems": true, "emptyText": "没有这样的事项。",
            "hasTasks": !list.items.isEmpty,
            "tasks": list.items.map { $0.line(url: "/staff/tasks/\($0.caseID)/\(URLText.encode($0.item))") },
            "firstURL": after.isEmpty ? "" : filter.url(), "nextURL": list.next.map { filter.url(after: $0) } ?? "",
        ]).merging(filter.model(themes: themes))
        return filter.remembering(.render(.named("tasks"), page))
    }
}

extension TaskPages {
    /// What the reader of a list should know of its order.
    private static let leads: [ItemState: String] = [
        .open: "先到期的在前。", .paused: "这段时间不计入办理时限。", .unpaid: "申请人缴费后，会自动回到“办理中”。", .waiting: "前面的事项办完后，会自动出现在“办理中”。",
    ]
}

/// Finds an item for the officer of the agency that decides it.
struct TaskDesk {
    let services: PortalServices

    /// The case and the item.
    ///
    /// - Throws: "not found" also for an item of another agency.
    func task(_ request: PageRequest) async throws -> (CaseSight, PlannedItem) {
        let sight = try await services.casework.sight(of: try request.identifier("case"), by: request.act)
        guard let planned = sight.plan.items.first(where: { $0.id == request.path["item"] }),
            let task = sight.file.task(planned.id), task.agency == request.actor.post?.agency
        else { throw Problem.notFound("这个事项") }
        return (sight, planned)
    }

    /// All that the item needs, to take along into a system of the department.
    func packet(_ request: PageRequest) async throws -> Packet {
        let (sight, planned) = try await task(request)
        return Packet(
            sight: sight, planned: planned, at: request.act.now,
            documents: try await services.casework.evidence(of: sight, item: planned.id, by: request.act))
    }

    /// The page of an item.
    func page(_ request: PageRequest, _ form: TaskForm, status: Int = 200) async throws -> PageReply {
        let (sight, planned) = try await task(request)
        let calendar = try await services.casework.calendar()
        let model = TaskModel(
            sight: sight, planned: planned, form: form, today: request.act.now.day, calendar: calendar,
            maximumFileSize: services.casework.rules.maximumFileSize,
            documents: try await services.casework.evidence(of: sight, item: planned.id, by: request.act),
            refusalBar: try await services.casework.refusalBar(
                planned.id, division: sight.file.division, on: request.act.now.day))
        let scopes = try await ScopeCheck.model(of: sight, services.market)
        return .render(.named("task"), model.page.merging(scopes), status: status)
    }
}
