public import Casework
public import Catalogue
public import Extension
public import Payment
public import Standards
public import Storage

/// Answers casework's question whether an item's fees must be paid first, by an order of payment.
public struct PaymentFeeGate: FeeGate {
    private let payment: PaymentService

    public init(_ payment: PaymentService) { self.payment = payment }

    public func demand(_ request: FeeRequest, by act: Act, in transaction: Transaction) throws -> DemandedFee? {
        let order = try payment.demand(
            FeeDemand(
                division: request.division, caseID: request.caseID, caseNumber: request.caseNumber,
                theme: request.theme.hash, item: request.item, party: request.applicant.party,
                person: request.applicant.person,
                lines: request.fees.map { .init(fee: $0.fee.title, reduction: $0.reduction?.title) }),
            by: act, in: transaction)
        guard let order, order.state == .due else { return nil }
        return DemandedFee(order: order.id, amount: order.due)
    }
}

/// The published fees: those of the theme's published version, and among them only those that the place's own list of items
/// (收费目录清单) names where it lists the item.
public struct PublishedFeeCatalogue: FeeCatalogue {
    private let catalogue: CatalogueService
    private let inventory: InventoryService

    public init(_ catalogue: CatalogueService, inventory: InventoryService) {
        self.catalogue = catalogue
        self.inventory = inventory
    }

    public func fees(
        theme: String, item: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [PublishedFee] {
        let definition = try catalogue.theme(hash: theme, in: snapshot).items.first { $0.id == item }?.item
        let known = try inventory.standings(localCodes: [item], division: division, on: day, in: snapshot)[item] ?? []
        let listed = known.filter { $0.isInForce(on: day) }.flatMap { $0.item.fees.map(\.title) }
        return (definition?.fees ?? []).compactMap { fee in
            guard let charge = fee.charge, let amount = fee.amount, fee.isInForce(on: day),
                known.isEmpty || listed.contains(fee.title)
            else { return nil }
            var rule: RefundRule = []
            if charge.refunds.contains(.refused) { rule.insert(.refused) }
            if charge.refunds.contains(.withdrawn) { rule.insert(.withdrawn) }
            return PublishedFee(
                title: fee.title, basis: fee.basis ?? "", amount: amount,
                reductions: Dictionary(
                    (fee.reductions ?? []).map { ($0.title, $0.amount) }, uniquingKeysWith: { first, _ in first }),
                refundRule: rule)
        }
    }
}
