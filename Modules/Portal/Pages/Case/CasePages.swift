import PluginKit

/// Where a case stands: every department, the day by which it is done, the offices' time and the waiting time apart.
struct CasePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/cases/{id}", access: .signedIn) { request in try await progress(request) },
            Page(post: "/cases/{id}/withdraw", access: .personOrHelper) { request in try await withdraw(request) },
        ]
    }

    private func progress(_ request: PageRequest) async throws -> PageReply {
        let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
        switch sight.role {
        case .clerk, .system:
            let desk = request.actor.holds(.acceptCases) ? "acceptance" : "supervision"
            return .redirect("/staff/\(desk)/\(sight.file.id)")
        case .officer(let items):
            return .redirect("/staff/tasks/\(sight.file.id)/\(URLText.encode(items.first ?? ""))")
        case .applicant, .party: break
        }
        if sight.file.state == .draft {
            return .redirect(sight.consentURL ?? "\(sight.file.url)/form")
        }
        let calendar = try await services.casework.calendar()
        let model = CaseModel(
            sight: sight, now: request.act.now, calendar: calendar, rules: services.casework.rules,
            message: Self.messages[request.parameter("message")])
        return .render(.named("case"), model.page)
    }

    private func withdraw(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        let expected = try request.expectedVersion()
        let act = request.act
        let file = try await services.casework.database.write { [casework = services.casework] transaction in
            try casework.withdraw(id, expected: expected, by: act, in: transaction)
        }
        if file.number == nil { return .redirect("/my?message=draft-deleted") }
        return .redirect("\(file.url)?message=withdrawn")
    }

    /// What may be said at the top after an action; a closed list, so that no address can put words into our mouth.
    private static let messages: [String: ViewModel] = [
        "not-editable": .message("warn", "这件事已经提交，表单和材料不能再改。下面是最新的进度。"),
        "gap-filled": .message("good", "补交的材料已经收到。"),
        "delivery-chosen": .message("good", "结果的送达方式已经记下，送出以前随时可以改。"),
        "withdrawn": .message("good", "申请已经撤回，各部门不再办理。"),
        "consented": .message("good", "您的确认已经记下，申请人可以提交了。"),
    ]
}
