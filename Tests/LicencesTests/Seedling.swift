import Extension
import Storage

/// Identifiers and acts that are the same on every run.
enum Seedling {
    static let seed = Seed(bytes: [UInt8](repeating: 9, count: Seed.length))

    static func identifier(_ label: String) -> Identifier { seed.identifier(label, at: LicenceFixture.now) }

    static func act(_ actor: Actor = .system("test"), _ label: String = "act") -> Act {
        Act(actor: actor, now: LicenceFixture.now, seed: seed.derived(label))
    }

    static func person(_ label: String, for party: Identifier? = nil) -> Actor {
        .person(
            identifier(label), account: identifier("account/\(label)"), party: party,
            mandate: party.map { _ in identifier("mandate") }, name: label, terminal: .portal)
    }

    static func staff(agency: String, division: String = "430600", _ permissions: Set<String> = []) -> Actor {
        let post = StaffPost(
            id: identifier("post/\(agency)"), agency: identifier(agency), agencyName: agency, division: division,
            site: nil, permissions: permissions)
        return .staff(post, account: identifier("account/\(agency)"), person: nil, name: agency, terminal: .window)
    }
}
