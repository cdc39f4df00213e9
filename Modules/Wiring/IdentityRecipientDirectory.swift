public import Identity
public import Messaging
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
}
