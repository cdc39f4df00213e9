import PluginKit

/// How many powers a place has that may be used, against what the plan wants (R01.2, R01.7, R01.11).
public struct ZoneFigures: Sendable, Hashable {
    public let division: String
    public let name: String
    public let kind: Kind
    /// Different items that may be used.
    public let usable: Int
    /// Of them, those that the plan counts for this kind of place.
    public let counted: Int
    /// What the plan wants; nil where it names no number.
    public let target: Int?
    /// Items given whose three things are not all in place.
    public let incomplete: Int

    /// The three kinds of receivers (扩权强县、赋权优园、放权强基). A county has two lines: what it received itself, and what
    /// its townships and villages handle at the door.
    public enum Kind: String, Sendable, CaseIterable {
        case county = "扩权强县"
        case park = "赋权优园"
        case grassRoots = "放权强基"
    }
}

extension ZoneFigures {
    /// The figures of all places that received powers, in the order of their codes.
    static func all(
        _ powers: [(power: DelegatedPower, readiness: Readiness)], _ places: OrganisationSnapshot,
        _ settings: ZoneEmpowermentPlugin.Settings
    ) -> [ZoneFigures] {
        let byDivision = Dictionary(grouping: powers, by: \.power.division)
        return byDivision.sorted { $0.key < $1.key }.flatMap { division, given -> [ZoneFigures] in
            func line(
                _ kind: Kind, _ target: Int?, among: (DelegatedPower.Field) -> Bool,
                counting: (DelegatedPower.Field) -> Bool
            ) -> ZoneFigures? {
                let own = given.filter { among($0.power.field) }
                if own.isEmpty { return nil }
                let usable = own.filter(\.readiness.isComplete)
                return ZoneFigures(
                    division: division, name: places.divisions[division]?.name ?? division, kind: kind,
                    usable: Set(usable.map(\.power.item)).count,
                    counted: Set(usable.filter { counting($0.power.field) }.map(\.power.item)).count, target: target,
                    incomplete: Set(own.filter { !$0.readiness.isComplete }.map(\.power.item)).count)
            }
            switch places.divisions[division]?.level {
            case .zone, .park:
                return [line(.park, settings.parkTarget, among: { _ in true }, counting: \.countsForParks)]
                    .compactMap(\.self)
            default:
                return [
                    line(.county, nil, among: { $0 != .convenience }, counting: { _ in true }),
                    line(
                        .grassRoots, settings.grassRootsTarget, among: { $0 == .convenience }, counting: { _ in true }),
                ].compactMap(\.self)
            }
        }
    }
}
