import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Identity

@Suite("Persons by the day of their birth")
struct BirthDayTests {
    @Test("are found by it alone, also after a change of their data", arguments: TestDatabase.all)
    func found(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let identity = fixture.identity
            let (first, second) = (fixture.person, try await fixture.addPerson(1))
            let days = try await fixture.database.read { view in
                try [first, second].map { try #require(try identity.record(ofPerson: $0, in: view).birthDay) }
            }
            func found(_ days: [LegalDay], after: Identifier? = nil, limit: Int = 10) async throws -> [Identifier] {
                try await fixture.database.read {
                    try identity.persons(bornOn: days, after: after, limit: limit, in: $0)
                }
            }
            #expect(days[0] != days[1])
            #expect(try await found([days[0]]) == [first])
            #expect(try await found([days[0].adding(days: 1), days[1]]) == [second])
            let both = [first, second].sorted()
            #expect(try await found(days, limit: 1) == [both[0]])
            #expect(try await found(days, after: both[0]) == [both[1]])
            #expect(try await found([]) == [])

            let foreigner = try PersonProfile(
                name: "王小明", documentKind: .passport, idNumber: "E12345678",
                birthDay: try LegalDay(year: 1905, month: 2, day: 3), today: IdentityFixture.start.day)
            let act = IdentityFixture.system()
            try await fixture.database.write { try identity.updatePerson(first, to: foreigner, by: act, in: $0) }
            #expect(try await found([days[0]]) == [])
            #expect(try await found([try LegalDay(year: 1905, month: 2, day: 3)]) == [first])
        }
    }

    @Test("get their index later when they were registered before there was one", arguments: TestDatabase.all)
    func indexing(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let (identity, person) = (fixture.identity, fixture.person)
            let day = try #require(fixture.profile.birthDay)
            try await fixture.database.write {
                _ = try $0.execute("UPDATE identity_person SET birth_digest = NULL")
            }
            #expect(try await fixture.database.read { try identity.persons(bornOn: [day], limit: 9, in: $0) } == [])
            try await identity.birthDayIndexing.run(IdentityFixture.system())
            #expect(
                try await fixture.database.read { try identity.persons(bornOn: [day], limit: 9, in: $0) } == [person])
            #expect(try await fixture.database.write { try identity.indexBirthDays(limit: 9, in: $0) } == 0)
        }
    }
}
