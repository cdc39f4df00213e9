public import PluginKit

/// A power was given.
public struct PowerDelegated: Event, Hashable {
    public static let name = "zone-empowerment.power_delegated"
    public let power: String
    public let item: String
    public let division: String
    public let mode: String
    public let startsOn: LegalDay
}

/// A power was taken back; cases under way stay where they are.
public struct PowerTakenBack: Event, Hashable {
    public static let name = "zone-empowerment.power_taken_back"
    public let power: String
    public let item: String
    public let division: String
    public let endsOn: LegalDay
}

/// An item of a zone's case is handled outside the zone (没有做到园区事园区办, R01.6).
public struct LoopBroken: Event, Hashable {
    public static let name = "zone-empowerment.loop_broken"
    public let caseID: Identifier
    public let item: String
    public let division: String
    /// Whether the zone has the power, and could have handled it.
    public let hasPower: Bool
}
