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
        let known = order.content.map { LicenceField($0.title, $0.value) }
        let entered = order.result.fields.filter { $0.id != "number" }.compactMap { field in
            order.values[field.id].flatMap { $0.isEmpty ? nil : LicenceField(field.title, $0) }
        }
        let issued = try order.result.issueDay(order.values)
        if let issued, issued.day > act.now.day {
            throw Problem.invalid([
                Finding(
                    "results.\(order.result.id).\(issued.field.id)", "future", "“\(issued.field.title)”不能晚于今天，请核对后重新填写。"
                )
            ])
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
                issuedOn: issued?.day, fields: known + entered, caseID: order.caseID,
                itemID: order.item.id, division: order.division, original: order.original?.blob),
            by: act, in: transaction)
        return IssuedResult(result: order.result.id, title: order.result.title, licence: licence.id)
    }
}

extension ResultDefinition {
    /// The fields that say when a result was issued, in the order in which they are looked for. Any other day, such as
    /// the one on which a pension begins, is part of the content and may lie ahead.
    private static let issueFields = ["issued_on", "registered_on"]

    /// The day of issue that the officer entered, with its field; nil for the day of the decision.
    fileprivate func issueDay(_ values: [String: String]) throws -> (field: FormField, day: LegalDay)? {
        for id in Self.issueFields {
            guard let field = fields.first(where: { $0.id == id && $0.kind == .day }), let text = values[id],
                !text.isEmpty
            else { continue }
            return (field, try LegalDay(text))
        }
        return nil
    }
}
