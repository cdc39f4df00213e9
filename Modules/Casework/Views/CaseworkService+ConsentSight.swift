import Catalogue
public import Extension
import Standards
public import Storage

extension CaseworkService {
    /// A case for a party who is asked to consent to it and has no part in it yet.
    ///
    /// - Parameters:
    ///   - role: the party's role.
    ///   - numbers: the verified numbers of who acts; the party's in the form must be among them.
    /// - Throws: ``CaseworkError`` `not_found` for everybody else.
    public func consentSight(
        of id: Identifier, as role: String, numbers: Set<String>, by act: Act
    ) async throws -> CaseSight {
        try await database.read { snapshot in
            guard act.actor.kind == .person, let file = try store.find(id, in: snapshot) else {
                throw CaseworkError.notFound
            }
            let theme = try catalogue.theme(hash: file.theme.hash, in: snapshot)
            let plan = try plan(of: file, theme: theme, at: act)
            guard plan.consents.contains(role), let party = plan.parties.first(where: { $0.id == role }),
                let field = party.identifierField, let number = file.form[field], numbers.contains(number)
            else { throw CaseworkError.notFound }
            return CaseSight(file: file, plan: plan, theme: theme, role: .party(role), agencyNames: [:])
        }
    }
}
