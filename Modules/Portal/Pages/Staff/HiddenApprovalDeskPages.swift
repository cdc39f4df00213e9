import PluginKit

/// The legal review's list of reported hidden approvals, each followed to its end (R02.2).
struct HiddenApprovalDeskPages: PageGroup {
    private static let path = "/staff/hidden-approvals"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.reviewItemsLegally)
        return [
            Page(Self.path, access: access, menu: "隐形审批线索") { request in try await list(request) },
            Page("\(Self.path)/{id}", access: access) { request in try await show(request, .none) },
            Page(post: "\(Self.path)/{id}/examine", access: access) { request in
                try await step(request) { inventory, id, transaction in
                    try inventory.examineHiddenApproval(id, by: request.act, in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/close", access: access) { request in
                let outcome = HiddenApproval.Outcome(rawValue: request.field("outcome"))
                return try await step(request) { inventory, id, transaction in
                    try inventory.closeHiddenApproval(
                        id, outcome, reply: request.field("reply"), by: request.act, in: transaction)
                }
            },
        ]
    }

    private func list(_ request: PageRequest) async throws -> PageReply {
        let state = HiddenApproval.State(rawValue: request.parameter("state")) ?? .received
        let after = try? Identifier(request.parameter("after"))
        let found = try await services.inventory.hiddenApprovals(state, after: after, limit: 21, by: request.act)
        func url(_ state: HiddenApproval.State, _ after: Identifier? = nil) -> String {
            var query = ["state": state.rawValue]
            query["after"] = after?.text
            return URLText.with(Self.path, query: query)
        }
        return .render(
            .named("hidden-approval-list"),
            .record([
                "pageTitle": "隐形审批线索", "department": request.actor.post?.agencyName ?? "",
                "tabs": HiddenApproval.State.allCases.map { other -> ViewModel in
                    .record(["label": other.chinese, "current": other == state, "url": url(other)])
                },
                "hasReports": !found.isEmpty,
                "reports": found.prefix(20).map { report -> ViewModel in
                    .record([
                        "url": "\(Self.path)/\(report.id)", "organ": report.content.organ,
                        "text": String(report.content.text.prefix(60)), "at": report.receivedAt.day.chineseDate,
                    ])
                },
                "firstURL": after == nil ? "" : url(state), "nextURL": found.count > 20 ? url(state, found[19].id) : "",
            ]))
    }

    private func step(
        _ request: PageRequest,
        _ body: @escaping @Sendable (InventoryService, Identifier, Transaction) throws -> Void
    ) async throws -> PageReply {
        let id = try request.identifier()
        do {
            try await services.inventory.database.write { [inventory = services.inventory] in
                try body(inventory, id, $0)
            }
            return .redirect("\(Self.path)/\(id)")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await show(request, feedback)
        }
    }

    private func show(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let report = try await services.inventory.hiddenApproval(try request.identifier(), by: request.act)
        let url = "\(Self.path)/\(report.id)"
        func fact(_ label: String, _ value: String?) -> ViewModel? {
            value.map { ["label": .text(label), "value": .text($0)] }
        }
        let closing = ViewModel.record([
            "title": "办结", "action": "\(url)/close", "submit": "办结并答复",
            "fields": [
                InputField(
                    id: "outcome", name: "outcome", label: "核查的结论",
                    kind: .radio(HiddenApproval.Outcome.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }),
                    values: [request.field("outcome")], error: feedback.error("outcome")),
                InputField(
                    id: "reply", name: "reply", label: "答复", kind: .paragraph, values: [request.field("reply")],
                    hint: "反映的人凭查询码能看到。", error: feedback.error("reply"), maximumLength: 1000),
            ],
        ])
        let begin = ViewModel.record([
            "title": "开始核查", "action": "\(url)/examine", "submit": "开始核查", "fields": [ViewModel](),
        ])
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": "隐形审批线索", "back": ViewModel.back("返回线索列表", Self.path),
                "eyebrow": report.content.organ, "heading": "隐形审批线索", "badge": report.state.chinese,
                "badgeClass": report.state == .closed ? "good" : "open", "errorSummary": feedback.summary { $0.field },
                "facts": [
                    fact("收到的时间", report.receivedAt.chinaTime), fact("关于", report.content.subject?.title),
                    fact("反映的内容", report.content.text),
                    fact("联系方式", report.content.contact ?? "没有留"), fact("结论", report.content.outcome?.chinese),
                    fact("答复", report.content.reply),
                ].compactMap(\.self),
                "forms": (report.state == .received ? [begin] : []) + (report.state == .closed ? [] : [closing]),
            ]), status: feedback.status)
    }
}
