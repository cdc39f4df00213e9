import PluginKit

/// The three things that must be in place before a power is used (三到位, R01.5).
public struct Readiness: Sendable, Hashable {
    /// What is missing of each; empty where it is in place.
    public let power: String
    public let system: String
    public let staff: String

    public init(power: String, system: String, staff: String) {
        self.power = power
        self.system = system
        self.staff = staff
    }

    /// Whether the power may be used.
    public var isComplete: Bool { power.isEmpty && system.isEmpty && staff.isEmpty }

    /// What is missing, in Chinese, in the order of the plan.
    public var missing: [String] {
        [("权限", power), ("系统", system), ("人员", staff)].filter { !$0.1.isEmpty }.map { "\($0.0)未到位：\($0.1)" }
    }
}

/// Looks at what is in place for powers on one day.
struct ReadinessCheck {
    let day: LegalDay
    let places: OrganisationSnapshot
    /// The organs with staff who may decide.
    let deciding: Set<Identifier>
    let seals: [Seal]

    init(_ places: OrganisationSnapshot, seals: [Seal], on day: LegalDay) {
        self.day = day
        self.places = places
        self.seals = seals
        deciding = Set(places.holders(of: .decideItems, on: day).filter { !$0.value.isEmpty }.keys.map(\.agency))
    }

    func readiness(of power: DelegatedPower) -> Readiness {
        Readiness(power: missingPower(power), system: missingSystem(power), staff: missingStaff(power))
    }

    private func missingPower(_ power: DelegatedPower) -> String {
        if power.startsOn > day { return "\(power.startsOn.chinese)起才生效" }
        if let end = power.endsOn, end <= day { return "\(end.chinese)已收回" }
        return ""
    }

    private func missingSystem(_ power: DelegatedPower) -> String {
        guard let agency = places.agencies[power.agency], agency.validity.contains(day) else {
            return "承接单位没有登记，或者已经撤销"
        }
        // Who decides in the giver's name, or sits at its window, uses the giver's seal.
        guard power.mode == .direct else { return "" }
        let own = seals.filter { $0.agency == power.agency && $0.state == .inForce }
        if own.isEmpty { return "承接单位没有可用的印章" }
        return own.contains { $0.covers(power.item) } ? "" : "承接单位的印章不能用于这个事项"
    }

    private func missingStaff(_ power: DelegatedPower) -> String {
        deciding.contains(power.agency) ? "" : "承接单位没有审批人员的账号"
    }
}
