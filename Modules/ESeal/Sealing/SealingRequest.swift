public import Documents
import Standards
public import Storage

/// A document to be sealed, with the decision behind it: nothing is sealed without one (R06.12).
public struct SealingRequest: Sendable {
    /// The organ that decided and whose seal it is.
    public let agency: Identifier
    /// The item whose power was used.
    public let power: String
    /// The decision, such as the case in which it was taken.
    public let decision: String
    /// What is sealed, such as a licence.
    public let subject: Identifier
    public let document: PageDocument

    public init(agency: Identifier, power: String, decision: String, subject: Identifier, document: PageDocument) {
        self.agency = agency
        self.power = power
        self.decision = decision
        self.subject = subject
        self.document = document
    }
}

/// A sealed document: the OFD that has legal force under a trusted certificate, and the PDF for other readers.
public struct SealedDocument: Sendable, Hashable {
    public let ofd: [UInt8]
    public let pdf: [UInt8]
    /// The seal that was used.
    public let seal: Identifier
    let subject: Identifier
    let power: String
    let decision: String
}
