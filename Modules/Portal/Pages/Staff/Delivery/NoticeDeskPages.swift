import PluginKit

/// One delivery of a notice: to print, to post or hand over, to settle, to send again.
struct NoticeDeskPages: PageGroup {
    private static let path = "\(DeliveryDeskPages.path)/notices"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(MessagingService.deliver)
        return [
            Page("\(Self.path)/{id}", access: access) { request in try await page(request, .none) },
            Page("\(Self.path)/{id}/paper", access: access) { request in
                .file(try await services.messaging.print(try request.identifier(), by: request.act), inline: true)
            },
            Page("\(Self.path)/{id}/cover", access: access) { request in
                .file(try await services.messaging.cover(try request.identifier(), by: request.act), inline: true)
            },
            Page(post: "\(Self.path)/{id}/posting", access: access) { request in
                try await step(request) { messaging, id, act, transaction in
                    try messaging.recordPosting(
                        id, tracking: request.field("posting_tracking"), by: act, in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/service", access: access) { request in try await serve(request) },
            Page(post: "\(Self.path)/{id}/return", access: access) { request in
                try await step(request) { try $0.recordReturn($1, by: $2, in: $3) }
            },
            Page(post: "\(Self.path)/{id}/resolution", access: access) { request in
                try await step(request) { try $0.resolve($1, note: request.field("note"), by: $2, in: $3) }
            },
            Page(post: "\(Self.path)/{id}/resending", access: access) { request in
                try await step(request) { try $0.resend($1, by: $2, in: $3) }
            },
        ]
    }

    private func serve(_ request: PageRequest) async throws -> PageReply {
        let day = request.field("day").isEmpty ? request.act.now.day : try? LegalDay(request.field("day"))
        let way = NoticeService.Way(rawValue: request.field("way"))
        guard let way, let day else {
            var findings: [Finding] = []
            if way == nil { findings.append(Finding("way", "field.required", "请选择送达方式。")) }
            if day == nil { findings.append(Finding("day", "field.day", "日期请写成 2026-11-26 这样。")) }
            return try await page(request, FormFeedback(findings: findings))
        }
        let tracking = request.field("tracking")
        let service = NoticeService(
            way: way, recipient: request.field("recipient"), day: day, tracking: tracking.isEmpty ? nil : tracking)
        return try await step(request) { try $0.recordService($1, service, by: $2, in: $3) }
    }

    private func step(
        _ request: PageRequest,
        _ body: @escaping @Sendable (MessagingService, Identifier, Act, Transaction) throws -> Delivery
    ) async throws -> PageReply {
        do {
            let (id, act) = (try request.identifier(), request.act)
            _ = try await services.messaging.database.write { [messaging = services.messaging] transaction in
                try body(messaging, id, act, transaction)
            }
            return .redirect("\(Self.path)/\(id)?message=done")
        } catch {
            guard let problem = (error as? any ProblemConvertible)?.problem, (409...422).contains(problem.status) else {
                throw error
            }
            return try await page(
                request, FormFeedback(findings: problem.findings),
                warning: problem.findings.isEmpty ? problem.detail : nil, status: problem.status)
        }
    }

    private func page(
        _ request: PageRequest, _ feedback: FormFeedback, warning: String? = nil, status: Int? = nil
    ) async throws -> PageReply {
        let (delivery, notice) = try await services.messaging.delivery(try request.identifier(), by: request.act)
        let action = "\(Self.path)/\(delivery.id)"
        let style: String =
            switch delivery.state {
            case .served, .delivered, .resolved: "good"
            case .undelivered, .failed: "bad"
            case .toPrint: "upload"
            default: "open"
            }
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": "通知送达：\(notice.content.title)",
                "back": ViewModel.back("返回送达", DeliveryDeskPages.path), "eyebrow": delivery.route.chinese,
                "heading": notice.content.title, "badge": delivery.state.chinese, "badgeClass": style,
                "message": warning.map { ViewModel.message("bad", $0) }
                    ?? (request.parameter("message") == "done" ? .message("good", "已经登记。") : nil),
                "errorSummary": feedback.summary { $0.field }, "facts": facts(delivery, notice),
                "paperURL": delivery.route == .paper ? "\(action)/paper" : "",
                "coverURL": delivery.route == .paper && notice.content.paper != nil ? "\(action)/cover" : "",
                "forms": forms(delivery, action, request, feedback),
            ]), status: status ?? feedback.status)
    }

    private func facts(_ delivery: Delivery, _ notice: Notice) -> [ViewModel] {
        func fact(_ label: String, _ value: String?) -> ViewModel? {
            value.flatMap { $0.isEmpty ? nil : ["label": .text(label), "value": .text($0)] }
        }
        let phone = delivery.content.phone.flatMap { try? MobileNumber($0).masked }
        return [
            fact("收件人", delivery.content.name), fact("手机", phone), fact("地址", delivery.content.address),
            fact("文书", notice.content.paper.map { "\($0.title) \($0.number)" }), fact("编号", delivery.number),
            fact("发出单位", notice.content.sender), fact("产生时间", notice.createdAt.chinaTime),
            fact("本人在网上打开", notice.readAt?.chinaTime), fact("原因", delivery.reasonText),
            fact("送达情况", delivery.content.service?.sentence), fact("处理结果", delivery.content.note),
        ].compactMap(\.self)
    }

    private func forms(
        _ delivery: Delivery, _ action: String, _ request: PageRequest, _ feedback: FormFeedback
    ) -> [ViewModel] {
        func form(_ title: String, _ path: String, _ submit: String, _ fields: [InputField] = []) -> ViewModel {
            .record(["title": title, "action": "\(action)/\(path)", "submit": submit, "fields": fields])
        }
        switch delivery.state {
        case .toPrint:
            return [
                form("交给邮局以后", "posting", "登记寄出", [tracking("posting_tracking", request, feedback.error("tracking"))]),
                form("当面交给本人，或者已经收到", "service", "登记送达", service(delivery, request, feedback)),
            ]
        case .posted:
            return [
                form("收到以后", "service", "登记送达", service(delivery, request, feedback)), form("邮件被退回", "return", "登记退回"),
            ]
        case .undelivered:
            return [
                form(
                    "已经用别的办法告知", "resolution", "登记处理结果",
                    [
                        InputField(
                            id: "note", name: "note", label: "怎样告知了本人", kind: .paragraph,
                            values: [request.field("note")], hint: "例如 12月1日电话告知本人；或在公告栏公告。",
                            error: feedback.error("note"), maximumLength: 200)
                    ]), form("补登了联系方式以后", "resending", "重新发送"),
            ]
        case .failed: return [form("补登了联系方式以后", "resending", "重新发送")]
        case .waiting, .sending, .sent, .delivered, .served, .resolved, .cancelled: return []
        }
    }

    private func tracking(_ name: String, _ request: PageRequest, _ error: String?) -> InputField {
        InputField(
            id: name, name: name, label: "邮件号码", kind: .text(), values: [request.field(name)], error: error,
            maximumLength: 60)
    }

    private func service(_ delivery: Delivery, _ request: PageRequest, _ feedback: FormFeedback) -> [InputField] {
        let isPosted = delivery.state == .posted
        return [
            InputField(
                id: "way", name: "way", label: "怎样送达",
                kind: .radio(NoticeService.Way.allCases.map { InputField.Choice($0.rawValue, $0.chinese) }),
                values: [request.form["way"]?.last ?? (isPosted ? "post" : "")], error: feedback.error("way")),
            InputField(
                id: "recipient", name: "recipient", label: "由谁收件", kind: .text(),
                values: [request.form["recipient"]?.last ?? delivery.content.name], hint: "代收的，写代收人的姓名和与本人的关系。",
                error: feedback.error("recipient"), maximumLength: 100),
            InputField(
                id: "day", name: "day", label: "哪一天收到", kind: .day, values: [request.field("day")], isOptional: true,
                hint: "不填就是今天。", error: feedback.error("day")),
            InputField(
                id: "tracking", name: "tracking", label: "邮件号码", kind: .text(),
                values: [request.form["tracking"]?.last ?? delivery.content.service?.tracking ?? ""], isOptional: true,
                hint: "邮寄送达必填。", error: feedback.error("tracking"), maximumLength: 60),
        ]
    }
}
