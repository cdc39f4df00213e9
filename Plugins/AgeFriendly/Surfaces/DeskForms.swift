import PluginKit

/// The forms of the steps that an order may take next.
struct DeskForms {
    private let visit: Visit
    private let visitors: [(account: Identifier, name: String)]
    private let request: PageRequest

    init(_ visit: Visit, _ visitors: [(account: Identifier, name: String)], typed request: PageRequest) {
        self.visit = visit
        self.visitors = visitors
        self.request = request
    }

    func all(_ feedback: Feedback) -> [ViewModel] {
        let isMine = visit.assignee != nil && visit.assignee == request.actor.account
        switch visit.state {
        case .ordered: return [assignment("安排谁去", feedback), cancellation(feedback)]
        case .assigned where isMine: return [departure, assignment("改派", feedback), cancellation(feedback)]
        case .assigned: return [assignment("改派", feedback), cancellation(feedback)]
        case .underWay where isMine: return [result(feedback), cancellation(feedback)]
        case .underWay: return [cancellation(feedback)]
        case .done, .cancelled: return []
        }
    }

    private var departure: ViewModel { form("出发", "departure", "我出发了", []) }

    private func assignment(_ title: String, _ feedback: Feedback) -> ViewModel {
        let own = request.actor.account.flatMap { own in visitors.first { $0.account == own } }
        let chosen = request.field("account")
        let known = visit.assignee?.text ?? own?.account.text ?? ""
        return form(
            title, "assignment", "安排",
            [
                Question(
                    name: "account", label: "谁去", kind: .select(visitors.map { ($0.account.text, $0.name) }),
                    value: chosen.isEmpty ? known : chosen
                ).model(feedback)
            ])
    }

    private func result(_ feedback: Feedback) -> ViewModel {
        form(
            "办好了", "result", "登记结果",
            [
                Question(
                    name: "result", label: "办了什么、结果怎样", kind: .paragraph, value: request.field("result"),
                    maximumLength: 500
                ).model(feedback),
                Question(
                    name: "signature", label: "谁签的字", kind: .text(), value: request.field("signature"),
                    isOptional: true, hint: "例如 本人签字，女儿代签。", maximumLength: 100
                ).model(feedback),
            ])
    }

    private func cancellation(_ feedback: Feedback) -> ViewModel {
        form(
            "取消这单预约", "cancellation", "确认取消",
            [
                Question(
                    name: "reason", label: "为什么取消", kind: .text(), value: request.field("reason"), hint: "会告诉本人。"
                ).model(feedback)
            ], isFolded: feedback.error("reason").isEmpty
        ).with("isDanger", true)
    }

    private func form(
        _ title: String, _ step: String, _ submit: String, _ fields: [ViewModel], isFolded: Bool = false
    ) -> ViewModel {
        [
            "title": .text(title), "action": .text("\(DeskPages.path)/\(visit.id)/\(step)"), "submit": .text(submit),
            "fields": .list(fields), "isFolded": .flag(isFolded), "isDanger": false,
        ]
    }
}
