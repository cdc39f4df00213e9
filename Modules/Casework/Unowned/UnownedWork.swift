import Storage

/// Open work that nobody who is there may do (无人办理的事), in one place.
public struct UnownedWork: Sendable, Hashable {
    /// The agency or division whose work it is, as people call it.
    public let place: String
    public let kind: Kind
    /// How many; no more than ``UnownedWork/limit`` are counted in each place.
    public let count: Int

    public static let limit = 500

    /// What keeps it from being done.
    public enum Kind: String, Sendable, CaseIterable {
        /// Nobody with the right to decide is there.
        case noDecider = "no-decider"
        /// All who are there accepted or recorded the case themselves (受理、审批分离).
        case sameOfficer = "same-officer"
        /// Nobody with the right to accept is there.
        case noClerk = "no-clerk"
    }

    /// What is wrong and what to do.
    public var text: String {
        let many = count >= Self.limit ? "\(count) 件以上" : "\(count) 件"
        return switch kind {
        case .noDecider: "\(place)有\(many)在办，但没有在岗的审批人员。请安排替岗，或给在岗的人设置审批角色。"
        case .sameOfficer: "\(place)有\(many)，在岗的审批人员都受理过同一件，不能自己审批。请再安排一位审批人员。"
        case .noClerk: "\(place)有\(many)等待受理，但没有在岗的窗口人员。请安排替岗，或设置窗口受理角色。"
        }
    }

    /// Whether somebody of those who are there may decide an item: who accepted or recorded its case may not, unless the
    /// item says otherwise.
    static func hasDecider(
        among present: Set<Identifier>, acceptedBy: Identifier?, recordedBy: Identifier?, isSeparate: Bool
    ) -> Bool {
        isSeparate ? present.contains { $0 != acceptedBy && $0 != recordedBy } : !present.isEmpty
    }
}
