import PluginKit

/// Recording at a window how a person is to be reached, a named helper among it.
struct ContactDeskPages: PageGroup {
    static let path = "\(DeliveryDeskPages.path)/contact"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(MessagingService.deliver)
        return [
            Page(Self.path, access: access) { request in search(request, .none) },
            Page(post: "\(Self.path)/search", access: access) { request in try await find(request) },
            Page(post: Self.path, access: access) { request in try await save(request) },
        ]
    }

    private func search(_ request: PageRequest, _ feedback: FormFeedback) -> PageReply {
        .render(
            .named("contact-search"),
            .record([
                "pageTitle": "登记联系方式", "back": ViewModel.back("返回送达", DeliveryDeskPages.path),
                "errorSummary": feedback.summary { $0.field }, "action": "\(Self.path)/search",
                "message": request.parameter("message") == "saved"
                    ? ViewModel.message("good", "联系方式已经登记。") : nil,
                "field": InputField(
                    id: "id_number", name: "id_number", label: "身份证号码", kind: .text(),
                    values: [request.field("id_number")], hint: "请对照本人的身份证。每次查询都有记录。",
                    error: feedback.error("id_number"), maximumLength: 30),
            ]), status: feedback.status)
    }

    private func contact(_ request: PageRequest) async throws -> ContactView {
        let (number, act) = (request.field("id_number"), request.act)
        return try await services.messaging.database.write { [messaging = services.messaging] transaction in
            try messaging.contact(ofNumber: number, by: act, in: transaction)
        }
    }

    private func find(_ request: PageRequest) async throws -> PageReply {
        do {
            return page(ContactForm(try await contact(request)), request, .none)
        } catch let error as MessagingError where error.status == 404 {
            return search(
                request, FormFeedback(findings: [Finding("id_number", error.code.rawValue, error.message)]))
        }
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        let expected = try request.expectedVersion()
        do {
            let input = try ContactForm.input(request)
            let (number, act) = (request.field("id_number"), request.act)
            _ = try await services.messaging.database.write { [messaging = services.messaging] transaction in
                try messaging.changeContact(ofNumber: number, to: input, expected: expected, by: act, in: transaction)
            }
            return .redirect("\(Self.path)?message=saved")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            var form = ContactForm(try await contact(request))
            form.typed = request
            return page(form, request, feedback)
        }
    }

    private func page(_ form: ContactForm, _ request: PageRequest, _ feedback: FormFeedback) -> PageReply {
        .render(
            .named("contact"),
            .record([
                "pageTitle": "登记联系方式", "heading": "\(form.view.name)：通知怎样找到本人",
                "back": ViewModel.back("换一个人", Self.path), "lead": "请问清本人的意思再登记；指定联系人要本人和联系人都同意。",
                "errorSummary": feedback.summary { $0.field }, "action": Self.path, "version": form.view.version,
                "number": request.field("id_number"), "known": form.known,
                "howToChange": "手机号码和住址要改的，到“窗口代录”刷这个人的身份证，一并填写新的。", "general": form.general(feedback),
                "helper": form.helper(feedback),
            ]), status: feedback.status)
    }
}
