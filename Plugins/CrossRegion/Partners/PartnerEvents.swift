public import PluginKit

/// A partner was recorded, or its address or keys were renewed.
public struct PartnerRecorded: Event, Hashable {
    public static let name = "cross-region.partner_recorded"
    public let partner: String
    public let scope: String
    /// The fingerprint of its keys.
    public let fingerprint: String
    public let startsOn: LegalDay
}

/// A partner is trusted no more.
public struct PartnerEnded: Event, Hashable {
    public static let name = "cross-region.partner_ended"
    public let partner: String
    public let endsOn: LegalDay
}

/// An agreement was recorded.
public struct AgreementMade: Event, Hashable {
    public static let name = "cross-region.agreement_made"
    public let partner: String
    public let number: String
    public let mode: String
    public let decider: String
    public let items: [String]
    public let startsOn: LegalDay
}

/// An agreement ended; cases under way are finished.
public struct AgreementEnded: Event, Hashable {
    public static let name = "cross-region.agreement_ended"
    public let partner: String
    public let number: String
    public let endsOn: LegalDay
}
