import Casework
import StorageTestSupport
import Testing

@Suite("Who has no telephone")
struct PhonelessTests {
    @Test("who has no telephone applies all the same", arguments: TestDatabase.all)
    func noTelephone(kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted(world.newbornForm.merging(["applicant_mobile": ""]) { $1 })
            #expect(file.state == .submitted && (file.form["applicant_mobile"] ?? "").isEmpty)
        }
    }
}
