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
        /// A licence in the wallet of a party (免提交): type and party, such as 结婚证 of `applicant`.
        case licence(type: String, party: String)
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
