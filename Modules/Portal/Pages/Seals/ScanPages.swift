import PluginKit

/// Reading what somebody shows by a code: from a phone's camera as an address, at a window with a scanner (扫码核验).
struct ScanPages: PageGroup {
    static let desk = "/staff/scan"
    private static let staff = Access.staffWithAny([.acceptCases, .decideItems])

    let services: PortalServices

    var pages: [Page] {
        [
            // Opening the address reads nothing yet, so that a preview of a messenger doesn't use the code up.
            Page("/show/{code}", access: .anyone) { request in page(request, .none, code: request.path["code"] ?? "") },
            Page(post: "/show/{code}", access: .anyone) { request in
                try await read(request, code: request.path["code"] ?? "")
            },
            Page(Self.desk, access: Self.staff, menu: "扫码核验") { request in
                page(request, .none, code: nil)
            },
            Page(post: Self.desk, access: Self.staff) { request in
                try await read(request, code: nil)
            },
        ]
    }

    private func read(_ request: PageRequest, code path: String?) async throws -> PageReply {
        let typed = path ?? request.field("code")
        let (licences, act) = (services.licences, request.act)
        do {
            guard let code = PresentationCode(typed) else {
                throw Problem.invalid([Finding("code", "licences.code", "这不是亮码。请对着手机上的二维码再扫一次。")])
            }
            let reading = try await licences.database.write {
                try licences.readPresentation(code, by: act, in: $0)
            }
            return page(request, .none, code: path, reading)
        } catch {
            guard let problem = (error as? any ProblemConvertible)?.problem ?? error as? Problem else { throw error }
            let finding = problem.findings.first ?? Finding("code", problem.code, problem.detail)
            return page(request, FormFeedback(findings: [Finding("code", finding.code, finding.message)]), code: path)
        }
    }

    private func page(
        _ request: PageRequest, _ feedback: FormFeedback, code: String?, _ reading: PresentationReading? = nil
    ) -> PageReply {
        let field = InputField(
            id: "code", name: "code", label: "扫到的码", kind: .text(),
            values: feedback.status == 200 ? [] : [request.field("code")],
            hint: "把光标放在这里，用扫码枪扫对方手机上的二维码；也可以照着念的输入。", error: feedback.error("code"),
            maximumLength: 200)
        return .render(
            .named("scan"),
            .record([
                "pageTitle": "扫码核验", "isDesk": code == nil,
                "action": code.map { "/show/\(URLText.encode($0))" } ?? Self.desk, "field": field,
                "error": feedback.error("code") ?? "",
                "errorSummary": code == nil ? feedback.summary { $0.field } : "",
                "hasReading": reading != nil, "readAt": request.act.now.chinaTime,
                "purpose": reading?.purpose ?? "", "isEmpty": reading?.licences.isEmpty ?? false,
                "licences": (reading?.licences ?? []).map(Self.model),
            ]), status: feedback.status)
    }

    private static func model(_ shown: PresentationReading.Shown) -> ViewModel {
        .record([
            "title": shown.title, "issuer": shown.issuer, "state": shown.standing,
            "badgeClass": shown.isInForce ? "good" : "bad",
            "validText": shown.validUntil.map { "有效期至 \($0.chineseDate)" } ?? "长期有效",
            "fields": shown.fields.map {
                ViewModel.record(["label": $0.label, "value": ShownText.day($0.value)])
            },
            "notice": shown.notice ?? "",
        ])
    }
}
