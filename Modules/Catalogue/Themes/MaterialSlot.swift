/// A material (申请材料): asked for once, however many items need it, and not at all where something else serves.
public struct MaterialSlot: Sendable, Hashable, Codable {
    public let id: String
    public let title: String
    public let hint: String?
    public let when: Condition
    /// The items that need it; it is asked for when at least one of them is in the plan.
    public let items: [String]
    /// What can serve, in the order in which it is tried; the first that is there exempts the applicant, and an upload
    /// is always the last resort.
    public let sources: [Source]
    /// Whether the case may be accepted while it is missing (容缺受理), to be supplied within `gapLimit`.
    public let mayBeMissing: Bool
    /// Whether a commitment may stand in its place (告知承诺).
    public let commitment: String?
    /// Whether it is only wanted where it exists.
    public let isOptional: Bool
    /// The file of its bundle that shows how it looks when filled in (样表).
    public let sample: String?

    /// Where a material comes from.
    public enum Source: Sendable, Hashable, Codable {
        /// The applicant uploads it.
        case upload
        /// A licence in the wallet of a party (免提交): type and party, such as 结婚证 of `applicant`; where it must say
        /// the same as the form, `matches` names what.
        case licence(type: String, party: String, matches: LicenceMatch? = nil)
        /// A check of data at its source, by the source's name; absent while that source is not connected.
        case dataCheck(source: String)
        /// A result of an earlier item of the same case.
        case result(item: String, result: String)
        /// The one form itself contains it (申请表).
        case form
        /// The verified identity of the one who signed in (身份证明).
        case identity
    }

    public init(
        id: String, title: String, hint: String? = nil, when: Condition = .always, items: [String],
        sources: [Source], mayBeMissing: Bool = false, commitment: String? = nil, isOptional: Bool = false,
        sample: String? = nil
    ) {
        self.id = id
        self.title = title
        self.hint = hint
        self.when = when
        self.items = items
        self.sources = sources
        self.mayBeMissing = mayBeMissing
        self.commitment = commitment
        self.isOptional = isOptional
        self.sample = sample
    }
}

/// What a licence must say as the form does before it can serve in place of a paper.
public struct LicenceMatch: Sendable, Hashable, Codable {
    /// The parties each of whom must be one of its holders, by name and identifier as the form has them.
    public let holders: [String]
    /// The form field to which each of these lines of the licence must be equal.
    public let fields: [String: String]

    public init(holders: [String] = [], fields: [String: String] = [:]) {
        self.holders = holders
        self.fields = fields
    }
}

extension MaterialSlot.Source {
    /// The role in which a party of the case lends its wallet.
    public static let applicant = "applicant"

    /// The same without what must match: what examples name.
    public var withoutMatch: Self {
        if case .licence(let type, let party, _) = self { .licence(type: type, party: party) } else { self }
    }

    /// Whether what is filled in or agreed to in the case decides if it serves.
    public var dependsOnCase: Bool {
        if case .licence(_, let party, let matches) = self { party != Self.applicant || matches != nil } else { false }
    }
}
