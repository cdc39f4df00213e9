public import Casework
import Catalogue
public import Extension
public import Licences
import Standards
public import Storage

/// Issues the results of decided items as licences; those issued elsewhere are recorded and never signed by us.
public struct LicenceResultIssuer: ResultIssuer {
    private let licences: LicenceService

    public init(_ licences: LicenceService) { self.licences = licences }

    public func issue(_ order: ResultOrder, by act: Act, in transaction: Transaction) throws -> IssuedResult {
        let isHere = order.result.issuer == .here
        let shown = order.result.fields.filter { $0.id != "number" }.compactMap { field in
            order.values[field.id].flatMap { $0.isEmpty ? nil : LicenceField(field.title, $0) }
        }
        let licence = try licences.issue(
            LicenceDraft(
                type: order.result.licenceType, title: order.result.title, number: order.values["number"],
                holders: [
                    LicenceHolder(
                        party: order.holder.party, name: order.holder.name, idNumber: order.holder.idNumber)
                ],
                viewers: [order.applicant.person],
                issuer: LicenceIssuer(
                    agency: order.agency.id, name: order.agency.name,
                    creditCode: try CreditCode(legacy: order.agency.creditCode)),
                origin: isHere ? .here : .elsewhere,
                issuedOn: try order.result.issueDay(order.values), fields: shown, caseID: order.caseID,
                itemID: order.item.id, division: order.division, original: order.original?.blob),
            by: act, in: transaction)
        return IssuedResult(result: order.result.id, title: order.result.title, licence: licence.id)
    }
}

extension ResultDefinition {
    /// The day of issue among the values: the field named so, or the first day that the officer entered.
    fileprivate func issueDay(_ values: [String: String]) throws -> LegalDay? {
        let field = fields.first { $0.id == "issued_on" } ?? fields.first { $0.kind == .day }
        guard let text = field.flatMap({ values[$0.id] }), !text.isEmpty else { return nil }
        return try LegalDay(text)
    }
}
