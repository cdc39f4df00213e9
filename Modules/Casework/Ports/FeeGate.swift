public import Extension
public import Standards
public import Storage

/// Whether an item's fees must be paid before it is worked on: payment answers, at the moment when the item is opened.
public protocol FeeGate: Sendable {
    /// Demands the fees of an item in the transaction that opens it.
    ///
    /// - Returns: what is to be paid; nil where nothing is.
    func demand(_ request: FeeRequest, by act: Act, in transaction: Transaction) throws -> DemandedFee?
}

/// An item that was opened and has fees that are charged here.
public struct FeeRequest: Sendable {
    public let division: String
    public let caseID: Identifier
    public let caseNumber: String
    public let theme: ThemeReference
    public let item: String
    /// The fees of the situation that name an amount.
    public let fees: [PlannedFee]
    public let applicant: Applicant
}

/// What is to be paid for an item.
public struct DemandedFee: Sendable, Hashable {
    /// The order under which payment knows it.
    public let order: Identifier
    /// In fen.
    public let amount: Money

    public init(order: Identifier, amount: Money) {
        self.order = order
        self.amount = amount
    }
}

/// Demands nothing, for a deployment without payment.
public struct NoFees: FeeGate {
    public init() {}

    public func demand(_ request: FeeRequest, by act: Act, in transaction: Transaction) throws -> DemandedFee? { nil }
}
