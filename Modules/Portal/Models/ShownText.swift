import PluginKit

/// How figures are said to people.
enum ShownText {
    /// A size in bytes, such as `1.8 MB`.
    static func size(_ bytes: Int) -> String {
        if bytes < 1 << 10 { return "\(bytes) 字节" }
        if bytes < 1 << 20 { return "\((bytes + 512) >> 10) KB" }
        let tenths = (bytes * 10 + (1 << 19)) >> 20
        return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
    }

    /// A stretch of time in milliseconds, such as `2 天 3 小时`.
    static func duration(_ milliseconds: Int64) -> String {
        let minutes = milliseconds / 60_000
        let (days, hours) = (minutes / 1440, minutes % 1440 / 60)
        if days > 0 { return hours > 0 ? "\(days) 天 \(hours) 小时" : "\(days) 天" }
        if hours > 0 { return "\(hours) 小时" }
        return minutes > 0 ? "\(minutes) 分钟" : "不到 1 分钟"
    }

    /// A day that stands in our writing, 2026-11-22, as it is said to people; any other text as it is.
    static func day(_ text: String) -> String { (try? LegalDay(text))?.chineseDate ?? text }

    /// What fees come to, itemised ones that no figure is known for named.
    static func total(_ fees: [Money?]) -> String {
        let known = fees.compactMap { $0?.fen }.reduce(0, +)
        let hasOpen = fees.contains { $0 == nil }
        if fees.isEmpty || (known == 0 && !hasOpen) { return "不收费" }
        if known == 0 { return "按标准收取" }
        return Money(fen: known).chinese + (hasOpen ? " 起" : "")
    }

    /// One fee's amount.
    static func amount(_ fee: Fee) -> String { fee.amount?.feeText ?? "按标准" }

    /// How urgent a deadline is, in words and as a badge.
    static func urgency(daysLeft: Int?) -> (badge: String, label: String) {
        guard let daysLeft else { return ("made", "未起算") }
        switch daysLeft {
        case ..<0: return ("late", "超期 \(-daysLeft) 个工作日")
        case 0: return ("soon", "今天到期")
        case 1...2: return ("soon", "还有 \(daysLeft) 个工作日")
        default: return ("open", "还有 \(daysLeft) 个工作日")
        }
    }

    /// A long number in groups, between which a line may break; copied, it is still one number.
    static func parts(ofNumber number: String) -> [ViewModel] {
        stride(from: 0, to: number.count, by: 6).map { offset in
            .record(["part": String(number.dropFirst(offset).prefix(6))])
        }
    }
}
