public import Extension
import Standards

extension IdentityService {
    /// Who acts when an operator at the machine names an account and an enterprise (`--as`, `--enterprise`): the
    /// account's person by its widest mandate for the enterprise, just as a session would switch to it.
    ///
    /// - Parameters:
    ///   - enterprise: its name as registered, or its unified social credit code.
    ///   - act: the person acting for itself.
    /// - Throws: ``IdentityError`` with code `identity.not_agent` without a mandate in force, which is logged;
    ///   `identity.enterprise_ambiguous` when several enterprises of that name have authorised the person.
    public func actor(actingFor enterprise: String, by act: Act) async throws -> Actor {
        let own = act.actor
        guard let person = own.person, let account = own.account else { throw IdentityError.notAgent }
        let mandates = try await writing(about: account, by: act) { transaction in
            let code = try? CreditCode(enterprise)
            let found = try self.mandates(of: person, at: act.now, in: transaction).filter { mandate in
                let profile = try record(ofEnterprise: mandate.enterprise, in: transaction)
                return code.map { $0 == profile.creditCode } ?? (profile.name == enterprise)
            }
            if own.kind != .person || found.isEmpty { throw IdentityError.notAgent }
            return found
        }
        guard Set(mandates.map(\.enterprise)).count == 1, let mandate = mandates.first else {
            throw IdentityError.enterpriseAmbiguous
        }
        return .person(
            person, account: account, party: mandate.enterprise, mandate: mandate.id, name: own.displayName,
            terminal: own.terminal)
    }
}
