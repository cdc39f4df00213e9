import PluginKit

/// Where anybody reports an approval that no list holds, and asks what came of it (隐形审批, R02.2).
struct HiddenApprovalPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/hidden-approvals") { request in page(request, .none) },
            Page(post: "/hidden-approvals", access: .anyone) { request in try await report(request) },
            Page(post: "/hidden-approvals/progress", access: .anyone) { request in try await progress(request) },
        ]
    }

    private func report(_ request: PageRequest) async throws -> PageReply {
        var input = HiddenApprovalInput()
        input.organ = request.field("organ")
        input.text = request.field("text")
        input.contact = request.field("contact")
        do {
            let receipt = try await services.inventory.database.write { [input, inventory = services.inventory] in
                try inventory.reportHiddenApproval(input, by: request.act, in: $0)
            }
            return page(request, .none, code: receipt.code)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return page(request, feedback)
        }
    }

    private func progress(_ request: PageRequest) async throws -> PageReply {
        do {
            return page(
                request, .none, progress: try await services.inventory.hiddenApproval(code: request.field("code")))
        } catch let error as CatalogueError where error.status == 404 {
            return page(request, FormFeedback(findings: [Finding("code", error.code, error.message)]))
        }
    }

    private func page(
        _ request: PageRequest, _ feedback: FormFeedback, code: String? = nil, progress: HiddenApprovalProgress? = nil
    ) -> PageReply {
        .render(
            .named("hidden-approvals"),
            .record([
                "pageTitle": "反映隐形审批", "back": ViewModel.back("返回事项清单", "/items"),
                "errorSummary": feedback.summary { $0.field }, "code": code ?? "",
                "fields": [
                    InputField(
                        id: "organ", name: "organ", label: "哪个单位要求的", kind: .text(),
                        values: [request.field("organ")], error: feedback.error("organ"), maximumLength: 100),
                    InputField(
                        id: "text", name: "text", label: "要求您办什么", kind: .paragraph, values: [request.field("text")],
                        hint: "什么时候、在哪里、要交什么或办什么才给您办。", error: feedback.error("text"), maximumLength: 2000),
                    InputField(
                        id: "contact", name: "contact", label: "怎样联系您", kind: .text(),
                        values: [request.field("contact")],
                        isOptional: true, hint: "可以不留。留下的只有核查的人能看到。", error: feedback.error("contact"),
                        maximumLength: 100),
                ],
                "codeField": InputField(
                    id: "code", name: "code", label: "查询码", kind: .text(autocomplete: "off"),
                    values: [request.field("code")], error: feedback.error("code"), maximumLength: 20),
                "progress": progress.map { found -> ViewModel in
                    .record([
                        "state": found.state, "at": found.receivedAt.day.chineseDate, "outcome": found.outcome ?? "",
                        "reply": found.reply ?? "",
                    ])
                },
            ]), status: feedback.status)
    }
}
