public import Extension
import Standards
import Storage

/// An enterprise in whose name a person may act.
public struct RepresentedEnterprise: Hashable, Sendable {
    public let mandate: Mandate
    /// The enterprise's name.
    public let name: String

    /// What the mandate covers, in words.
    public var scopeText: String { mandate.scope.isEmpty ? "全部事项" : mandate.scope.sorted().joined(separator: "、") }
}

extension IdentityService {
    /// The enterprises in whose names the acting person may act now, those with the widest mandates first.
    public func representedEnterprises(by act: Act) async throws -> [RepresentedEnterprise] {
        guard act.actor.kind == .person, let person = act.actor.ownPerson else {
            return []
        }
        return try await database.read { view in
            try mandates(of: person, at: act.now, in: view).map {
                RepresentedEnterprise(mandate: $0, name: try record(ofEnterprise: $0.enterprise, in: view).name)
            }
        }
    }
}
