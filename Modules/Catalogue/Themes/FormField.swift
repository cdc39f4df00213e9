/// A field of the one form (一张表单), or of what an officer enters with a result.
public struct FormField: Sendable, Hashable, Codable {
    /// The name of the field; the same data element in two items is one field.
    public let id: String
    public let title: String
    public let hint: String?
    public let kind: Kind
    /// The options of a choice.
    public let options: [String]
    public let isRequired: Bool
    /// The most characters of a text.
    public let maximumLength: Int
    public let when: Condition
    /// Where the value comes from when it is known already (免填写), such as `applicant.name`; nil when it must be asked.
    public let prefill: String?
    /// Whether what is known may not be changed for this case; nil leaves it to the source: who somebody is, is locked,
    /// how somebody is reached is not.
    public let locked: Bool?
    /// The items that see the field; empty means all. Each department sees only what its items need.
    public let items: [String]
    /// Between what the value must lie; nil when only the kind bounds it.
    public let bounds: FieldBounds?

    /// The most characters of a text whose length the theme leaves open.
    public static let standardLength = 100

    /// What a field may hold.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case text, paragraph, choice, day, integer, money, flag
        case residentID = "resident-id"
        case creditCode = "credit-code"
        case mobile, address
        case personName = "person-name"
        /// What a business does (经营范围), held against the negative list of market access (R04.1).
        case businessScope = "business-scope"

        /// Whether a value may have several lines.
        public var hasLines: Bool { self == .paragraph || self == .businessScope }
    }

    /// Whether a value that is known can't be changed by the applicant.
    public var isLocked: Bool {
        guard let prefill else { return false }
        return locked ?? (PrefillKey(rawValue: prefill)?.isIdentity ?? true)
    }

    public init(
        id: String, title: String, hint: String? = nil, kind: Kind, options: [String] = [], isRequired: Bool = true,
        maximumLength: Int = Self.standardLength, when: Condition = .always, prefill: String? = nil,
        locked: Bool? = nil, items: [String] = [], bounds: FieldBounds? = nil
    ) {
        self.id = id
        self.title = title
        self.hint = hint
        self.kind = kind
        self.options = options
        self.isRequired = isRequired
        self.maximumLength = maximumLength
        self.when = when
        self.prefill = prefill
        self.locked = locked
        self.items = items
        self.bounds = bounds
    }
}

/// A group of fields under one heading.
public struct FormSection: Sendable, Hashable, Codable {
    public let title: String
    public let fields: [FormField]

    public init(title: String, fields: [FormField]) {
        self.title = title
        self.fields = fields
    }
}
