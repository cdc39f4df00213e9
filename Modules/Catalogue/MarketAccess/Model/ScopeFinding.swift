/// What the list says of one activity of a business scope.
public struct ScopeFinding: Sendable, Hashable {
    /// As it was written.
    public let activity: String
    /// The entry that applies; nil where the list has none.
    public let entry: ScopeEntry?
    /// Whether the activity is only contained in what was written, as 食品销售 in 预包装食品销售及配送.
    public let isPartial: Bool
    /// Entries with a similar wording, best first, where none applies.
    public let similar: [String]

    /// Whether it can't be registered at all. A wording that merely contains a forbidden one is for a person to judge.
    public var isForbidden: Bool { !isPartial && entry?.verdict == .forbidden }

    /// The answer in one sentence.
    public var chinese: String {
        guard let entry else {
            let hint = similar.isEmpty ? "" : "目录里相近的写法有：\(similar.joined(separator: "、"))。"
            return "目录里没有这种写法，由登记机关核对。\(hint)"
        }
        if isPartial, entry.verdict == .forbidden {
            return "可能属于禁止准入的“\(entry.title)”，由登记机关核对。依据：\(entry.basis)。"
        }
        let name = isPartial ? "按目录里的“\(entry.title)”，" : ""
        switch entry.verdict {
        case .forbidden: return "\(name)属于禁止准入的项目，不能登记。依据：\(entry.basis)。"
        case .licence:
            let stage =
                entry.stage == .before ? "先取得许可，再办营业执照" : "可以先办营业执照，取得许可后才能经营"
            let authority = entry.authority.isEmpty ? "" : "由\(entry.authority)办理，"
            return "\(name)需要取得“\(entry.licence)”，\(authority)\(stage)。依据：\(entry.basis)。"
        case .free: return "\(name)不需要许可，登记后就能经营。"
        }
    }
}
