import PluginKit

/// Where anybody asks what a business may do freely, what needs a licence and what is forbidden (市场准入, R04.1).
struct BusinessScopePages: PageGroup {
    let services: PortalServices

    var pages: [Page] { [Page("/business-scopes") { request in try await page(request) }] }

    private func page(_ request: PageRequest) async throws -> PageReply {
        let text = request.parameter("q").trimmed
        let isTooLong = text.count > 2000
        let list = try await services.market.list()
        let answer = text.isEmpty || isTooLong ? nil : list.map { ScopeCheck.model(of: text, in: $0) }
        let feedback =
            isTooLong ? FormFeedback(findings: [Finding("q", "field.too_long", "最多 2000 个字。请分几次查。")]) : .none
        return .render(
            .named("business-scopes"),
            .record([
                "pageTitle": "经营范围核对", "back": ViewModel.back("返回事项清单", "/items"),
                "errorSummary": feedback.summary { $0.field }, "hasList": list != nil,
                "field": InputField(
                    id: "q", name: "q", label: "打算经营什么", kind: .paragraph, values: [text],
                    hint: "一项一项地写，用分号分开。例如：日用百货销售；食品销售；餐饮服务", error: feedback.error("q"),
                    maximumLength: 2000),
                "scopeCheck": answer,
            ]), status: feedback.status)
    }
}
