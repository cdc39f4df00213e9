import Catalogue
import Extension
import Storage

/// That a case waits for a party's consent: found by the party through a keyed digest of its identifier.
struct ConsentRequest: Hashable, Sendable {
    let role: String
    let identifier: String
}

extension CaseFile {
    /// Who is to be asked now: the parties that the form names by a number and who have not agreed to what it says.
    func consentRequests(in plan: Plan) -> Set<ConsentRequest> {
        guard isEditable else { return [] }
        let roles = plan.consents + plan.invitations
        return Set(
            roles.filter { !hasConsent(of: $0, in: plan) }.compactMap { role in
                guard let scope = ConsentScope(of: role, in: self, plan), !scope.identifier.isEmpty else { return nil }
                return ConsentRequest(role: role, identifier: scope.identifier)
            })
    }
}

extension CaseStore {
    /// Puts these requests in the place of all that the case had, and tells which are new.
    ///
    /// - Parameter known: those that the case had.
    func ask(
        _ requests: Set<ConsentRequest>, known: Set<ConsentRequest> = [], in file: CaseFile, by act: Act,
        _ transaction: Transaction
    ) throws {
        try transaction.send(
            "DELETE FROM case_consent_request WHERE division = ? AND case_id = ?", file.division, file.id)
        for request in requests.sorted(by: { $0.role < $1.role }) {
            try transaction.send(
                "INSERT INTO case_consent_request (digest, case_id, role, division) VALUES (?, ?, ?, ?)",
                consentDigest(request.identifier), file.id, request.role, file.division)
        }
        try events.record(
            requests.subtracting(known).map(\.role).sorted().map {
                CaseConsentAsked(division: file.division, caseID: file.id, role: $0)
            }, to: StreamID(division: file.division, kind: "case-asking", id: file.id.text), by: act, in: transaction)
    }

    /// Under what the requests to an identity number or credit code are found.
    func consentDigest(_ identifier: String) -> [UInt8] {
        cipher.blindIndex(identifier, purpose: "casework.consent_request")
    }

    /// Notes that a person has no more to do with a case in a role.
    func release(_ person: Identifier, from role: String, in file: CaseFile, _ transaction: Transaction) throws {
        try transaction.send(
            "DELETE FROM case_involved WHERE person = ? AND case_id = ? AND role = ?", person, file.id, role)
    }
}
