import Standards

/// A type of licence (证照类型, GB/T 36902): who holds it, what it says, and how it is numbered.
public struct LicenceType: Sendable, Hashable {
    /// Who may hold a licence of a type (持证主体).
    public enum Holder: String, Sendable, CaseIterable {
        case person = "自然人"
        case organisation = "法人"
        case any = "任何"

        /// Whether an identity number is one of such a holder; nil where it can't be told from the number.
        func fits(_ number: String) -> Bool? {
            let isEnterprise = (try? CreditCode(legacy: number)) != nil
            let isResident = (try? ResidentID(number)) != nil
            switch self {
            case .any: return isEnterprise || isResident ? true : nil
            case .person: return isEnterprise ? false : isResident ? true : nil
            case .organisation: return isResident ? false : isEnterprise ? true : nil
            }
        }
    }

    /// A line (内容栏目) that licences of a type have.
    public struct Line: Sendable, Hashable {
        public let label: String
        /// Whether a licence without it is incomplete.
        public let isRequired: Bool
    }

    /// The name, such as 出生医学证明.
    public let name: String
    /// The published 21-character code (类型代码, GB/T 36904); nil where none is known.
    public let code: String?
    /// The organ that defines it (定义机构).
    public let definer: String
    public let holder: Holder
    /// Whether a licence of it runs out, so that it has a last day of validity.
    public let isLimited: Bool
    /// Whether two licences of one issuer never have the same number.
    public let hasUniqueNumber: Bool
    /// The field of administration (领域), such as 市场监管.
    public let field: String
    /// The lines in the order of the paper.
    public let lines: [Line]

    /// The lines of a licence in the order of the type; others come last, in their own.
    func ordered(_ fields: [LicenceField]) -> [LicenceField] {
        let places = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.label, $0) })
        let known = fields.filter { places[$0.label] != nil }
            .sorted { (places[$0.label] ?? 0) < (places[$1.label] ?? 0) }
        return known + fields.filter { places[$0.label] == nil }
    }
}
