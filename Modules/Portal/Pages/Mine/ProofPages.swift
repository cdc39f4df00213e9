import Documents
import PluginKit

/// Making a proof that is verified without a network (离线凭证).
struct ProofPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/licences/{id}/proof", access: .personAlone) { request in try await ask(request, .none) },
            Page(post: "/licences/{id}/proof", access: .personAlone) { request in try await make(request) },
        ]
    }

    private func ask(_ request: PageRequest, _ feedback: FormFeedback) async throws -> PageReply {
        let licence = try await services.licences.licence(try request.identifier(), by: request.act)
        let form = PresentationForm(licence: licence, request: request, feedback: feedback)
        func values(_ name: String, _ first: [String]) -> [String] {
            feedback.status == 200 ? first : request.form[name] ?? []
        }
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": "离线凭证：\(licence.title)", "back": ViewModel.back("返回证照", "/licences/\(licence.id)"),
                "eyebrow": "我的证照", "heading": "离线凭证：\(licence.title)", "badge": "由您同意", "badgeClass": "good",
                "errorSummary": feedback.summary { $0.field },
                "facts": [
                    ViewModel.record(["label": "总是给看的", "value": "证照名称、颁发机构、有效期"]),
                    ViewModel.record(["label": "要注意", "value": "谁拿到这个二维码，在有效的几天里都能看，不能收回；能当面亮码的，请用亮码出示。"]),
                ],
                "forms": [
                    ViewModel.record([
                        "title": "给看什么、用几天", "action": "/licences/\(licence.id)/proof", "submit": "生成离线凭证",
                        "fields": [
                            form.labelField,
                            InputField(
                                id: "days", name: "days", label: "可以用几天",
                                kind: .radio(
                                    [("1", "1 天"), ("7", "7 天"), ("30", "30 天")].map {
                                        InputField.Choice($0.0, $0.1)
                                    }, isRow: true), values: values("days", ["1"]), error: feedback.error("days")),
                        ],
                    ])
                ],
            ]), status: feedback.status)
    }

    private func make(_ request: PageRequest) async throws -> PageReply {
        let (id, act, licences) = (try request.identifier(), request.act, services.licences)
        let labels = request.form["labels"] ?? []
        let days = Int(request.field("days")) ?? 0
        do {
            let proof = try await licences.database.write {
                try licences.prove(id, labels: labels, days: days, by: act, in: $0)
            }
            let code = try CodeOutline(statement: proof.text)
            return .render(
                .named("proof"),
                .record([
                    "pageTitle": "离线凭证", "back": ViewModel.back("返回证照", "/licences/\(id)"),
                    "title": proof.content.title, "issuer": proof.content.issuer,
                    "picture": ViewModel.record(["size": code.size, "path": code.path]), "code": proof.text,
                    "expiresAt": proof.content.expires.chinaTime, "isDemonstration": proof.content.isDemonstration,
                    "labels": proof.content.fields.map(\.label).joined(separator: "、"),
                ]))
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await ask(request, feedback)
        }
    }
}
