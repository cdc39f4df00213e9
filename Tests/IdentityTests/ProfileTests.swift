import Extension
import Identity
import Organisation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Who may read a profile")
struct ProfileTests {
    @Test("the person itself, without a trace in the journal", arguments: TestDatabase.all)
    func own(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let actor = try await fixture.signIn().actor
            let act = Act(actor: actor, now: IdentityFixture.start)
            #expect(try await fixture.identity.profile(of: fixture.person, by: act) == fixture.profile)
            #expect(try await fixture.events("identity.profile_read").isEmpty)
        }
    }

    @Test("staff with the permission, whose look is told", arguments: TestDatabase.all)
    func staff(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let act = Act(actor: Self.clerk([IdentityService.readProfile.id]), now: IdentityFixture.start)
            let profile = try await fixture.identity.profile(of: fixture.person, by: act)
            #expect(profile == fixture.profile)
            let looks = try await fixture.events("identity.profile_read").map { $0["person"]?.string }
            #expect(looks == [fixture.person.text])
        }
    }

    @Test("nobody else, and the attempt is told", arguments: TestDatabase.all)
    func others(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let other = try await fixture.addPerson(1)
            let id = IdentityFixture.system().identifier("other")
            let strangers: [Actor] = [
                Self.clerk([]), .anonymous(terminal: .portal), .person(other, account: id, name: "", terminal: .portal),
                .person(other, account: id, party: fixture.person, mandate: id, name: "", terminal: .portal),
            ]
            for stranger in strangers {
                let act = Act(actor: stranger, now: IdentityFixture.start)
                let code = try await refusal { _ = try await fixture.identity.profile(of: fixture.person, by: act) }
                #expect(code == .profileDenied)
            }
            #expect(try await fixture.events("identity.denied").count == strangers.count)
        }
    }

    @Test("a person changes its own data only", arguments: TestDatabase.all)
    func change(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let other = try await fixture.addPerson(1)
            let act = Act(actor: try await fixture.signIn().actor, now: IdentityFixture.start)
            let moved = try PersonProfile(
                name: fixture.profile.name.text, idNumber: fixture.profile.idNumber, mobile: "19911112222",
                address: "新址",
                today: IdentityFixture.start.day)
            try await fixture.database.write { [person = fixture.person] in
                try fixture.identity.updatePerson(person, to: moved, by: act, in: $0)
            }
            #expect(try await fixture.identity.profile(of: fixture.person, by: act) == moved)
            #expect(try await fixture.refusal("19911112222") == nil)
            let foreign = try await refusal {
                try await fixture.database.write {
                    try fixture.identity.updatePerson(other, to: moved, by: act, in: $0)
                }
            }
            #expect(foreign == .profileDenied)
        }
    }

    static func clerk(_ permissions: Set<String>) -> Actor {
        let act = IdentityFixture.system()
        let post = StaffPost(
            id: act.identifier("post"), agency: act.identifier("agency"), agencyName: "", division: "430600", site: nil,
            permissions: permissions)
        return .staff(post, account: act.identifier("clerk"), person: nil, name: "", terminal: .window)
    }
}
