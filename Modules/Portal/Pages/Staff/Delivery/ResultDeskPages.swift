import PluginKit

/// Handing over and posting the results of one case.
struct ResultDeskPages: PageGroup {
    private static let path = "\(DeliveryDeskPages.path)/results"

    let services: PortalServices

    var pages: [Page] {
        let access = Access.staff(.acceptCases)
        return [
            Page("\(Self.path)/{id}", access: access) { request in try await page(request, .none) },
            Page("\(Self.path)/{id}/form", access: access) { request in
                .file(
                    try await services.casework.collectionForm(of: try request.identifier(), by: request.act),
                    inline: true)
            },
            Page(post: "\(Self.path)/{id}/handover", access: access) { request in
                let signature: GivenSignature?
                do {
                    signature = try services.casework.signature(request)
                } catch {
                    guard let feedback = FormFeedback(signature: error) else { throw error }
                    return try await page(request, feedback)
                }
                return try await step(request) { casework, act, transaction in
                    try casework.handOver(
                        try request.identifier(), to: request.field("recipient"), tail: request.field("tail"),
                        relation: request.field("relation"),
                        signature: signature,
                        expected: try request.expectedVersion(), by: act, in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/posting", access: access) { request in
                try await step(request) { casework, act, transaction in
                    try casework.postResults(
                        try request.identifier(), courier: request.field("courier"),
                        tracking: request.field("tracking"), expected: try request.expectedVersion(), by: act,
                        in: transaction)
                }
            },
            Page(post: "\(Self.path)/{id}/arrival", access: access) { request in
                let isReturned = request.field("outcome") == "returned"
                let typed = request.field("day")
                let day = isReturned ? nil : typed.isEmpty ? request.act.now.day : try? LegalDay(typed)
                if !isReturned, day == nil {
                    return try await page(
                        request, FormFeedback(findings: [Finding("day", "field.day", "日期请写成 2026-11-26 这样。")]))
                }
                return try await step(request) { casework, act, transaction in
                    try casework.endPosting(
                        try request.identifier(), arrived: day, expected: try request.expectedVersion(), by: act,
                        in: transaction)
                }
            },
        ]
    }

    private func step(
        _ request: PageRequest,
        _ body: @escaping @Sendable (CaseworkService, Act, Transaction) throws -> CaseFile
    ) async throws -> PageReply {
        do {
            let act = request.act
            let file = try await services.casework.database.write { [casework = services.casework] transaction in
                try body(casework, act, transaction)
            }
            return .redirect("\(Self.path)/\(file.id)?message=done")
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
        let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
        guard case .clerk = sight.role, let delivery = sight.file.delivery, sight.file.state == .completed else {
            throw Problem.notFound("这件事的结果")
        }
        let action = "\(Self.path)/\(sight.file.id)"
        var (form, sheet): (ViewModel?, String?)
        switch (delivery.way, delivery.state) {
        case (.collect, .ready):
            sheet = "\(action)/form"
            form = .record([
                "title": "登记领取", "action": "\(action)/handover", "submit": "登记领取",
                "fields": handover(sight, delivery, request, feedback), "hasFiles": true,
            ])
        case (.post, .ready):
            form = .record([
                "title": "登记寄出", "action": "\(action)/posting", "submit": "登记寄出",
                "fields": posting(request, feedback),
            ])
        case (.post, .posted):
            form = .record([
                "title": "登记签收或退回", "action": "\(action)/arrival", "submit": "登记",
                "fields": arrival(request, feedback),
            ])
        case (.electronic, _), (_, .done), (.collect, .posted): form = nil
        }
        return .render(
            .named("delivery"),
            .record([
                "pageTitle": "结果送达：\(sight.file.number ?? "")",
                "back": ViewModel.back("返回送达", DeliveryDeskPages.path), "eyebrow": sight.theme.title,
                "heading": "结果：\(delivery.way.chinese)", "version": sight.file.version,
                "badge": delivery.state.chinese, "badgeClass": delivery.state == .done ? "good" : "open",
                "message": warning.map { ViewModel.message("bad", $0) }
                    ?? (request.parameter("message") == "done" ? .message("good", "已经登记。") : nil),
                "errorSummary": feedback.summary { $0.field }, "facts": facts(sight, delivery), "sheetURL": sheet ?? "",
                "signatures": SignatureGallery(file: sight.file).model,
                "forms": [form].compactMap(\.self),
            ]), status: status ?? feedback.status)
    }

    private func facts(_ sight: CaseSight, _ delivery: ResultDelivery) -> [ViewModel] {
        let file = sight.file
        func fact(_ label: String, _ value: String?) -> ViewModel? {
            value.flatMap { $0.isEmpty ? nil : ["label": .text(label), "value": .text($0)] }
        }
        return [
            fact("办件编号", file.number), fact("申请人", sight.applicantName(isMasked: false)),
            fact("结果", file.grantedResults.map(\.title).joined(separator: "、")),
            // Without the digits that are to be read from the card.
            fact("指定代领人", delivery.collector.map { "\($0.name)（\($0.relation)）" }),
            fact("收件人", delivery.address.map { "\($0.name)　\($0.phone)" }),
            fact("收件地址", delivery.address?.address), fact("到哪一步", delivery.sentence),
            fact("领取人签名", delivery.handover.map { "\($0.signature.chinese)，身份证号码后四位 \($0.numberTail)" }),
        ].compactMap(\.self)
    }

    private func handover(
        _ sight: CaseSight, _ delivery: ResultDelivery, _ request: PageRequest, _ feedback: FormFeedback
    ) -> [InputField] {
        [
            InputField(
                id: "recipient", name: "recipient", label: "领取人姓名", kind: .text(),
                values: [request.field("recipient")],
                hint: delivery.collector == nil ? "只能由申请人本人或其经办人领取，请核对身份证。" : "只能由申请人本人、其经办人或指定的代领人领取，请核对身份证。",
                error: feedback.error("recipient"), maximumLength: 40),
            InputField(
                id: "tail", name: "tail", label: "领取人身份证号码后四位", kind: .text(), values: [request.field("tail")],
                error: feedback.error("tail"), maximumLength: 4),
            InputField(
                id: "relation", name: "relation", label: "与申请人的关系", kind: .text(),
                values: [request.form["relation"]?.last ?? "本人"], hint: "代领的，写申请人指定时写的关系。",
                error: feedback.error("relation"), maximumLength: 20),
        ]
            + SignatureFields(
                signer: "领取人", paper: "领取单", hint: "签名之后再登记领取。", request: request, feedback: feedback
            ).fields
    }

    private func posting(_ request: PageRequest, _ feedback: FormFeedback) -> [InputField] {
        [
            InputField(
                id: "courier", name: "courier", label: "寄递单位", kind: .text(),
                values: [request.form["courier"]?.last ?? "EMS"], error: feedback.error("courier"), maximumLength: 40),
            InputField(
                id: "tracking", name: "tracking", label: "邮件号码", kind: .text(), values: [request.field("tracking")],
                error: feedback.error("tracking"), maximumLength: 60),
        ]
    }

    private func arrival(_ request: PageRequest, _ feedback: FormFeedback) -> [InputField] {
        [
            InputField(
                id: "outcome", name: "outcome", label: "结果怎样",
                kind: .radio([InputField.Choice("arrived", "已签收"), InputField.Choice("returned", "被退回，重新寄")]),
                values: [request.form["outcome"]?.last ?? "arrived"]),
            InputField(
                id: "day", name: "day", label: "哪一天签收", kind: .day, values: [request.field("day")], isOptional: true,
                hint: "不填就是今天。", error: feedback.error("day")),
        ]
    }
}
