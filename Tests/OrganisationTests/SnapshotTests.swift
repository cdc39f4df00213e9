import Extension
import Organisation
import Storage
import StorageTestSupport
import Testing

@Suite("The frozen snapshot")
struct SnapshotTests {
    @Test("another server's change is seen at the next question", arguments: TestDatabase.all)
    func otherServer(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let keyring = try await Keyring.forTests(fixture.database)
            let other = OrganisationService(
                database: fixture.database, events: EventLog(), cipher: keyring.cipher)
            let agency = try await fixture.agency("police")
            #expect(try await other.snapshot().agencies[agency]?.name(on: fixture.day) == "岳阳市公安局")
            let act = fixture.act
            try await fixture.database.write {
                try fixture.service.rename(agency, to: "岳阳市公安总局", from: fixture.day, by: act, in: $0)
            }
            #expect(try await other.snapshot().agencies[agency]?.name(on: fixture.day) == "岳阳市公安总局")
        }
    }

    @Test("what was rolled back is never remembered", arguments: TestDatabase.all)
    func rolledBack(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let agency = try await fixture.agency("police")
            let act = fixture.act
            struct Stop: Error {}
            await #expect(throws: Stop.self) {
                try await fixture.database.write { transaction in
                    try fixture.service.rename(agency, to: "错误的名称", from: fixture.day, by: act, in: transaction)
                    _ = try fixture.service.snapshot(in: transaction)
                    throw Stop()
                }
            }
            // The next change gets the same version number.
            try await fixture.database.write {
                try fixture.service.rename(agency, to: "岳阳市公安总局", from: fixture.day, by: act, in: $0)
            }
            #expect(try await fixture.service.snapshot().agencies[agency]?.name(on: fixture.day) == "岳阳市公安总局")
        }
    }
}
