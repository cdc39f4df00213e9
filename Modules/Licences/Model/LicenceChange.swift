import Extension
public import Standards

/// Why a licence is issued anew (变更、延续、补发、更正). A closed list, since the journal holds no free text about people.
public enum LicenceChangeGround: String, Sendable, Codable, CaseIterable {
    /// 变更: what it says has changed, such as an address.
    case changed
    /// 延续: its time is prolonged.
    case renewed
    /// 补发: the paper was lost or damaged; nothing else changes.
    case replaced
    /// 更正: it said something wrong.
    case corrected

    /// The ground for people.
    public var title: String {
        switch self {
        case .changed: "变更"
        case .renewed: "延续"
        case .replaced: "补发"
        case .corrected: "更正"
        }
    }
}

/// How a licence is issued anew: a new version takes the place of the old one, which is superseded.
public struct LicenceChange: Sendable, Hashable {
    public var ground = LicenceChangeGround.changed
    /// The decision on which it rests (决定文书的文号).
    public var basis = ""
    /// The lines to write in place of those with the same label; a line without a value is left out.
    public var fields: [LicenceField] = []
    /// The new last day of validity; nil leaves it.
    public var validUntil: LegalDay?

    public init() {}

    /// The statement's lines after the change, in their order; new ones come last.
    func applied(to lines: [LicenceField]) -> [LicenceField] {
        let changed = Dictionary(fields.map { ($0.label, $0.value) }, uniquingKeysWith: { $1 })
        let kept = lines.map { LicenceField($0.label, changed[$0.label] ?? $0.value) }
        let known = Set(lines.map(\.label))
        return (kept + fields.filter { !known.contains($0.label) }).filter {
            !$0.value.isEmpty || changed[$0.label] == nil
        }
    }

    /// What can't be done to a licence, all at once.
    func findings(for licence: Licence, on day: LegalDay) -> [Finding] {
        var findings: [Finding] = []
        if Set(fields.map(\.label)).count != fields.count {
            findings.append(Finding("fields", "licences.change.repeated", "同一项内容写了两次，请删去多余的。"))
        }
        let isSame = applied(to: licence.statement.fields) == licence.statement.fields
        if isSame, validUntil == nil, ground != .replaced {
            findings.append(Finding("fields", "licences.change.nothing", "没有改动任何内容。只是补发的，事由请选“补发”。"))
        }
        if ground == .replaced, !isSame || validUntil != nil {
            findings.append(Finding("ground", "licences.change.not_replaced", "补发不改内容；要改内容的，事由请选“变更”或“更正”。"))
        }
        if ground == .renewed, validUntil == nil {
            findings.append(Finding("valid_until", "licences.change.no_day", "延续的，请填写新的有效期至哪一天。"))
        }
        if let validUntil, validUntil < day {
            findings.append(Finding("valid_until", "licences.change.past", "新的有效期已经过去，请核对日期。"))
        }
        return findings
    }
}
