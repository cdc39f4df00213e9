public import Standards

/// A themed 「一件事」: what happened, what it takes, and what comes of it.
public struct Theme: Sendable, Hashable, Codable {
    /// The name of its bundle, such as `birth`.
    public let id: String
    /// The theme's number in the reference, such as `T05`.
    public let reference: String?
    public let title: String
    /// The bundle's version.
    public let version: String
    public let summary: String
    /// Who applies.
    public let audience: Audience
    /// The words by which people look for it (生孩子, 生娃).
    public let words: [String]
    /// The department that leads.
    public let leadDepartment: String
    /// The promise for the whole (一件事承诺时限).
    public let promisedLimit: TimeLimit
    /// Promises for situations that take longer or shorter; the first that applies stands in place of
    /// ``promisedLimit``.
    public let situationPromises: [SituationPromise]
    public let questions: [Question]
    public let outcomes: [Outcome]
    public let items: [ThemeItem]
    public let parties: [PartyRole]
    public let form: [FormSection]
    public let materials: [MaterialSlot]
    public let advice: [Advice]
    /// What makes a second open case a duplicate.
    public let duplicate: DuplicateRule?
    /// Where it stands among the others; nil where nobody placed it.
    public let placement: ThemePlacement?

    /// Who applies.
    public enum Audience: String, Sendable, Codable, CaseIterable {
        case person, enterprise
    }

    public init(
        id: String, reference: String? = nil, title: String, version: String, summary: String, audience: Audience,
        words: [String], leadDepartment: String, promisedLimit: TimeLimit,
        situationPromises: [SituationPromise] = [], questions: [Question], outcomes: [Outcome],
        items: [ThemeItem], parties: [PartyRole], form: [FormSection], materials: [MaterialSlot],
        advice: [Advice] = [], duplicate: DuplicateRule? = nil, placement: ThemePlacement? = nil
    ) {
        self.id = id
        self.reference = reference
        self.title = title
        self.version = version
        self.summary = summary
        self.audience = audience
        self.words = words
        self.leadDepartment = leadDepartment
        self.promisedLimit = promisedLimit
        self.situationPromises = situationPromises
        self.questions = questions
        self.outcomes = outcomes
        self.items = items
        self.parties = parties
        self.form = form
        self.materials = materials
        self.advice = advice
        self.duplicate = duplicate
        self.placement = placement
    }
}

/// The promise for the whole in a situation of its own, such as one with a reimbursement in it.
public struct SituationPromise: Sendable, Hashable, Codable {
    public let when: Condition
    public let limit: TimeLimit

    public init(when: Condition, limit: TimeLimit) {
        self.when = when
        self.limit = limit
    }
}

/// An item within a theme: when it applies and what must be decided first.
public struct ThemeItem: Sendable, Hashable, Codable {
    public let item: ItemDefinition
    public let when: Condition
    /// The items that must be decided first; an item that is not in the plan is no obstacle.
    public let after: [String]

    public var id: String { item.id }

    public init(item: ItemDefinition, when: Condition = .always, after: [String] = []) {
        self.item = item
        self.when = when
        self.after = after
    }
}

/// A party of the case besides the applicant: the subject, the other parent, a shareholder, an agent.
public struct PartyRole: Sendable, Hashable, Codable {
    /// The role's name, such as `subject`.
    public let id: String
    public let title: String
    public let when: Condition
    /// Whether it may lack an identifier until an item supplies one.
    public let mayLackIdentifier: Bool
    /// The form field with its name.
    public let nameField: String
    /// The form field with its identity number or credit code.
    public let identifierField: String?
    /// When its consent or signature is needed before the case can be submitted.
    public let consent: Condition?
    /// When it may consent though it need not, so that its own licences can serve.
    public let invitation: Condition?
    /// The form fields that concern it besides its own: what it is shown and agrees to. Where none are named, the
    /// fields that stand in one section with its own.
    public let concerns: [String]
    /// Whether the applicant may be this party; nil for no.
    public let mayBeApplicant: Bool?
    /// The parties than whom it must be somebody else, such as the first partner for the second.
    public let otherThan: [String]

    public init(
        id: String, title: String, when: Condition = .always, mayLackIdentifier: Bool = false, nameField: String,
        identifierField: String? = nil, consent: Condition? = nil, invitation: Condition? = nil,
        concerns: [String] = [], mayBeApplicant: Bool? = nil,
        otherThan: [String] = []
    ) {
        self.id = id
        self.title = title
        self.when = when
        self.mayLackIdentifier = mayLackIdentifier
        self.nameField = nameField
        self.identifierField = identifierField
        self.consent = consent
        self.invitation = invitation
        self.concerns = concerns
        self.mayBeApplicant = mayBeApplicant
        self.otherThan = otherThan
    }
}

/// What makes a second open case a duplicate: the same theme with the same values of these form fields.
public struct DuplicateRule: Sendable, Hashable, Codable {
    /// Form fields, or `applicant` for the applicant's own identity; `a+b` is one thing whoever of the two comes first,
    /// such as the numbers of both parents.
    public let fields: [String]

    public init(fields: [String]) { self.fields = fields }

    /// The fields of one element.
    public static func parts(of element: String) -> [String] { element.split(separator: "+").map(String.init) }
}
