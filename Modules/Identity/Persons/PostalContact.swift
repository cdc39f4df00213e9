import Extension
public import Standards
public import Storage

/// How somebody is reached with an official notice: the name on the letter, the telephone, the address.
public struct PostalContact: Sendable, Hashable {
    public let name: String
    public let phone: MobileNumber?
    public let address: String?
}

extension IdentityService {
    /// How a party is reached: a person at its own telephone and address, an enterprise at that of who acts for it and at
    /// its own address.
    ///
    /// For the service that sends notices; it asks nobody's right, so that no page and no endpoint may give it out.
    ///
    /// - Returns: nil when the person is not known.
    public func postalContact(
        of party: Identifier, through person: Identifier, in view: Snapshot
    ) throws -> PostalContact? {
        guard try view.row("SELECT 1 AS one FROM identity_person WHERE id = ?", person) != nil else { return nil }
        let profile = try record(ofPerson: person, in: view)
        if party == person {
            return PostalContact(name: profile.name.text, phone: profile.mobile, address: profile.address)
        }
        guard try view.row("SELECT 1 AS one FROM identity_enterprise WHERE id = ?", party) != nil else { return nil }
        let enterprise = try record(ofEnterprise: party, in: view)
        return PostalContact(name: enterprise.name, phone: profile.mobile, address: enterprise.address)
    }
}
