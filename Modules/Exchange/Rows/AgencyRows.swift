public import Organisation
public import Catalogue
public import Standards
public import Storage

/// Makes the rows of the implementing bodies. They are few and carry no time of change, so all are looked at each time.
public struct AgencyExchangeSource: ExchangeSource {
    public let name = "agencies"
    private let organisation: OrganisationService
    private let inventory: InventoryService

    public init(_ organisation: OrganisationService, inventory: InventoryService) {
        self.organisation = organisation
        self.inventory = inventory
    }

    public func units(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ExchangeUnit] {
        let day = Instant(milliseconds: changes.upperBound.milliseconds - 1).day
        let known = try organisation.snapshot(in: snapshot).agencies.values
            .filter { $0.id.text > after && $0.validity.contains(day) }
            .sorted { $0.id < $1.id }.prefix(limit)
        return try units(Array(known), on: day, in: snapshot)
    }

    public func units(keys: [String], in snapshot: Snapshot) throws -> [ExchangeUnit] {
        let known = try organisation.snapshot(in: snapshot).agencies
        let wanted = keys.compactMap { try? Identifier($0) }.compactMap { known[$0] }
        return try units(wanted, on: .last, in: snapshot)
    }

    private func units(_ agencies: [Agency], on day: LegalDay, in snapshot: Snapshot) throws -> [ExchangeUnit] {
        if agencies.isEmpty { return [] }
        let organs = try inventory.organs(in: snapshot)
        return agencies.map { agency in
            let code = agency.creditCode ?? ""
            return ExchangeUnit(
                key: agency.id.text, subject: agency.name(on: day),
                rows: [
                    ExchangeRow(
                        "up_zone_organization", key: agency.id.text,
                        [
                            "credit_code": code, "org_code": (try? CreditCode(code))?.organisationCode,
                            "org_name": agency.name(on: day), "exist_task": organs.contains(code) ? "1" : "0",
                        ])
                ])
        }
    }
}
