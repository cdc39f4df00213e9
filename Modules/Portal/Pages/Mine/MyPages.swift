import PluginKit

/// What a person has here: drafts, cases, licences, and in whose name it acts.
struct MyPages: PageGroup {
    let services: PortalServices

    var pages: [Page] {
        [
            Page("/my", access: .personOrHelper, menu: "我的") { request in try await mine(request) },
            Page("/acting", access: .signedIn) { request in
                request.actor.kind == .staff ? try await posts(request) : try await acting(request)
            },
            Page("/my/password", access: .signedIn) { request in PasswordForm.reply(.none) },
        ]
    }

    private func mine(_ request: PageRequest) async throws -> PageReply {
        let after = request.parameter("after")
        let list = try await services.casework.mine(after: after.isEmpty ? nil : after, by: request.act)
        let asked = try await services.casework.pendingConsents(
            after: request.parameter("asked").isEmpty ? nil : request.parameter("asked"), by: request.act)
        let party = request.actor.party
        let isAlone = request.actor.actsInPerson
        let licences =
            try await (isAlone ? party : nil).asyncMap {
                try await services.licences.licences(of: $0, by: request.act)
            } ?? []
        let day = request.act.now.day
        let drafts = list.items.filter { $0.state == .draft && $0.role == "applicant" }
        // A draft that was deleted is nobody's case: it has no number and never had one. What waits for the reader comes
        // before what the offices are at.
        let filed = list.items.filter { $0.state != .draft && !($0.state == .withdrawn && $0.number == nil) }
        let cases = filed.filter { $0.state == .correction } + filed.filter { $0.state != .correction }
        return .render(
            .named("my"),
            .record([
                "pageTitle": "我的", "message": Self.messages[request.parameter("message")],
                "hasAsked": !asked.items.isEmpty, "asked": asked.items.map(asking),
                "moreAskedURL": asked.next.map { URLText.with("/my", query: ["asked": $0]) } ?? "",
                "hasDrafts": !drafts.isEmpty, "drafts": drafts.map(draft),
                "hasCases": !cases.isEmpty, "cases": cases.map(line),
                "isAlone": isAlone, "isAtWindow": request.actor.assistant != nil,
                "isHelping": request.actor.helper != nil, "hasLicences": !licences.isEmpty,
                "licences": licences.map { self.licence($0, on: day) },
                "nextURL": list.next.map { URLText.with("/my", query: ["after": $0]) } ?? "",
                "isLaterPage": !after.isEmpty,
            ]))
    }

    private func asking(_ offer: ConsentOfferView) -> ViewModel {
        .record([
            "title": offer.title, "role": offer.roleTitle, "applicant": offer.applicant, "note": offer.note ?? "",
            "url": "/cases/\(offer.caseID)/consent/\(URLText.encode(offer.role))",
        ])
    }

    private func draft(_ summary: CaseSummary) -> ViewModel {
        let begun = (try? Identifier(summary.id))?.instant.chinaTime ?? ""
        return .record([
            "title": summary.title, "subject": summary.subject ?? "", "url": "/cases/\(summary.id)/form",
            "begunAt": begun, "deleteAction": "/cases/\(summary.id)/withdraw",
        ])
    }

    private func line(_ summary: CaseSummary) -> ViewModel {
        let style: String =
            switch summary.state {
            case .correction: "upload"
            case .completed: "good"
            case .refused, .terminated, .notAccepted: "bad"
            case .draft, .withdrawn: "made"
            case .submitted, .accepted, .inProgress, .suspended: "open"
            }
        return .record([
            "title": summary.title, "subject": summary.subject ?? "",
            "number": ShownText.parts(ofNumber: summary.number ?? ""), "url": "/cases/\(summary.id)",
            "badgeClass": style, "begunAt": (try? Identifier(summary.id))?.instant.day.chineseDate ?? "",
            "state": summary.state == .correction ? "等您补正" : summary.state.chinese,
            "dueText": summary.state.isClosed ? "" : summary.due.map { "最晚\($0.chineseDate)办完" } ?? "",
        ])
    }

    private func licence(_ licence: Licence, on day: LegalDay) -> ViewModel {
        let isInForce = licence.isInForce(on: day)
        return .record([
            "title": licence.title, "issuer": licence.issuer.name, "number": licence.number,
            "url": "/licences/\(licence.id)",
            "validText": licence.validUntil.map { "有效期至 \($0.chineseDate)" } ?? "长期有效",
            "badgeClass": isInForce ? "good" : "bad",
            "state": licence.standing(on: day),
        ])
    }

    private func acting(_ request: PageRequest) async throws -> PageReply {
        let enterprises = try await services.identity.representedEnterprises(by: request.act)
        let helped = try await request.actor.kind == .person ? services.identity.help(by: request.act).helped : []
        let isMyself = request.actor.party == request.actor.person && request.actor.helper == nil
        let choices =
            [InputField.Choice("myself", "为我本人办理")]
            + enterprises.map { InputField.Choice($0.mandate.id.text, "代 \($0.name) 办理", note: "授权范围：\($0.scopeText)") }
            + helped.map {
                InputField.Choice(
                    $0.grant.id.text, "替 \($0.principal) 办理", note: "到\($0.grant.validUntil.chineseDate)为止")
            }
        return .render(
            .named("acting"),
            .record([
                "pageTitle": "切换办理人", "heading": "切换办理人", "back": ViewModel.back("返回我的", "/my"), "action": "/acting",
                "lead": "代企业办的事记在企业名下，企业的其他经办人也看得到进度；替个人办的事记在对方名下。",
                "hasChoice": choices.count > 1,
                "nothing": "目前没有企业或个人授权您办事。企业请法定代表人带身份证和营业执照到政务服务大厅登记授权；个人可以在“代办授权”里授权。",
                "choice": InputField(
                    id: "party", name: "party", label: "您现在为谁办事？", kind: .radio(choices),
                    values: [isMyself ? "myself" : request.actor.mandate?.text ?? ""]),
            ]))
    }

    /// The posts of a member of staff, to work at another one.
    private func posts(_ request: PageRequest) async throws -> PageReply {
        let posts = try await services.posts(of: request.actor, on: request.act.now.day)
        let current = request.actor.post
        return .render(
            .named("acting"),
            .record([
                "pageTitle": "切换岗位", "heading": "切换岗位", "back": ViewModel.back("返回工作台", "/staff"),
                "action": "/acting", "lead": "换岗以后，看到的办件和能办的事都按新的岗位；每次换岗都有记录。",
                "hasChoice": posts.count > 1,
                "nothing": "您现在只有一个岗位：\(current?.agencyName ?? "")。需要增加岗位的，请联系本单位管理员。",
                "choice": InputField(
                    id: "post", name: "post", label: "您现在以哪个岗位办公？",
                    kind: .radio(posts.map { InputField.Choice($0.post.id.text, $0.title, note: $0.place) }),
                    values: [current?.id.text ?? ""]),
            ]))
    }

    private static let messages: [String: ViewModel] = [
        "consented": .message("good", "您的确认已经记下，申请人可以提交了。"),
        "refused": .message("good", "您的意见已经记下，申请人会看到。改变主意的，可以再打开重新确认。"),
        "draft-deleted": .message("good", "这张没填完的表已经删除。"),
        "switched": .message("good", "已经切换。以后办的事都记在新的办理人名下。"),
        "password": .message("good", "密码已经修改。其他设备上的登录都已退出。"),
    ]
}

extension Optional where Wrapped: Sendable {
    /// The result of an asynchronous function of the value, if there is one.
    func asyncMap<Value: Sendable>(
        _ body: @Sendable (Wrapped) async throws -> Value
    ) async rethrows -> Value? {
        guard let value = self else { return nil }
        return try await body(value)
    }
}
