public import PluginKit

/// An application was taken in here for a partner.
public struct CaseFiled: Event, Hashable {
    public static let name = "cross-region.case_filed"
    public let caseID: Identifier
    public let partner: String
    public let item: String
    public let mode: String
}

/// An application came from a partner.
public struct CaseReceived: Event, Hashable {
    public static let name = "cross-region.case_received"
    public let caseID: Identifier
    public let partner: String
    public let item: String
    public let mode: String
}

/// The state of a case changed, by us or as the partner told.
public struct CaseMoved: Event, Hashable {
    public static let name = "cross-region.case_moved"
    public let caseID: Identifier
    public let state: String
    /// Who moved it: `ours` or the partner's code.
    public let by: String
}

/// A thing changed hands.
public struct CustodyMoved: Event, Hashable {
    public static let name = "cross-region.custody_moved"
    public let caseID: Identifier
    public let thing: String
    public let step: String
    public let by: String
}

/// A member of staff looked at a case's personal data.
public struct CaseSeen: Event, Hashable {
    public static let name = "cross-region.case_seen"
    public let caseID: Identifier
    /// The paper that was opened; empty for the case itself.
    public let paper: String
}

/// A message to a partner was written with the change that it tells of.
public struct MessageWritten: Event, Hashable {
    public static let name = "cross-region.message_written"
    public let partner: String
    public let caseID: String
    public let message: String
    public let number: Int
    public let kind: String
    public let digest: String
}

/// A partner's receipt settled a message of ours.
public struct MessageSettled: Event, Hashable {
    public static let name = "cross-region.message_settled"
    public let message: String
    public let number: Int
    public let digest: String
    public let status: String
    public let code: String
}

/// A partner's message was taken, or refused for good.
public struct MessageTaken: Event, Hashable {
    public static let name = "cross-region.message_taken"
    public let partner: String
    public let message: String
    public let number: Int
    public let kind: String
    public let digest: String
    public let status: String
    public let code: String
}

/// A partner said what it must not say, provably.
public struct PartnerErred: Event, Hashable {
    public static let name = "cross-region.partner_erred"
    public let partner: String
    public let code: String
    public let detail: String
}
