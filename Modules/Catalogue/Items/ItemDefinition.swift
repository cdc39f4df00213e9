public import Standards

/// A government-service item (政务服务事项) as a theme uses it: who decides, how fast, for how much, with what result.
public struct ItemDefinition: Sendable, Hashable, Codable {
    /// The item's key, such as `P03`.
    public let id: String
    public let title: String
    /// The department's key, such as 公安; the deployment maps it to an agency of its division.
    public let department: String
    /// The kind of power (事项类型), such as 行政确认.
    public let kind: String
    /// The legal limit (法定办结时限); nil when the law names none.
    public let statutoryLimit: TimeLimit?
    /// The promised limit (承诺办结时限).
    public let promisedLimit: TimeLimit
    /// What it costs; empty is free.
    public let fees: [Fee]
    /// What the applicant receives.
    public let results: [ResultDefinition]
    /// Whether the department works here or in a system of its own.
    public let handling: Handling
    /// Who may decide it.
    public let separation: Separation
    /// The days on which it may be applied for; nil is open-ended.
    public let effectiveFrom: LegalDay?
    public let effectiveTo: LegalDay?
    /// Whether it may be accepted with a gap (容缺受理) or on a commitment (告知承诺) is the material's matter.
    public let note: String?

    /// Where the department works.
    public enum Handling: String, Sendable, Codable, CaseIterable {
        /// In our console.
        case here
        /// In the department's own system: fields to copy, a packet to print, results entered afterwards.
        case outside
    }

    /// Duty separation (三分离): who accepted a case may not decide it, unless the item says otherwise.
    public enum Separation: String, Sendable, Codable, CaseIterable {
        /// Who accepted cannot decide.
        case separate
        /// An authorised on-the-spot item or a one-clerk township: the same person may do both, flagged for sampling.
        case sameOfficer = "same-officer"
    }

    public init(
        id: String, title: String, department: String, kind: String, statutoryLimit: TimeLimit? = nil,
        promisedLimit: TimeLimit, fees: [Fee] = [], results: [ResultDefinition] = [], handling: Handling = .here,
        separation: Separation = .separate, effectiveFrom: LegalDay? = nil, effectiveTo: LegalDay? = nil,
        note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.department = department
        self.kind = kind
        self.statutoryLimit = statutoryLimit
        self.promisedLimit = promisedLimit
        self.fees = fees
        self.results = results
        self.handling = handling
        self.separation = separation
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.note = note
    }

    /// Whether the item may be applied for on a day.
    public func isInForce(on day: LegalDay) -> Bool {
        (effectiveFrom.map { $0 <= day } ?? true) && (effectiveTo.map { day <= $0 } ?? true)
    }
}

/// One line of a fee, always itemised.
public struct Fee: Sendable, Hashable, Codable {
    public let title: String
    /// The amount in fen; nil when it is not known beforehand (by tariff), and then `note` says what decides it.
    public let amount: Money?
    /// The rule that allows it.
    public let basis: String?
    public let note: String?
    public let when: Condition
    /// How it is charged here (统一支付); nil where it is paid to somebody else.
    public let charge: FeeCharge?
    /// Who pays less or nothing, in the order in which they are tried; nil for nobody.
    public let reductions: [FeeReduction]?
    /// The days on which this tariff holds; nil is open-ended.
    public let effectiveFrom: LegalDay?
    public let effectiveTo: LegalDay?

    public init(
        title: String, amount: Money?, basis: String? = nil, note: String? = nil, when: Condition = .always,
        charge: FeeCharge? = nil, reductions: [FeeReduction]? = nil, effectiveFrom: LegalDay? = nil,
        effectiveTo: LegalDay? = nil
    ) {
        self.title = title
        self.amount = amount
        self.basis = basis
        self.note = note
        self.when = when
        self.charge = charge
        self.reductions = reductions
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
    }

    /// Whether the tariff holds on a day.
    public func isInForce(on day: LegalDay) -> Bool {
        (effectiveFrom.map { $0 <= day } ?? true) && (effectiveTo.map { day <= $0 } ?? true)
    }
}

/// How a fee is charged here: before the item is worked on, and when it goes back.
public struct FeeCharge: Sendable, Hashable, Codable {
    /// What sends the money back without anybody asking for it.
    public let refunds: [Refund]

    /// What sends the money back (退费规则).
    public enum Refund: String, Sendable, Codable, CaseIterable {
        /// The item was refused.
        case refused
        /// The applicant took the case back, or it was terminated.
        case withdrawn
    }

    public init(refunds: [Refund]) { self.refunds = refunds }
}

/// A reduction of a fee, or an exemption from it (减免).
public struct FeeReduction: Sendable, Hashable, Codable {
    public let title: String
    /// What is left to pay, in fen; nothing for an exemption.
    public let amount: Money
    /// The rule that grants it.
    public let basis: String?
    public let when: Condition

    public init(title: String, amount: Money, basis: String? = nil, when: Condition) {
        self.title = title
        self.amount = amount
        self.basis = basis
        self.when = when
    }
}

/// A result of an item: a licence or document.
public struct ResultDefinition: Sendable, Hashable, Codable {
    /// The name within its item, such as `birth-certificate`.
    public let id: String
    public let title: String
    /// Who issues it.
    public let issuer: Issuer
    /// The licence type under which it goes into the wallet.
    public let licenceType: String
    /// The party in whose wallet it is kept: `applicant` or a role of the theme, such as `subject`.
    public let holder: String
    /// The form fields that stand on the licence besides what the officer enters, such as the newborn's birth day.
    public let content: [String]
    /// What the officer enters when deciding (number, date, amounts).
    public let fields: [FormField]
    /// What it supplies to later items: a field of a party, such as `subject.id_number` from `id_number`.
    public let supplies: [Supply]

    /// Who issues a result.
    public enum Issuer: String, Sendable, Codable, CaseIterable {
        /// An agency of this deployment: we sign it.
        case here
        /// A national or provincial system: number, date and original are recorded, and we never seal it.
        case elsewhere
    }

    /// A value that becomes known by the result.
    public struct Supply: Sendable, Hashable, Codable {
        /// The field of the result.
        public let field: String
        /// The form field that later items read.
        public let to: String

        public init(field: String, to: String) {
            self.field = field
            self.to = to
        }
    }

    public init(
        id: String, title: String, issuer: Issuer, licenceType: String, holder: String = "applicant",
        content: [String] = [], fields: [FormField] = [], supplies: [Supply] = []
    ) {
        self.id = id
        self.title = title
        self.issuer = issuer
        self.licenceType = licenceType
        self.holder = holder
        self.content = content
        self.fields = fields
        self.supplies = supplies
    }
}
