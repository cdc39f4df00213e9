import PluginKit

/// Where another party of a case reads what it is about and agrees to it.
struct ConsentPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/cases/{id}/consent/{role}", access: .person) { request in try await look(request, .none) },
            Page(post: "/cases/{id}/consent/{role}", access: .person) { request in try await consent(request) },
        ]
    }

    private func look(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let role = request.path["role"] ?? ""
        let sight = try await services.casework.consentSight(
            of: try request.identifier(), as: role, numbers: try await services.casework.ownNumbers(by: request.act),
            by: request.act)
        let title = sight.plan.parties.first { $0.id == role }?.title ?? role
        let isGiven = sight.file.consents[role] != nil
        return .render(
            .named("consent"),
            .record([
                "pageTitle": "当事人确认：\(sight.theme.title)", "back": ViewModel.back("返回我的", "/my"),
                "errorSummary": feedback.summary(), "themeTitle": sight.theme.title, "role": title,
                "applicant": sight.applicantName(isMasked: true),
                "items": sight.plan.items.map(\.item.title),
                "action": "/cases/\(sight.file.id)/consent/\(URLText.encode(role))", "isGiven": isGiven,
                "isClosed": !isGiven && !sight.file.isEditable,
                "agreement": InputField(
                    id: "agree", name: "agree", label: "您的意见",
                    kind: .consent(statement: "我是\(title)，知道并同意以上申请，同意为办理这件事核验我的身份信息。"),
                    error: feedback.error("agree")),
            ]), status: feedback.status)
    }

    private func consent(_ request: PageRequest) async throws -> PageReply {
        if request.field("agree") != "yes" {
            return try await look(
                request,
                FormFeedback(findings: [Finding("agree", "field.required", "同意的话请先勾选，再点“确认”。不同意的，关掉这一页即可。")]))
        }
        let id = try request.identifier()
        let numbers = try await services.casework.ownNumbers(by: request.act)
        let role = request.path["role"] ?? ""
        let act = request.act
        _ = try await services.casework.database.write { [casework = services.casework] transaction in
            try casework.consent(as: role, of: id, numbers: numbers, by: act, in: transaction)
        }
        return .redirect("/my?message=consented")
    }
}
