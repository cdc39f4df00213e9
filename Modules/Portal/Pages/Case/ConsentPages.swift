import Foundation
import PluginKit

/// Where another party of a case reads what it is about and agrees to it.
struct ConsentPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/cases/{id}/consent/{role}", access: .person) { request in try await look(request, .none) },
            Page(post: "/cases/{id}/consent/{role}", access: .person) { request in try await consent(request) },
            Page(post: "/cases/{id}/consent/{role}/refusal", access: .person) { request in try await refuse(request) },
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
                "answers": view.answers.map(Self.line), "fields": Self.fields(offer),
                "isRequired": view.isRequired,
                "action": "/cases/\(offer.caseID)/consent/\(URLText.encode(role))", "isGiven": view.isGiven,
                "note": view.note ?? "", "mayAgree": view.isOpen && !view.isGiven, "digest": view.digest,
                "mayRefuse": offer.isOpen && !view.isRefused, "isTakingBack": view.isGiven,
                "reason": InputField(
                    id: "reason", name: "reason", label: "原因", kind: .text(), values: [request.field("reason")],
                    isOptional: true, hint: "会告诉申请人。", error: feedback.error("reason"),
                    maximumLength: Self.longestReason),
                "isRefusing": feedback.error("reason") != nil,
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

    private static func fields(_ offer: ConsentOffer) -> [ViewModel] {
        offer.scope.sections.flatMap { section in
            section.fields.map { field in
                let value = offer.scope.values[field.id].map(field.shown) ?? "（未填）"
                return .record(["question": "\(section.title)：\(field.title)", "answer": value])
            }
        }
    }

    private static func line(_ line: ConsentLineView) -> ViewModel {
        .record(["question": line.title, "answer": line.value])
    }

    private func consent(_ request: PageRequest) async throws -> PageReply {
        if request.field("agree") != "yes" {
            return try await look(
                request,
                FormFeedback(findings: [Finding("agree", "field.required", "同意的话请先勾选，再点“确认”。不同意的，请用下面的“不同意”。")]))
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

    private func refuse(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        let role = request.path["role"] ?? ""
        let act = request.act
        let reason = request.field("reason").trimmingCharacters(in: .whitespacesAndNewlines)
        if reason.count > Self.longestReason {
            return try await look(
                request,
                FormFeedback(findings: [Finding("reason", "field.too_long", "原因不超过 \(Self.longestReason) 个字，请写短一些。")]))
        }
        let known = try await services.casework.knownForConsent(as: role, of: id, by: act)
        do {
            _ = try await services.casework.database.write { [casework = services.casework] transaction in
                try casework.refuseConsent(
                    as: role, of: id, known: known, reason: reason.isEmpty ? nil : reason, by: act, in: transaction)
            }
        } catch let error as CaseworkError where error.code == .wrongState {
            return try await look(request, .none, warning: error.message, status: error.status)
        }
        return .redirect("/my?message=refused")
    }

    private static let longestReason = 200
}
