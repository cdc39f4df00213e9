import PluginKit

/// How the applicant wants to get the results (结果送达).
struct DeliveryChoicePages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/cases/{id}/delivery", access: .personOrHelper) { request in
                let sight = try await services.casework.sight(of: try request.identifier(), by: request.act)
                return elsewhere(sight) ?? page(sight, request, .none)
            },
            Page(post: "/cases/{id}/delivery", access: .personOrHelper) { request in try await save(request) },
        ]
    }

    private func elsewhere(_ sight: CaseSight) -> PageReply? {
        sight.role == .applicant && sight.file.takesDeliveryChoice ? nil : .redirect(sight.file.url)
    }

    private func save(_ request: PageRequest) async throws -> PageReply {
        let id = try request.identifier()
        let expected = try request.expectedVersion()
        let sight = try await services.casework.sight(of: id, by: request.act)
        if let elsewhere = elsewhere(sight) { return elsewhere }
        guard let way = ResultDelivery.Way(rawValue: request.field("way")) else {
            return page(
                sight, request, FormFeedback(findings: [Finding("way", "field.required", "请选择结果怎样给您。")]))
        }
        var choice = DeliveryChoice()
        choice.way = way
        choice.name = request.field("name")
        choice.phone = request.field("phone")
        choice.address = request.field("address")
        choice.collectorName = request.field("collector_name")
        choice.collectorTail = request.field("collector_tail")
        choice.collectorRelation = request.field("collector_relation")
        do {
            let (act, chosen) = (request.act, choice)
            _ = try await services.casework.database.write { [casework = services.casework] transaction in
                try casework.chooseDelivery(id, chosen, expected: expected, by: act, in: transaction)
            }
            return .redirect(
                sight.file.state == .draft || sight.file.state == .correction
                    ? "\(sight.file.url)/review" : "\(sight.file.url)?message=delivery-chosen")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return page(sight, request, feedback)
        }
    }

    private func page(_ sight: CaseSight, _ request: PageRequest, _ feedback: FormFeedback) -> PageReply {
        let file = sight.file
        let isEditing = file.state == .draft || file.state == .correction
        return .render(
            .named("delivery-choice"),
            .record([
                "pageTitle": "结果怎样给您", "themeTitle": sight.theme.title,
                "back": ViewModel.back(
                    isEditing ? "返回核对" : "返回办理进度", isEditing ? "\(file.url)/review" : file.url),
                "errorSummary": feedback.summary { $0.field }, "action": "\(file.url)/delivery",
                "version": file.version, "way": way(file, request, feedback),
                "mail": mail(sight, request, feedback), "collector": collector(file, request, feedback),
            ]), status: feedback.status)
    }

    private func way(_ file: CaseFile, _ request: PageRequest, _ feedback: FormFeedback) -> InputField {
        let notes: [ResultDelivery.Way: String] = [
            .electronic: "电子证照放进“我的证照”，不用跑", .collect: "带身份证到政务服务窗口领取", .post: "寄到您填的地址，邮费由收件人承担的会事先说明",
        ]
        return InputField(
            id: "way", name: "way", label: "您想怎样拿到结果？",
            kind: .radio(
                ResultDelivery.Way.allCases.map { InputField.Choice($0.rawValue, $0.chinese, note: notes[$0]) }),
            values: [request.form["way"]?.last ?? file.delivery?.way.rawValue ?? ""], error: feedback.error("way"))
    }

    private func mail(_ sight: CaseSight, _ request: PageRequest, _ feedback: FormFeedback) -> [InputField] {
        let known = sight.file.delivery?.address
        return [
            InputField(
                id: "name", name: "name", label: "收件人", kind: .text(autocomplete: "name"),
                values: [request.form["name"]?.last ?? known?.name ?? sight.applicantName(isMasked: false)],
                isOptional: true, error: feedback.error("name"), maximumLength: 40),
            InputField(
                id: "phone", name: "phone", label: "收件人手机", kind: .text(type: "tel", mode: "tel", autocomplete: "tel"),
                values: [request.form["phone"]?.last ?? known?.phone ?? ""], isOptional: true,
                error: feedback.error("phone"), maximumLength: 20),
            InputField(
                id: "address", name: "address", label: "收件地址", kind: .text(autocomplete: "street-address"),
                values: [request.form["address"]?.last ?? known?.address ?? ""], isOptional: true,
                error: feedback.error("address"), maximumLength: 200),
        ]
    }

    private func collector(_ file: CaseFile, _ request: PageRequest, _ feedback: FormFeedback) -> [InputField] {
        let known = file.delivery?.collector
        return [
            InputField(
                id: "collector_name", name: "collector_name", label: "代领人姓名", kind: .text(),
                values: [request.form["collector_name"]?.last ?? known?.name ?? ""], isOptional: true,
                hint: "本人去领的，这几项留空。", error: feedback.error("collector_name"), maximumLength: 40),
            InputField(
                id: "collector_tail", name: "collector_tail", label: "代领人身份证号码后四位", kind: .text(),
                values: [request.form["collector_tail"]?.last ?? known?.numberTail ?? ""], isOptional: true,
                error: feedback.error("collector_tail"), maximumLength: 4),
            InputField(
                id: "collector_relation", name: "collector_relation", label: "代领人与您的关系", kind: .text(),
                values: [request.form["collector_relation"]?.last ?? known?.relation ?? ""], isOptional: true,
                error: feedback.error("collector_relation"), maximumLength: 20),
        ]
    }
}

extension ResultDelivery {
    /// How far it is, in a sentence for the applicant.
    var sentence: String {
        switch (way, state) {
        case (.electronic, _): "电子证照已经放进“我的证照”。"
        case (.collect, .done):
            handover.map { "\($0.at.day.chineseDate)由\($0.recipient)（\($0.relation)）在窗口领取。" } ?? ""
        case (.collect, _): "请带身份证到政务服务窗口领取" + (collector.map { "，也可以由\($0.name)代领。" } ?? "。")
        case (.post, .ready): "正在准备寄出。"
        case (.post, .posted):
            posting.map { "\($0.at.day.chineseDate)已由\($0.courier)寄出，邮件号码 \($0.tracking)。" } ?? ""
        case (.post, .done): arrived.map { "\($0.chineseDate)已签收。" } ?? ""
        }
    }
}
