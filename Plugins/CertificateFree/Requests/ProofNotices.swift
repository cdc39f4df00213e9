import PluginKit

/// What people are told: that a department asks for their consent, and that what they applied for is answered.
struct ProofNotices {
    let desk: ProofDesk

    var all: [any Contribution] {
        [
            Self.consentAsked, Self.answered,
            Notify(ProofQueried.self) { [desk] event, act, snapshot in
                let request = try desk.store.request(event.request, in: snapshot)
                guard request.state == .awaiting else { return [] }
                return [try draft(Self.consentAsked, request, act, snapshot)]
            },
            Notify(ProofAnswered.self) { [desk] event, act, snapshot in
                let request = try desk.store.request(event.request, in: snapshot)
                guard request.ground == .own else { return [] }
                return [try draft(Self.answered, request, act, snapshot)]
            },
        ]
    }

    private func draft(
        _ kind: NoticeKind, _ request: ProofRequest, _ act: Act, _ snapshot: Snapshot
    ) throws -> NoticeDraft {
        let view = try desk.views([request], for: .person, on: act.now.day, in: snapshot).first ?? RequestView()
        return NoticeDraft(
            kind: kind.key, to: .holder(ofNumber: request.content.idNumber), division: request.division,
            sender: view.asker ?? view.answerer,
            values: [
                "单位": view.asker ?? view.answerer, "证明": view.title, "用途": request.content.purpose,
                "期限": request.readableUntil?.chineseDate ?? "", "结果": request.answer?.rawValue ?? "",
            ].filter { pair in kind.variables.contains { $0.name == pair.key } },
            link: NoticeDraft.Link(PagePath.with("mine"), "我的证明"), subject: request.id.text)
    }

    private static let proof = NoticeVariable("证明", "哪种证明", sample: "无犯罪记录证明", isRequired: true, isPrivate: true)

    static let consentAsked = NoticeKind(
        "certificate-free.consent_asked", title: "证明核验征求同意", purpose: "部门凭本人同意核验证明时，请本人登录同意或者不同意。",
        audience: .party, weight: .courtesy,
        variables: [
            NoticeVariable("单位", "哪个单位要核验", sample: "岳阳市民政局", isRequired: true), proof,
            NoticeVariable("用途", "用来办什么", sample: "结婚登记", isRequired: true, isPrivate: true),
            NoticeVariable("期限", "对方看到哪天为止", sample: "2026年12月31日", isRequired: true),
        ],
        wording: NoticeWording(
            title: "{单位}想核验您的证明",
            text: """
                {单位}为办理“{用途}”，想核验您的“{证明}”，核验的结果看到{期限}为止。

                您同意以后，开具的部门才会答复；不同意也可以，同意以后还可以撤回。请登录“我的证明”办理。
                """,
            short: "{单位}想核验您的证明，请登录“我的证明”查看，同意或者不同意。"))

    static let answered = NoticeKind(
        "certificate-free.answered", title: "证明开具结果", purpose: "本人申请开具的证明有了答复。", weight: .courtesy,
        variables: [
            NoticeVariable("单位", "哪个单位答复", sample: "岳阳市公安局"), proof,
            NoticeVariable("结果", "答复", sample: "符合", isRequired: true, isPrivate: true),
        ],
        wording: NoticeWording(
            title: "您申请开具的证明有了结果",
            text: """
                您申请的“{证明}”，{单位}已经答复：{结果}。

                答复“符合”的，电子证明已经放进您的证照。请登录“我的证明”查看。
                """,
            short: "您申请开具的证明有了结果，请登录“我的证明”查看。"))
}
