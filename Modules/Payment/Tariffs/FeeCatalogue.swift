public import Standards
public import Storage

/// The published fees (收费目录清单): the catalogue answers. Nobody who asks for money says how much; amounts come from here
/// alone.
public protocol FeeCatalogue: Sendable {
    /// The fees of an item that may be charged here on a day: those that the theme's published version names with an
    /// amount, and that the place's list of items names too where there is one.
    ///
    /// - Parameter theme: the theme's version by its hash.
    func fees(
        theme: String, item: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [PublishedFee]
}

/// A fee as it is published.
public struct PublishedFee: Sendable, Hashable {
    public let title: String
    /// The rule that allows it.
    public let basis: String
    /// In fen, in full.
    public let amount: Money
    /// The reductions and exemptions by title, with what is left to pay.
    public let reductions: [String: Money]
    public let refundRule: RefundRule

    public init(
        title: String, basis: String, amount: Money, reductions: [String: Money] = [:], refundRule: RefundRule = []
    ) {
        self.title = title
        self.basis = basis
        self.amount = amount
        self.reductions = reductions
        self.refundRule = refundRule
    }
}

/// What is to be charged for an item of a case: which of its fees apply, and by which reduction; no amounts.
public struct FeeDemand: Sendable, Hashable {
    /// A fee that applies.
    public struct Line: Sendable, Hashable {
        public let fee: String
        /// The reduction that holds for the applicant; nil for none.
        public let reduction: String?

        public init(fee: String, reduction: String? = nil) {
            self.fee = fee
            self.reduction = reduction
        }
    }

    public let division: String
    public let caseID: Identifier
    public let caseNumber: String
    /// The theme's version by its hash.
    public let theme: String
    public let item: String
    public let party: Identifier
    public let person: Identifier
    public let lines: [Line]

    public init(
        division: String, caseID: Identifier, caseNumber: String, theme: String, item: String, party: Identifier,
        person: Identifier, lines: [Line]
    ) {
        self.division = division
        self.caseID = caseID
        self.caseNumber = caseNumber
        self.theme = theme
        self.item = item
        self.party = party
        self.person = person
        self.lines = lines
    }
}
