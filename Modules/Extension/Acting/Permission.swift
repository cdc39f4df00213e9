/// A right that roles may carry; declared by whoever enforces it.
public struct Permission: Contribution, Hashable {
    /// A stable identifier such as `casework.accept`.
    public let id: String
    /// What it allows, in Chinese.
    public let title: String

    public init(_ id: String, _ title: String) {
        self.id = id
        self.title = title
    }
}

/// Who may call an endpoint or open a page at all; what exactly they may see is asked of the service.
public enum Access: Sendable, Hashable {
    /// Anyone, signed in or not.
    case anyone
    /// Any account that has signed in.
    case signedIn
    /// A natural person, for itself or for an enterprise, at a window also through a member of staff.
    case person
    /// As ``person``, and also who acts in the person's name by a grant; the service asks whether the grant covers it.
    case personOrHelper
    /// A natural person itself and nobody who works the system for it: its own papers, its data, its password.
    case personAlone
    /// A member of staff whose roles carry the permission.
    case staff(Permission)
    /// A member of staff whose roles carry at least one of the permissions.
    case staffWithAny([Permission])

    /// Whether an actor passes.
    public func admits(_ actor: Actor) -> Bool {
        switch self {
        case .anyone: true
        case .signedIn: actor.kind != .anonymous
        case .person: actor.kind == .person && actor.helper == nil
        case .personOrHelper: actor.kind == .person
        case .personAlone: actor.actsInPerson
        case .staff(let permission): actor.holds(permission)
        case .staffWithAny(let permissions): permissions.contains(where: actor.holds)
        }
    }

    /// The problem that a refused actor is told.
    public func refusal(of actor: Actor) -> Problem { actor.kind == .anonymous ? .signInRequired : .forbidden }

    /// The name for the access matrix and the API description.
    public var name: String {
        switch self {
        case .anyone: "anyone"
        case .signedIn: "signed-in"
        case .person: "person"
        case .personOrHelper: "person-or-helper"
        case .personAlone: "person-alone"
        case .staff(let permission): "staff:\(permission.id)"
        case .staffWithAny(let permissions): "staff:\(permissions.map(\.id).joined(separator: "|"))"
        }
    }
}
