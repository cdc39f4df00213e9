import Casework
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("What casework tells operators")
struct CaseworkHealthTests {
    private static func gauge(_ name: String, _ world: World) async throws -> [Gauge.Sample] {
        let gauge = try #require(world.casework.contributions.compactMap { $0 as? Gauge }.first { $0.name == name })
        let now = world.mother.now
        return try await world.database.read { try gauge.read($0, now) }
    }

    @Test(
        "open cases are counted by state and overdue ones by their day; drafts and closed ones are not",
        arguments: TestDatabase.all)
    func counts(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            #expect(try await Self.gauge("cases_open", world).allSatisfy { $0.value == 0 })
            for child in ["一", "二", "三"] {
                let id = try await world.submitted(World.birthForm.merging(["child_name": "李\(child)"]) { $1 }).id
                if child != "一" { _ = try await world.accept(id) }
                let act = world.mother
                if child == "三" {
                    _ = try await world.write { [casework = world.casework] in
                        try casework.withdraw(id, by: act, in: $0)
                    }
                }
            }
            let open = try await Self.gauge("cases_open", world)
            #expect(open.reduce(0) { $0 + $1.value } == 2)
            #expect(open.first { $0.labels["state"] == "submitted" }?.value == 1)
            #expect(try await Self.gauge("cases_overdue", world).map(\.value) == [0])
            world.wait(.seconds(60 * 86_400))
            #expect(try await Self.gauge("cases_overdue", world).map(\.value) == [2])
        }
    }

    @Test("a year without its holidays is a fault, next year's are missed from November on")
    func calendar() async throws {
        try await World.run(on: .sqlite) { world in
            let check = try #require(world.casework.contributions.compactMap { $0 as? HealthCheck }.first)
            func level(_ day: String) async throws -> Health.Level {
                let instant = try Instant("\(day)T04:00:00Z")
                return try await check.look(Act(actor: .system("doctor"), now: instant)).level
            }
            #expect(try await level("2026-06-01") == .sound)
            #expect(try await level("2026-11-02") == .warning)
            #expect(try await level("2027-02-01") == .fault)
        }
    }
}
