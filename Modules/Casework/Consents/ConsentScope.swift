public import Catalogue
import Cryptography
import Storage

/// What a party is asked to agree to: exactly this is shown to it, bound by its consent, and left to it afterwards.
public struct ConsentScope: Sendable {
    public let party: PartyRole
    /// The theme's name.
    let theme: String
    let applicant: Applicant
    public let answers: Answers
    public let items: [PlannedItem]
    /// The fields that concern the party, by the sections of the form.
    public let sections: [FormSection]
    /// Their values.
    public let values: [String: String]

    /// The scope of a role; nil where the situation has no such party or does not ask it.
    init?(of role: String, in file: CaseFile, _ plan: Plan) {
        guard plan.consents.contains(role) || plan.invitations.contains(role),
            let party = plan.parties.first(where: { $0.id == role })
        else { return nil }
        self.party = party
        theme = file.theme.id
        applicant = file.applicant
        answers = plan.answers
        items = plan.items
        sections = Self.sections(for: party, in: plan)
        let shown = Set(sections.flatMap(\.fields).map(\.id))
        values = file.form.filter { shown.contains($0.key) && !$0.value.isEmpty }
    }

    /// The party's name as the form has it.
    public var name: String { values[party.nameField] ?? "" }
    /// The party's identity number or credit code as the form has it.
    public var identifier: String { party.identifierField.flatMap { values[$0] } ?? "" }
    /// Whether the party is an enterprise, which agrees through who acts for it.
    public var isEnterprise: Bool {
        sections.flatMap(\.fields).contains { $0.id == party.identifierField && $0.kind == .creditCode }
    }

    /// A digest of all of it. What an item of the case supplies later is no part, since nobody agreed to that.
    public var digest: String {
        let facts: [[String]] = [
            [theme, applicant.party.text, party.id], items.map(\.id),
            answers.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] },
            values.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] },
        ]
        // Each text by its length, so that no two scopes are one sequence of bytes.
        let text = facts.map { list in list.map { "\($0.utf8.count):\($0)" }.joined() + ";" }.joined()
        return Hex.encode(SM3.hash(Array(text.utf8)))
    }

    private static func sections(for party: PartyRole, in plan: Plan) -> [FormSection] {
        let own = Set([party.nameField, party.identifierField].compactMap(\.self))
        let supplied = plan.suppliedFields
        return plan.form.compactMap { section in
            let isOwn = party.concerns.isEmpty && section.fields.contains { own.contains($0.id) }
            let fields = section.fields.filter {
                (isOwn || own.contains($0.id) || party.concerns.contains($0.id)) && !supplied.contains($0.id)
            }
            return fields.isEmpty ? nil : FormSection(title: section.title, fields: fields)
        }
    }
}
