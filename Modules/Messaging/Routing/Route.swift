/// One way on which a notice goes to a person, beside the inbox, where it always lies.
public enum Route: String, Sendable, Hashable, Codable, CaseIterable {
    /// A short message to the person's own telephone.
    case phone
    /// A short message to the named helper, which names for whom it is (指定联系人).
    case helper
    /// On paper.
    case paper
    /// No way is left: a member of staff must see to it (未能送达).
    case staff

    public var chinese: String {
        switch self {
        case .phone: "短信"
        case .helper: "短信（指定联系人）"
        case .paper: "纸质"
        case .staff: "未能送达"
        }
    }
}

/// Which ways lead to a person now.
public struct Reach: Sendable, Hashable {
    /// It has a telephone that short messages reach.
    public var phone = false
    /// Somebody is named who is told in its stead.
    public var helper = false
    /// There is an address for letters.
    public var paper = false
    /// The person wants no short messages (不接收短信).
    public var declinesSMS = false
    /// The person wants everything on paper too (同时寄纸质).
    public var wantsPaper = false

    public init(
        phone: Bool = false, helper: Bool = false, paper: Bool = false, declinesSMS: Bool = false,
        wantsPaper: Bool = false
    ) {
        self.phone = phone
        self.helper = helper
        self.paper = paper
        self.declinesSMS = declinesSMS
        self.wantsPaper = wantsPaper
    }

    /// Whether short messages go to the person itself.
    private var takesSMS: Bool { phone && !declinesSMS }

    /// On which ways a notice is sent at first.
    ///
    /// A person whom no short message reaches is served on paper and through the helper; a notice that is due never goes
    /// on no way at all.
    public func first(_ weight: NoticeKind.Weight) -> Set<Route> {
        if weight == .instant { return phone ? [.phone] : [] }
        var routes: Set<Route> = []
        if takesSMS { routes.insert(.phone) }
        if !takesSMS, helper { routes.insert(.helper) }
        if paper, wantsPaper || (weight == .due && !takesSMS) { routes.insert(.paper) }
        if weight == .due, routes.isEmpty { routes.insert(.staff) }
        return routes
    }

    /// On which way a due notice goes next after one has failed; nil when another is still under way or has arrived.
    ///
    /// - Parameters:
    ///   - used: the ways on which it went.
    ///   - isAlive: whether one of them is under way or has arrived.
    public func next(after used: Set<Route>, isAlive: Bool) -> Route? {
        if isAlive { return nil }
        if helper, !used.contains(.helper) { return .helper }
        if paper, !used.contains(.paper) { return .paper }
        return .staff
    }
}
