import PluginKit
import StorageTestSupport
import Synchronization
import Testing

@testable import Kernel

/// The machine's clock is set back while the server runs, and before it is started again.
@Suite("Deliveries, jobs and a clock set back")
struct ClockSetBackTests {
    struct Happened: Event {
        static let name = "test.happened"
        let number: Int
    }

    private static let schema = [StorageSchema.migrations, KernelSchema.migrations]
    private let clock = FixedClock(TestDatabase.now)

    private func registry(_ diary: RunnerTests.Diary) -> Registry {
        let observer = On(Happened.self) { event, _, _ in diary.note("\(event.number)") }
        let tick = Job("tick", every: .seconds(60)) { _ in diary.note("tick") }
        return Registry(
            endpoints: [], pages: [], jobs: [.init(owner: "t", isPlugin: true, value: tick)],
            observers: [.init(owner: "t", isPlugin: true, value: observer)],
            deliveries: [], permissions: [])
    }

    private func emit(_ number: Int, _ registry: Registry, _ database: any Database) async throws {
        let log = EventLog()
        log.freeze(registry.subscribersByEvent)
        let act = Act(actor: .system("test"), now: clock.now())
        try await database.write { transaction in
            let stream = StreamID(division: "430600", kind: "test", id: "one")
            try log.record([Happened(number: number)], to: stream, by: act, in: transaction)
        }
    }

    @Test("events are delivered at once and in their order", arguments: TestDatabase.all)
    func deliveries(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.schema) { database in
            let diary = RunnerTests.Diary()
            let registry = registry(diary)
            let runner = OutboxRunner(
                registry: registry, database: database, clock: clock, logger: Booting.logger)
            try await runner.runDue()
            try await emit(1, registry, database)
            clock.advance(by: .seconds(-600))
            try await emit(2, registry, database)
            for _ in 0..<3 { try await runner.runDue() }
            #expect(diary.all == ["1", "2"])
            #expect(try await OutboxDispatcher(database).list().isEmpty)

            try await emit(3, registry, database)
            clock.advance(by: .seconds(-30 * 86_400))
            let restarted = OutboxRunner(
                registry: registry, database: database, clock: clock, logger: Booting.logger)
            try await restarted.runDue()
            #expect(diary.all == ["1", "2", "3"])
        }
    }

    @Test("a job doesn't wait until the clock has caught up", arguments: TestDatabase.all)
    func jobs(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.schema) { database in
            let registry = registry(RunnerTests.Diary())
            let server = JobRunner(jobs: registry.jobs, database: database, clock: clock, logger: Booting.logger)
            let first = try await server.runDue()
            #expect(first == ["t.tick"])
            clock.advance(by: .seconds(-86_400))
            #expect(try await server.runDue() == ["t.tick"])
            #expect(try await server.runDue().isEmpty)
            clock.advance(by: .seconds(61))
            #expect(try await server.runDue() == ["t.tick"])
        }
    }
}
