import PluginKit

extension FormField {
    /// Between what the value must lie, as it is told beside the question; nil when only the kind bounds it.
    func boundsHint(_ today: LegalDay) -> String? {
        let range = range(on: today)
        let (least, greatest) = (range.least.map { told($0, today) }, range.greatest.map { told($0, today) })
        var parts: [String] = []
        switch (least, greatest) {
        case (let least?, let greatest?): parts.append("从\(least)到\(greatest)")
        case (let least?, nil): parts.append(kind == .day ? "不早于\(least)" : "不小于\(least)")
        case (nil, let greatest?): parts.append(kind == .day ? "不晚于\(greatest)" : "不大于\(greatest)")
        case (nil, nil): break
        }
        if let characters = bounds?.characters { parts.append("只填\(characters.chinese)") }
        if kind.isText, let fewest = bounds?.minimum { parts.append("至少\(fewest)个字") }
        return parts.isEmpty ? nil : parts.joined(separator: "，")
    }

    private func told(_ edge: String, _ today: LegalDay) -> String {
        switch kind {
        case .day: edge == today.text ? "今天" : shown(edge)
        case .money: "\(edge)元"
        default: edge
        }
    }
}
