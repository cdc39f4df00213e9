import PluginKit

/// Looking over everything, and the submission.
struct ReviewPages: PageGroup {
    let services: PortalServices
    private var editing: CaseEditing { CaseEditing(services: services) }

    var pages: [Page] {
        [
            Page("/cases/{id}/review", access: .personOrHelper) { request in
                let sight = try await editing.sight(request)
                if let elsewhere = editing.elsewhere(sight) { return elsewhere }
                return try await page(sight, .none, request: request)
            },
            Page(post: "/cases/{id}/submit", access: .personOrHelper) { request in try await submit(request) },
            Page("/cases/{id}/submitted", access: .personOrHelper) { request in try await submitted(request) },
        ]
    }

    private func submit(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        let expected = try request.expectedVersion()
        if request.field("declare") != "yes" {
            let sight = try await editing.sight(request)
            if let elsewhere = editing.elsewhere(sight) { return elsewhere }
            return try await page(
                sight, FormFeedback(findings: [Finding("declare", "field.required", "请勾选声明，确认填写的内容真实。")]),
                request: request)
        }
        if let refused = try await agreement(request) {
            let sight = try await editing.sight(request)
            if let elsewhere = editing.elsewhere(sight) { return elsewhere }
            return try await page(sight, FormFeedback(findings: [refused]), request: request)
        }
        do {
            let act = request.act
            let reasons = request.fields(prefix: ReviewModel.asIsPrefix)
                .mapValues(\.withoutOuterSpace)
            let signature = try services.casework.signature(request)
            let result = try await services.casework.database.write { [casework = services.casework] transaction in
                try casework.submit(
                    id, asIs: reasons, signature: signature, expected: expected, by: act, in: transaction)
            }
            switch result {
            case .submitted(let file): return .redirect("\(file.url)/submitted")
            case .replanned(_, let differences):
                return try await page(
                    try await editing.sight(request), .none,
                    warning: "从您开始填表到现在，办事指南有了变化：\(differences.joined(separator: "；"))。您填的内容都还在，请核对后再提交。",
                    status: 409, request: request)
            }
        } catch {
            let sight = try await editing.sight(request)
            // The second of two presses: it has been submitted, and that is what the applicant wants to read.
            if sight.file.state == .submitted { return .redirect("\(sight.file.url)/submitted") }
            if let elsewhere = editing.elsewhere(sight) { return elsewhere }
            let reasons = request.fields(prefix: ReviewModel.asIsPrefix)
            if let feedback = FormFeedback(error) ?? FormFeedback(signature: error) {
                return try await page(sight, feedback, asIs: reasons, request: request)
            }
            guard let error = error as? CaseworkError else { throw error }
            return try await page(
                sight, FormFeedback(findings: error.findings), asIs: reasons, warning: error.message,
                status: error.status, request: request)
        }
    }

    /// The version of the privacy notice to which the person has not agreed yet; nil for none.
    private func unagreed(_ request: PageRequest) async throws -> Int? {
        guard let person = request.actor.person, let notice = try await services.faces.notice(by: request.act),
            try await services.faces.agreedVersion(of: person) != notice.version
        else { return nil }
        return notice.version
    }

    /// Records the agreement to the privacy notice where one is still wanted.
    ///
    /// - Returns: what is missing.
    private func agreement(_ request: PageRequest) async throws -> Finding? {
        guard let version = try await unagreed(request) else { return nil }
        guard request.field("privacy") == "yes", Int(request.field("privacyVersion")) == version else {
            return Finding("privacy", "field.required", "请阅读《个人信息保护告知》（第 \(version) 版），同意后勾选。")
        }
        try await services.faces.agree(to: version, by: request.act)
        return nil
    }

    private func page(
        _ sight: CaseSight, _ feedback: FormFeedback, asIs: [String: String] = [:], warning: String? = nil,
        status: Int? = nil, request: PageRequest
    ) async throws -> PageReply {
        let model = ReviewModel(
            sight: sight, feedback: feedback, warning: warning, asIs: asIs,
            isAssisted: request.actor.assistant != nil, notice: try await unagreed(request))
        let scopes = try await ScopeCheck.model(of: sight, services.market)
        return .render(.named("review"), model.page.merging(scopes), status: status ?? feedback.status)
    }

    private func submitted(_ request: PageRequest) async throws -> PageReply {
        let sight = try await editing.sight(request)
        let file = sight.file
        guard let number = file.number, let at = file.times.submitted else { return .redirect("\(file.url)/review") }
        let acceptance = file.acceptBy.map { "最晚\($0.chinese)" } ?? "受理或不受理"
        let steps: [(String, String)] = [
            ("窗口审核材料", "\(acceptance)前告诉您是否受理。材料有问题会一次说清，不会让您反复补。"),
            ("\(Set(sight.plan.items.map(\.item.department)).count) 个部门接着办", "能同时办的同时办，您不用跑。"),
            ("全部办完", "受理后\(sight.plan.promisedLimit.chinese)内办完，证照放进“我的证照”。"),
        ]
        return .render(
            .named("submitted"),
            .record([
                "pageTitle": "已提交：\(sight.theme.title)", "themeTitle": sight.theme.title, "caseNumber": number,
                "submittedAt": (file.corrections.last?.answered ?? at).chinaTime, "caseURL": file.url,
                "next": steps.enumerated().map { index, step -> ViewModel in
                    .record(["order": index + 1, "title": step.0, "text": step.1])
                },
                "receiptURL": file.papers?.last { $0.kind == .receipt }.map { "\(file.url)/papers/\($0.id)" } ?? "",
                "isAssisted": request.actor.assistant != nil, "sheetURL": "\(file.url)/sheet",
                "contact": "着急或有疑问，打电话时报办件编号即可。",
            ]))
    }
}
