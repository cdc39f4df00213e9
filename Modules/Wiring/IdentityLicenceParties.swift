public import Identity
public import Licences
import Standards
public import Storage

/// Knows whose an identity number or credit code is from the registers of identity.
public struct IdentityLicenceParties: LicenceParties {
    private let identity: IdentityService

    public init(_ identity: IdentityService) { self.identity = identity }

    public func party(withNumber number: String, in snapshot: Snapshot) throws -> RegisteredParty? {
        if let resident = try? ResidentID(number) {
            return try identity.person(withDocument: .residentID, number: resident.text, in: snapshot).map {
                RegisteredParty(id: $0, name: try identity.registeredName(ofPerson: $0, in: snapshot))
            }
        }
        guard let code = try? CreditCode(number) else { return nil }
        return try identity.enterprise(withCreditCode: code, in: snapshot).map {
            RegisteredParty(id: $0, name: try identity.registeredName(ofEnterprise: $0, in: snapshot))
        }
    }
}
