public import Identity
public import Messaging
public import Standards
public import Storage

/// Tells messaging how persons and enterprises are reached.
public struct IdentityRecipientDirectory: RecipientDirectory {
    private let identity: IdentityService

    public init(_ identity: IdentityService) { self.identity = identity }

    public func contact(of recipient: Recipient, in snapshot: Snapshot) throws -> Contact? {
        try identity.postalContact(of: recipient.party, through: recipient.person, in: snapshot).map {
            Contact(name: $0.name, phone: $0.phone, address: $0.address)
        }
    }

    public func person(withNumber number: String, in snapshot: Snapshot) throws -> Identifier? {
        try identity.person(withDocument: .residentID, number: number, in: snapshot)
    }

    public func agent(
        ofEnterprise creditCode: String, covering names: [String], at instant: Instant, in snapshot: Snapshot
    ) throws -> Recipient? {
        guard let code = try? CreditCode(legacy: creditCode),
            let enterprise = try identity.enterprise(withCreditCode: code, in: snapshot)
        else { return nil }
        return try identity.agents(of: enterprise, at: instant, in: snapshot)
            .first { $0.scope.isEmpty || !$0.scope.isDisjoint(with: names) }
            .map { Recipient(party: enterprise, person: $0.person) }
    }
}
