public import Extension
public import Identity
public import Licences
import Standards
import Storage

/// Puts the licences that were recorded under somebody's number into the wallet, once that person or enterprise
/// registers.
public struct LicenceClaims: Sendable {
    private let identity: IdentityService
    private let licences: LicenceService

    public init(_ identity: IdentityService, _ licences: LicenceService) {
        self.identity = identity
        self.licences = licences
    }

    public var subscriptions: [any Contribution] {
        let (identity, licences) = (identity, licences)
        return [
            Deliver(PersonRegistered.name, as: Registered.self, name: "licence-claim-person") { event, _, act in
                guard let person = event.person else { return }
                try await licences.database.write { transaction in
                    guard let number = try identity.idNumber(ofPerson: person, in: transaction) else { return }
                    let name = try identity.registeredName(ofPerson: person, in: transaction)
                    try licences.claim(
                        number, for: RegisteredParty(id: person, name: name), by: act, in: transaction)
                }
            },
            Deliver(EnterpriseRegistered.name, as: Registered.self, name: "licence-claim-enterprise") {
                event, _, act in
                guard let enterprise = event.enterprise else { return }
                try await licences.database.write { transaction in
                    guard let code = try identity.creditCode(ofEnterprise: enterprise, in: transaction) else { return }
                    let name = try identity.registeredName(ofEnterprise: enterprise, in: transaction)
                    try licences.claim(
                        code.text, for: RegisteredParty(id: enterprise, name: name), by: act, in: transaction)
                }
            },
        ]
    }

    private struct Registered: Decodable, Sendable {
        let person: Identifier?
        let enterprise: Identifier?
    }
}
