public import PluginKit

/// Somebody ordered help (按铃).
public struct VisitOrdered: Event, Hashable {
    public static let name = "age-friendly.visit_ordered"
    public let visit: Identifier
    /// Whom it is for; nil for somebody who is not registered.
    public let person: Identifier?
    public let kind: Visit.Kind
    public let way: Visit.Way
    public let day: LegalDay
    public let half: HalfDay.Half
}

/// It was settled who goes; also when somebody else takes over.
public struct VisitAssigned: Event, Hashable {
    public static let name = "age-friendly.visit_assigned"
    public let visit: Identifier
    public let assignee: Identifier
}

/// The member of staff set out.
public struct VisitSetOut: Event, Hashable {
    public static let name = "age-friendly.visit_set_out"
    public let visit: Identifier
}

/// The help was given.
public struct VisitFinished: Event, Hashable {
    public static let name = "age-friendly.visit_finished"
    public let visit: Identifier
}

/// The order was cancelled.
public struct VisitCancelled: Event, Hashable {
    public static let name = "age-friendly.visit_cancelled"
    public let visit: Identifier
    /// Whether staff cancelled it, so that the person must be told.
    public let isByStaff: Bool
}

/// A member of staff looked at who it is for and where (查阅记录).
public struct VisitRead: Event, Hashable {
    public static let name = "age-friendly.visit_read"
    public let visit: Identifier
}
