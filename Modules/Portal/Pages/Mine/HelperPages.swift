import PluginKit

/// Who may act in a person's name, and in whose names the person may act (代办). At a window a member of staff opens it
/// for the person there.
struct HelperPages: PageGroup {
    static let path = "/my/helpers"

    let services: PortalServices

    var pages: [Page] {
        [
            Page(Self.path, access: .personOrHelper) { request in try await page(request) },
            Page(post: "\(Self.path)/grant", access: .person) { request in try await grant(request) },
            Page(post: "\(Self.path)/code", access: .person) { request in try await makeCode(request) },
            Page(post: "\(Self.path)/accept", access: .personAlone) { request in try await accept(request) },
            Page(post: "\(Self.path)/{id}/end", access: .person) { request in try await end(request) },
        ]
    }

    private func grant(_ request: PageRequest) async throws -> PageReply {
        let (identity, act) = (services.identity, request.act)
        let helper = NamedHelper(name: request.field("name"), idNumber: request.field("id_number"))
        do {
            let offer = try Self.offer(request)
            try await identity.database.write { _ = try identity.grantHelp(to: helper, offer, by: act, in: $0) }
            return .redirect("\(Self.path)?message=granted")
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await page(request, feedback, sent: "grant")
        }
    }

    private func makeCode(_ request: PageRequest) async throws -> PageReply {
        let (identity, act) = (services.identity, request.act)
        do {
            let offer = try Self.offer(request)
            let code = try await identity.database.write { try identity.makeHelperCode(offer, by: act, in: $0) }
            return try await page(request, code: code)
        } catch {
            guard let feedback = FormFeedback(error) else { throw error }
            return try await page(request, feedback, sent: "code")
        }
    }

    private func accept(_ request: PageRequest) async throws -> PageReply {
        let (identity, act, typed) = (services.identity, request.act, request.field("code"))
        do {
            try await identity.database.write { _ = try identity.acceptHelperCode(typed, by: act, in: $0) }
            return .redirect("\(Self.path)?message=accepted")
        } catch let error as IdentityError where error.code == .helperCode {
            let feedback = FormFeedback(findings: [Finding("code", error.code.rawValue, error.problem.detail)])
            return try await page(request, feedback, sent: "accept")
        }
    }

    private func end(_ request: PageRequest) async throws -> PageReply {
        let (identity, act, id) = (services.identity, request.act, try request.identifier())
        try await identity.database.write { try identity.revokeHelp(id, by: act, in: $0) }
        return .redirect("\(Self.path)?message=ended")
    }

    /// What was typed.
    ///
    /// - Throws: a finding for a day that is none.
    private static func offer(_ request: PageRequest) throws -> HelperOffer {
        var offer = HelperOffer()
        offer.relation = HelperGrant.Relation(rawValue: request.field("relation"))
        offer.scope = Set(request.form["scope"] ?? [])
        let day = request.field("valid_until")
        if !day.isEmpty {
            guard let parsed = try? LegalDay(day) else {
                throw Finding("valid_until", "field.day", "日期请写成 2026-11-26 这样。")
            }
            offer.validUntil = parsed
        }
        return offer
    }

    private func page(
        _ request: PageRequest, _ feedback: FormFeedback = .none, sent: String = "", code: HelperCode? = nil
    ) async throws -> PageReply {
        let help = try await services.identity.help(by: request.act)
        let isHelping = request.actor.helper != nil
        let isAtWindow = request.actor.assistant != nil
        let titles = Dictionary(
            try await services.catalogue.themes().map(\.theme).filter { $0.audience == .person }
                .map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        let form = HelperForm(request: request, feedback: feedback, sent: sent, themes: titles)
        return .render(
            .named("helpers"),
            .record([
                "pageTitle": "代办授权", "back": ViewModel.back("返回我的", "/my"),
                "message": Self.messages[request.parameter("message")],
                "errorSummary": feedback.summary { "\(sent)-\($0.field)" },
                "code": code.map { ViewModel.record(["text": $0.shown]) },
                "mayGrant": !isHelping, "isAtWindow": isAtWindow, "mayAccept": !isHelping && !isAtWindow,
                "hasHelpers": !help.helpers.isEmpty,
                "helpers": help.helpers.map { line($0, name: $0.helper, titles) },
                "hasHelped": !help.helped.isEmpty && !isAtWindow,
                "helped": help.helped.map { line($0, name: $0.principal, titles) },
                "grantAction": "\(Self.path)/grant", "grantFields": form.grantFields,
                "codeAction": "\(Self.path)/code", "codeFields": form.codeFields,
                "acceptAction": "\(Self.path)/accept", "acceptFields": form.acceptFields,
                "isGrantOpen": sent == "grant" || isAtWindow, "isCodeOpen": sent == "code",
            ]), status: feedback.status)
    }

    private func line(_ shown: ShownGrant, name: String, _ titles: [String: String]) -> ViewModel {
        let grant = shown.grant
        let scope = grant.scope.isEmpty ? "全部事情" : grant.scope.sorted().map { titles[$0] ?? $0 }.joined(separator: "、")
        return .record([
            "name": name, "relation": grant.relation.chinese, "basis": grant.basis.chinese, "scope": scope,
            "until": grant.validUntil.chineseDate, "id": grant.id.text,
            "endAction": "\(Self.path)/\(grant.id)/end",
        ])
    }

    private static let messages: [String: ViewModel] = [
        "granted": .message("good", "已经授权。对方登录后，在“代办授权”里就能替您办。"),
        "accepted": .message("good", "已经生效，现在可以替对方办事了。"),
        "ended": .message("good", "这项授权已经结束。"),
    ]
}

/// The forms by which somebody is let act.
struct HelperForm {
    let request: PageRequest
    let feedback: FormFeedback
    /// The form that was sent; empty for none.
    let sent: String
    /// The themes that may be chosen: title by ID.
    let themes: [String: String]

    private func field(
        _ form: String, _ name: String, _ label: String, _ kind: InputField.Kind, hint: String? = nil,
        isOptional: Bool = false, maximumLength: Int? = nil
    ) -> InputField {
        let isSent = sent == form
        return InputField(
            id: "\(form)-\(name)", name: name, label: label, kind: kind,
            values: isSent ? request.form[name] ?? [] : [], isOptional: isOptional, hint: hint,
            error: isSent ? feedback.error(name) : nil, maximumLength: maximumLength)
    }

    private func offerFields(_ form: String) -> [InputField] {
        let relations = HelperGrant.Relation.named.map { InputField.Choice($0.rawValue, $0.chinese) }
        let choices = themes.sorted { $0.value < $1.value }.map { InputField.Choice($0.key, $0.value) }
        let longest = request.act.now.day.adding(days: HelperOffer.longestTerm)
        return [
            field(form, "relation", "对方是您的什么人", .radio(relations, isRow: true)),
            field(form, "scope", "只能办这些事", .checkboxes(choices), hint: "一件也不选，就是全部。", isOptional: true),
            field(form, "valid_until", "到哪一天为止", .day, hint: "最晚 \(longest.text)，随时可以收回。"),
        ]
    }

    var grantFields: [InputField] {
        [
            field("grant", "name", "对方的姓名", .text(), maximumLength: 64),
            field("grant", "id_number", "对方的身份证号码", .text(), maximumLength: 18),
        ] + offerFields("grant")
    }

    var codeFields: [InputField] { offerFields("code") }

    var acceptFields: [InputField] {
        [field("accept", "code", "对方给您的授权码", .text(), hint: "8 位字母和数字，不分大小写。", maximumLength: 12)]
    }
}
