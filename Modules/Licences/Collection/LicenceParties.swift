public import Storage

/// Tells whose identity number one is, so that a licence that is taken over lands in the wallet of somebody who is
/// registered already.
public protocol LicenceParties: Sendable {
    /// The person or enterprise with an identity number or credit code; nil while none is registered.
    func party(withNumber number: String, in snapshot: Snapshot) throws -> Identifier?
}
