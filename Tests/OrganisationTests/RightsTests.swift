import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Rights follow the tree and the dates")
struct RightsTests {
    @Test("a post gives the permissions of its roles on its days only", arguments: TestDatabase.all)
    func dates(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let account = fixture.act.identifier("account")
            let agency = try await fixture.agency("police-pj")
            let days = ValidDays(from: fixture.day, until: fixture.day.adding(days: 7))
            let act = fixture.act
            try await fixture.database.write { transaction in
                _ = try fixture.service.addPost(
                    for: account, at: agency, roles: ["clerk", "chief"], days: days, by: act, in: transaction)
            }
            let post = try await fixture.service.post(for: account, on: fixture.day)
            #expect(post?.permissions == ["casework.accept", "casework.decide"])
            #expect(post?.division == "430626")
            #expect(try await fixture.service.post(for: account, on: fixture.day.adding(days: 6)) != nil)
            #expect(try await fixture.service.post(for: account, on: fixture.day.adding(days: 7)) == nil)
            #expect(try await fixture.service.post(for: account, on: fixture.day.adding(days: -1)) == nil)
        }
    }

    @Test("an ended post gives no rights from that day on", arguments: TestDatabase.all)
    func ended(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let account = fixture.act.identifier("account")
            let agency = try await fixture.agency("police")
            let act = fixture.act
            let post = try await fixture.database.write {
                try fixture.service.addPost(for: account, at: agency, roles: ["clerk"], by: act, in: $0)
            }
            let end = fixture.day.adding(days: 3)
            try await fixture.database.write { try fixture.service.endPost(post, on: end, by: act, in: $0) }
            #expect(try await fixture.service.post(for: account, on: end.adding(days: -1)) != nil)
            #expect(try await fixture.service.post(for: account, on: end) == nil)
        }
    }

    @Test("the same post twice is one post")
    func samePost() async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let account = fixture.act.identifier("account")
            let agency = try await fixture.agency("police")
            var posts: Set<Identifier> = []
            for _ in 0..<2 {
                let act = fixture.act
                posts.insert(
                    try await fixture.database.write {
                        try fixture.service.addPost(for: account, at: agency, roles: ["clerk"], by: act, in: $0)
                    })
            }
            #expect(posts.count == 1)
        }
    }

    @Test(
        "a post reaches its own division and what lies below",
        arguments: [
            ("police", "430626", true), ("police", "430600", true), ("police", "430600-Z02", true),
            ("police-pj", "430626", true), ("police-pj", "430600", false), ("police-pj", "430602", false),
        ])
    func tree(agency: String, division: String, isAllowed: Bool) async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let account = fixture.act.identifier("account")
            let (police, county) = (try await fixture.agency("police"), try await fixture.agency("police-pj"))
            let act = fixture.act
            let own = agency == "police" ? police : county
            try await fixture.database.write { transaction in
                _ = try fixture.service.addPost(for: account, at: own, roles: ["clerk"], by: act, in: transaction)
            }
            let organisation = try await fixture.service.snapshot()
            let post = try #require(organisation.posts(of: account, on: fixture.day).first)
            let actor = Actor.staff(post, account: account, person: nil, name: "", terminal: .portal)
            #expect(organisation.mayHandle(actor, division: division) == isAllowed)
            // The city's bureau leads the county's, never the other way round.
            #expect(organisation.belongs(actor, to: county))
            #expect(organisation.belongs(actor, to: police) == (agency == "police"))
            #expect(!organisation.mayHandle(.anonymous(terminal: .portal), division: division))
        }
    }

    @Test("an unknown role is refused with the nearest match")
    func unknownRole() async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let agency = try await fixture.agency("police")
            let act = fixture.act
            let error = try await #require(throws: OrganisationError.self) {
                try await fixture.database.write {
                    try fixture.service.addPost(for: act.identifier("a"), at: agency, roles: ["clark"], by: act, in: $0)
                }
            }
            #expect(error.code == .roleUnknown)
            #expect(error.message.contains("clerk"))
        }
    }
}
