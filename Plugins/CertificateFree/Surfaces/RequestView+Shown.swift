import PluginKit

extension RequestView {
    /// How far it is, as people read it.
    var shownState: String {
        if isOverdue { return "已超期" }
        return state == .answered ? answer?.rawValue ?? state.rawValue : state.rawValue
    }

    var badge: String {
        if isOverdue { return "late" }
        return switch state {
        case .awaiting: "soon"
        case .open: "open"
        case .declined, .withdrawn: "bad"
        case .answered: answer == .contradicted ? "bad" : answer == .unknown ? "soon" : "good"
        }
    }

    /// Everything that the reader may know, in lines.
    func facts(isAsker: Bool) -> [ViewModel] {
        func fact(_ label: String, _ value: String?) -> ViewModel? {
            guard let value, !value.isEmpty else { return nil }
            return ["label": .text(label), "value": .text(value)]
        }
        let right = legalBasis.map { "\(ground.rawValue)：\($0)" } ?? ground.rawValue
        return [
            fact("关于谁", [name, idNumber].compactMap(\.self).joined(separator: "，")),
            fact("谁发起", asker ?? "本人"), fact("谁答复", answerer), fact("用途", purpose), fact("办件编号", caseNumber),
            fact("依据", right), fact("发起时间", askedAt.chinaTime),
            fact("答复期限", state == .open ? due?.chinese : nil),
            fact("对方看到哪天", readableUntil?.chineseDate), fact("答复时间", answeredAt?.chinaTime),
            fact("答复", answer?.rawValue), fact("说明", note),
        ].compactMap(\.self)
    }

    /// Why the asker is not shown an answer that was given; empty where it is.
    func hiddenAnswer(isAsker: Bool) -> String {
        guard isAsker, answer == nil else { return "" }
        return switch state {
        case .answered: "本人同意的期限已经过了，答复不再显示。"
        case .withdrawn: "本人撤回了同意，答复不再显示。"
        case .declined: "本人不同意核验。"
        case .awaiting: "已经通知本人，本人同意以后对方才答复。"
        case .open: ""
        }
    }
}
