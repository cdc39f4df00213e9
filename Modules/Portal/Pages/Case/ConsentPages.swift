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

    private func look(
        _ request: PageRequest, _ feedback: FormFeedback, warning: String? = nil, status: Int? = nil
    ) async throws -> PageReply {
        let role = request.path["role"] ?? ""
        let offer = try await services.casework.consentOffer(
            of: try request.identifier(), as: role, by: request.act)
        let view = ConsentOfferView(offer)
        let title = offer.scope.party.title
        return .render(
            .named("consent"),
            .record([
                "pageTitle": "当事人确认：\(offer.theme.title)", "back": ViewModel.back("返回我的", "/my"),
                "errorSummary": feedback.summary(), "themeTitle": offer.theme.title, "role": title,
                "applicant": offer.applicantName, "items": view.items, "warning": warning ?? "",
                "answers": view.answers.map(Self.line), "fields": view.fields.map(Self.line),
                "isRequired": view.isRequired,
                "action": "/cases/\(offer.caseID)/consent/\(URLText.encode(role))", "isGiven": view.isGiven,
                "note": view.note ?? "", "mayAgree": view.isOpen && !view.isGiven, "digest": view.digest,
                "agreement": InputField(
                    id: "agree", name: "agree", label: "您的意见",
                    kind: .consent(statement: Self.statement(title, offer)), error: feedback.error("agree")),
            ]), status: status ?? feedback.status)
    }

    private static func statement(_ title: String, _ offer: ConsentOffer) -> String {
        offer.scope.isEnterprise
            ? "我代表\(title)“\(offer.scope.name)”，知道并同意以上申请，同意为办理这件事核验本企业的信息、调用本企业的电子证照。"
            : "我是\(title)，知道并同意以上申请，同意为办理这件事核验我的身份信息、调用我的电子证照。"
    }

    private static func line(_ line: ConsentLineView) -> ViewModel {
        .record(["question": line.title, "answer": line.value])
    }

    private func consent(_ request: PageRequest) async throws -> PageReply {
        if request.field("agree") != "yes" {
            return try await look(
                request,
                FormFeedback(findings: [Finding("agree", "field.required", "同意的话请先勾选，再点“确认”。不同意的，关掉这一页即可。")]))
        }
        let id = try request.identifier()
        let role = request.path["role"] ?? ""
        let act = request.act
        let known = try await services.casework.knownForConsent(as: role, of: id, by: act)
        do {
            _ = try await services.casework.database.write { [casework = services.casework] transaction in
                try casework.consent(
                    as: role, of: id, known: known, seen: request.field("digest"), by: act, in: transaction)
            }
        } catch let error as CaseworkError where error.code == .consentRefused {
            return try await look(request, .none, warning: error.message, status: error.status)
        }
        return .redirect("/my?message=consented")
    }
}
