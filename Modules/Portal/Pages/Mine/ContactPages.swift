import PluginKit

/// How a person wants to be reached, and who is told in its stead (联系方式和指定联系人).
struct ContactPages: PageGroup {
    private static let path = "/my/contact"

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: .personAlone) { request in
                page(ContactForm(try await services.messaging.ownContact(by: request.act)), request, .none)
            },
            Page(post: Self.path, access: .personAlone) { request in try await save(request) },
        ]
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        let expected = try request.expectedVersion()
        do {
            let input = try ContactForm.input(request)
            let act = request.act
            _ = try await services.messaging.database.write { [messaging = services.messaging] transaction in
                try messaging.changeOwnContact(input, expected: expected, by: act, in: transaction)
            }
            return .redirect("\(Self.path)?message=saved")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            var form = ContactForm(try await services.messaging.ownContact(by: request.act))
            form.typed = request
            return page(form, request, feedback)
        }
    }

    private func page(_ form: ContactForm, _ request: PageRequest, _ feedback: FormFeedback) -> PageReply {
        .render(
            .named("contact"),
            .record([
                "pageTitle": "联系方式", "heading": "通知怎样找到您", "back": ViewModel.back("返回我的", "/my"),
                "lead": "办事的通知都在“我的消息”里，同时发短信。没有手机、不方便看短信的，可以指定一位联系人转告，也可以寄纸质通知。",
                "message": request.parameter("message") == "saved"
                    ? ViewModel.message("good", "联系方式已经保存，以后的通知按新的方式发。") : nil,
                "errorSummary": feedback.summary { $0.field }, "action": Self.path, "version": form.view.version,
                "known": form.known, "howToChange": "要改的，带身份证到政务服务窗口办理。",
                "general": form.general(feedback), "helper": form.helper(feedback),
            ]), status: feedback.status)
    }
}

/// The form for it, for the person itself and for a clerk.
struct ContactForm {
    let view: ContactView
    /// What was sent, to show it again; nil at first.
    var typed: PageRequest?

    init(_ view: ContactView) { self.view = view }

    /// What the form says.
    ///
    /// - Throws: a finding for a day that is none.
    static func input(_ request: PageRequest) throws -> ContactInput {
        func text(_ name: String) -> String? { request.field(name).isEmpty ? nil : request.field(name) }
        var input = ContactInput()
        let ways = request.form["ways"] ?? []
        input.declinesSMS = ways.contains("no-sms")
        input.wantsPaper = ways.contains("paper")
        input.acceptsElectronic = ways.contains("electronic")
        input.address = text("address")
        input.helperName = text("helper_name")
        input.helperPhone = text("helper_phone")
        input.helperRelation = text("helper_relation")
        input.helperAgreed = request.field("helper_agreed") == "yes"
        if let day = text("helper_ends_on") {
            guard let parsed = try? LegalDay(day) else {
                throw Finding("helper_ends_on", "field.day", "日期请写成 2026-11-26 这样。")
            }
            input.helperEndsOn = parsed
        }
        return input
    }

    var known: [ViewModel] {
        [
            ["label": "手机号码", "value": .text(view.registeredPhone ?? "没有登记")],
            ["label": "登记的地址", "value": .text(view.registeredAddress ?? "没有登记")],
        ]
    }

    private func values(_ name: String, _ stored: String?) -> [String] {
        typed.map { $0.form[name] ?? [] } ?? stored.map { [$0] } ?? []
    }

    func general(_ feedback: FormFeedback) -> [InputField] {
        let states = [("no-sms", view.declinesSMS), ("paper", view.wantsPaper), ("electronic", view.acceptsElectronic)]
        let chosen = states.filter(\.1).map(\.0)
        return [
            InputField(
                id: "ways", name: "ways", label: "怎样通知",
                kind: .checkboxes([
                    InputField.Choice("no-sms", "不给我发短信", note: "应当送达的通知改用纸质，或由指定联系人转告"),
                    InputField.Choice("paper", "同时寄纸质通知"),
                    InputField.Choice("electronic", "同意电子送达", note: "在“消息”里打开文书，就算送达，不再寄纸质文书；随时可以改回来"),
                ]), values: typed.map { $0.form["ways"] ?? [] } ?? chosen, isOptional: true),
            InputField(
                id: "address", name: "address", label: "收信地址", kind: .text(autocomplete: "street-address"),
                values: values("address", view.address), isOptional: true, hint: "不填就用登记的地址。",
                error: feedback.error("address"), maximumLength: 200),
        ]
    }

    func helper(_ feedback: FormFeedback) -> [InputField] {
        [
            InputField(
                id: "helper_name", name: "helper_name", label: "联系人姓名", kind: .text(),
                values: values("helper_name", view.helperName), isOptional: true, hint: "不需要联系人的，这几项都留空。",
                error: feedback.error("helper_name"), maximumLength: 40),
            InputField(
                id: "helper_relation", name: "helper_relation", label: "与本人的关系", kind: .text(),
                values: values("helper_relation", view.helperRelation), isOptional: true, hint: "例如 女儿、邻居、村干部。",
                error: feedback.error("helper_relation"), maximumLength: 20),
            InputField(
                id: "helper_phone", name: "helper_phone", label: "联系人手机号码", kind: .text(type: "tel", mode: "tel"),
                values: values("helper_phone", view.helperPhone), isOptional: true,
                error: feedback.error("helper_phone"), maximumLength: 20),
            InputField(
                id: "helper_ends_on", name: "helper_ends_on", label: "到哪一天为止", kind: .day,
                values: values("helper_ends_on", view.helperEndsOn?.text), isOptional: true,
                hint: "例如 2027-12-31；不填就一直有效，随时可以取消。", error: feedback.error("helper_ends_on")),
            InputField(
                id: "helper_agreed", name: "helper_agreed", label: "同意",
                kind: .consent(statement: "本人和联系人都同意：给本人的通知由联系人收短信后转告。"),
                values: typed.map { $0.form["helper_agreed"] ?? [] } ?? (view.helperName == nil ? [] : ["yes"]),
                isOptional: true, error: feedback.error("helper_agreed")),
        ]
    }
}
