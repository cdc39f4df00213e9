public import Catalogue
public import Standards
public import Storage

/// A case as the national platform wants to hear of it: one handled matter (办件) for each item.
public protocol ExchangedCaseSource: Sendable {
    /// Accepted cases that changed in a stretch of time, in the order of their keys.
    func cases(changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot) throws
        -> [ExchangedCase]
    /// Some cases by their keys.
    func cases(keys: [String], in snapshot: Snapshot) throws -> [ExchangedCase]
}

/// What the exchange needs to know of a case.
public struct ExchangedCase: Sendable {
    public var key = ""
    public var number = ""
    public var title = ""
    public var division = ""
    public var applicant = ExchangedApplicant()
    public var isFromWindow = false
    public var applied = Instant(milliseconds: 0)
    public var accepted = Instant(milliseconds: 0)
    /// When it was closed; nil while it is open.
    public var closed: Instant?
    /// By which day all will be done.
    public var due: LegalDay?
    public var acceptedBy = ""
    /// The number of the notice of acceptance, if one was issued.
    public var acceptanceNotice: String?
    /// Why it ended without decisions; nil where it did not.
    public var ending: Ending?
    public var items: [ExchangedItem] = []
    public var materials: [ExchangedMaterial] = []

    /// How a case ended without decisions.
    public enum Ending: Sendable, Hashable {
        case withdrawn, unanswered, terminated
    }

    public init() {}
}

/// Who applied.
public struct ExchangedApplicant: Sendable, Hashable {
    public var name: String?
    public var isEnterprise = false
    public var number: String?
    public var contactName: String?
    public var mobile: String?
    public var legalRepresentative: String?

    public init() {}
}

/// An item of a case.
public struct ExchangedItem: Sendable {
    /// The key in its theme, which is the inventory's local code.
    public var id = ""
    public var title = ""
    /// The item as the inventory had it on the day of application; nil where it had none.
    public var published: PublishedItem?
    public var agencyName = ""
    public var agencyCode: String?
    public var opened: Instant?
    public var due: LegalDay?
    public var pauses: [Pause] = []
    public var decision: Decision?

    /// A special procedure.
    public struct Pause: Sendable, Hashable {
        /// The code of the exchange tables.
        public let type: String
        public let name: String
        public let reason: String
        public let start: Instant
        public let end: Instant?

        public init(type: String, name: String, reason: String, start: Instant, end: Instant?) {
            self.type = type
            self.name = name
            self.reason = reason
            self.start = start
            self.end = end
        }
    }

    /// What was decided.
    public struct Decision: Sendable, Hashable {
        public let isGranted: Bool
        public let at: Instant
        public let by: String
        public let reason: String
        /// What was issued.
        public let results: [Result]
        public let isDelivered: Bool

        public init(
            isGranted: Bool, at: Instant, by: String, reason: String, results: [Result],
            isDelivered: Bool
        ) {
            self.isGranted = isGranted
            self.at = at
            self.by = by
            self.reason = reason
            self.results = results
            self.isDelivered = isDelivered
        }

        /// A result with its number; an empty one where it has none.
        public struct Result: Sendable, Hashable {
            public let title: String
            public let number: String

            public init(title: String, number: String) {
                self.title = title
                self.number = number
            }
        }
    }

    public init() {}
}

/// A paper that was received.
public struct ExchangedMaterial: Sendable, Hashable {
    public let id: String
    public let title: String
    /// The items for which it was asked.
    public let items: [String]
    public let count: Int
    public let way: Way
    public let fileName: String?

    /// How it came.
    public enum Way: String, Sendable, Hashable {
        case paper = "01"
        case upload = "02"
        case licence = "03"
        case commitment = "04"
        case later = "05"
    }

    public init(id: String, title: String, items: [String], count: Int, way: Way, fileName: String?) {
        self.id = id
        self.title = title
        self.items = items
        self.count = count
        self.way = way
        self.fileName = fileName
    }
}
