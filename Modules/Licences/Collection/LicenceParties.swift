public import Storage

/// Tells whose identity number one is, so that a licence that is taken over lands in the wallet of somebody who is
/// registered already.
public protocol LicenceParties: Sendable {
    /// The person or enterprise with an identity number or credit code; nil while none is registered.
    func party(withNumber number: String, in snapshot: Snapshot) throws -> RegisteredParty?
}

/// Somebody who is registered, by the name that is registered.
public struct RegisteredParty: Sendable, Hashable {
    public let id: Identifier
    public let name: String

    public init(id: Identifier, name: String) {
        self.id = id
        self.name = name
    }
}
