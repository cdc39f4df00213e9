/// The papers that the law or good practice wants of a case (办件文书).
public enum PaperKind: String, Sendable, Codable, CaseIterable {
    /// What was received, with the day by which the office answers (收件凭证).
    case receipt
    /// 受理通知书, 行政许可法第三十二条.
    case acceptance
    /// 不予受理通知书: whose it is, and what can be done about it.
    case nonAcceptance = "non-acceptance"
    /// 补正告知书: everything at once, 行政许可法第三十二条.
    case correction
    /// 特殊程序告知书: the clock stands still, 行政许可法第四十五条.
    case specialProcedure = "special-procedure"
    /// 准予行政许可决定书, 行政许可法第三十八条.
    case grant
    /// 办结通知书: the same for what is no administrative licence.
    case completion
    /// 不予许可（办理）决定书: reasons and remedies, 行政许可法第三十八条第二款.
    case refusal
    /// 终止办理决定书.
    case termination
    /// 送达回证: how and when another paper was served.
    case service

    /// The name of the kind; a paper's own title may say more.
    public var chinese: String {
        switch self {
        case .receipt: "收件凭证"
        case .acceptance: "受理通知书"
        case .nonAcceptance: "不予受理通知书"
        case .correction: "补正告知书"
        case .specialProcedure: "特殊程序告知书"
        case .grant: "准予行政许可决定书"
        case .completion: "办结通知书"
        case .refusal: "不予办理决定书"
        case .termination: "终止办理决定书"
        case .service: "送达回证"
        }
    }
}
