import PluginKit
import StorageTestSupport
import Synchronization
import Testing

@testable import Kernel

/// The outbox and the jobs, driven by a clock that the test moves.
@Suite struct RunnerTests {
    struct Happened: Event {
        static let name = "test.happened"
        let number: Int
    }

    struct Refused: Error {}

    /// What handlers have done so far.
    final class Diary: Sendable {
        let entries = Mutex<[String]>([])
        func note(_ text: String) { entries.withLock { $0.append(text) } }
        var all: [String] { entries.withLock { $0 } }
    }

    private static let schema = [StorageSchema.migrations, KernelSchema.migrations]
    private let clock = FixedClock(TestDatabase.now)

    private func registry(observers: [On] = [], deliveries: [Deliver] = [], jobs: [Job] = []) -> Registry {
        Registry(
            endpoints: [], pages: [], jobs: jobs.map { .init(owner: "t", isPlugin: true, value: $0) },
            observers: observers.map { .init(owner: "t", isPlugin: true, value: $0) },
            deliveries: deliveries.map { .init(owner: "t", isPlugin: true, value: $0) }, permissions: [])
    }

    private func runner(_ registry: Registry, _ database: any Database, limit: Duration = .seconds(5)) -> OutboxRunner {
        OutboxRunner(
            registry: registry, database: database, clock: clock, logger: Booting.logger, deliveryLimit: limit)
    }

    private func emit(_ count: Int, _ registry: Registry, _ database: any Database) async throws {
        let log = EventLog()
        log.freeze(registry.subscribersByEvent)
        let act = Act(actor: .system("test"), now: clock.now())
        try await database.write { transaction in
            for number in 0..<count {
                let stream = StreamID(division: "430600", kind: "test", id: "s\(number)")
                try log.record([Happened(number: number)], to: stream, by: act, in: transaction)
            }
        }
    }

    @Test("an observer's effect happens once, even when it failed before", arguments: TestDatabase.all)
    func once(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.schema) { database in
            try await database.write { _ = try $0.execute("CREATE TABLE effect (number BIGINT)") }
            let tries = Diary()
            let registry = registry(observers: [
                On(Happened.self) { event, _, transaction in
                    tries.note("try")
                    try transaction.execute("INSERT INTO effect (number) VALUES (?)", event.number)
                    if tries.all.count < 3 { throw Refused() }
                }
            ])
            try await emit(1, registry, database)
            let runner = runner(registry, database)
            for _ in 0..<6 {
                try await runner.runDue()
                clock.advance(by: .seconds(10))
            }
            let effects = try await database.read { try $0.rows("SELECT number FROM effect").count }
            #expect(effects == 1)
            #expect(tries.all.count == 3)
        }
    }

    @Test(
        "an observer hears only the streams that it asked for, and the others are not even written down",
        arguments: TestDatabase.all)
    func hearing(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.schema) { database in
            let diary = Diary()
            let registry = registry(observers: [
                On(
                    Happened.name, as: Happened.self, name: "some",
                    hears: { $0.text.hasSuffix("s1") || $0.text.hasSuffix("s3") }
                ) { event, _, _ in diary.note("\(event.number)") }
            ])
            try await emit(5, registry, database)
            #expect(try await database.read { try $0.rows("SELECT id FROM outbox").count } == 2)
            try await runner(registry, database).runDue()
            #expect(diary.all.sorted() == ["1", "3"])
        }
    }

    @Test("a handler that always fails is parked, shown, and goes on after a retry", arguments: TestDatabase.all)
    func parking(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.schema) { database in
            let diary = Diary()
            let works = Mutex(false)
            let registry = registry(deliveries: [
                Deliver("test.happened", as: Happened.self) { _, key, _ in
                    diary.note(key)
                    if !works.withLock({ $0 }) { throw Refused() }
                }
            ])
            try await emit(1, registry, database)
            let runner = runner(registry, database)
            for _ in 0..<(OutboxBackOff.maximumAttempts + 3) {
                try await runner.runDue()
                clock.advance(by: .seconds(3_700))
            }
            let dispatcher = OutboxDispatcher(database)
            let parked = try await dispatcher.list(state: .parked)
            #expect(parked.count == 1)
            #expect(parked.first?.error?.contains("Refused") == true)
            #expect(diary.all.count == OutboxBackOff.maximumAttempts)
            #expect(Set(diary.all).count == 1, "the key is the same on every try")
            works.withLock { $0 = true }
            let id = try #require(parked.first?.id)
            #expect(try await dispatcher.retry(id, at: clock.now()))
            try await runner.runDue()
            #expect(try await dispatcher.list().isEmpty)
        }
    }

    @Test("a delivery that hangs is given up and does not hold up the others", .timeLimit(.minutes(20)))
    func overrun() async throws {
        try await withDatabase(.sqlite, migrations: Self.schema) { database in
            let diary = Diary()
            let (never, door) = AsyncStream.makeStream(of: Void.self)
            let registry = registry(deliveries: [
                Deliver("test.happened", as: Happened.self) { event, _, _ in
                    if event.number == 0 {
                        // Deaf to its cancellation, as foreign code may be: the door opens only after the check.
                        await Task.detached { for await _ in never {} }.value
                    }
                    diary.note("\(event.number)")
                }
            ])
            try await emit(3, registry, database)
            try await runner(registry, database, limit: .seconds(2)).runDue()
            defer { door.finish() }
            #expect(Set(diary.all) == ["1", "2"])
            let left = try await OutboxDispatcher(database).list()
            #expect(left.map(\.state) == [.waiting])
            #expect(left.first?.error?.contains("overran") == true || left.first?.error?.contains("超过") == true)
        }
    }

    @Test("an event of a plugin that was disabled waits and is parked, not lost")
    func orphan() async throws {
        try await withDatabase(.sqlite, migrations: Self.schema) { database in
            try await emit(1, registry(observers: [On(Happened.self) { _, _, _ in }]), database)
            let runner = runner(registry(), database)
            for _ in 0..<12 {
                try await runner.runDue()
                clock.advance(by: .seconds(3_700))
            }
            #expect(try await OutboxDispatcher(database).list(state: .parked).count == 1)
        }
    }

    @Test("each job runs on one of several servers at a time, again when due", arguments: TestDatabase.all)
    func lease(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: Self.schema) { database in
            let diary = Diary()
            let registry = registry(jobs: [Job("tick", every: .seconds(60)) { _ in diary.note("tick") }])
            let servers = (0..<3).map { _ in
                JobRunner(jobs: registry.jobs, database: database, clock: clock, logger: Booting.logger)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for server in servers { group.addTask { _ = try await server.runDue() } }
                try await group.waitForAll()
            }
            #expect(diary.all.count == 1)
            clock.advance(by: .seconds(59))
            for server in servers { _ = try await server.runDue() }
            #expect(diary.all.count == 1)
            clock.advance(by: .seconds(2))
            for server in servers { _ = try await server.runDue() }
            #expect(diary.all.count == 2)
        }
    }

    @Test("a job that fails is recorded and runs again; a server that fell silent loses its lease")
    func failure() async throws {
        try await withDatabase(.sqlite, migrations: Self.schema) { database in
            let registry = registry(jobs: [Job("bad", every: .seconds(60)) { _ in throw Refused() }])
            let server = JobRunner(jobs: registry.jobs, database: database, clock: clock, logger: Booting.logger)
            #expect(try await server.runDue() == ["t.bad"])
            let error: String? = try await database.read {
                try $0.row("SELECT error FROM kernel_job_lease WHERE name = 't.bad'")?.get("error")
            }
            #expect(error?.contains("Refused") == true)

            let silent = JobLease(database: database, holder: "silent")
            clock.advance(by: .seconds(61))
            let next = try #require(try await silent.free(at: clock.now()).first { $0.name == "t.bad" }?.next)
            #expect(try await silent.take("t.bad", due: next, at: clock.now()))
            #expect(try await server.runDue().isEmpty)
            clock.advance(by: .seconds(61))
            #expect(try await silent.renew("t.bad", at: clock.now()) == false)
            #expect(try await server.runDue() == ["t.bad"])
        }
    }

    @Test("events are handed over within a moment of the write, and the runner ends when asked to")
    func wakesUp() async throws {
        try await withDatabase(.sqlite, migrations: Self.schema) { database in
            let diary = Diary()
            let registry = registry(observers: [On(Happened.self) { _, _, _ in diary.note("x") }])
            let runner = runner(registry, database)
            let running = Task { try await runner.run() }
            try await emit(1, registry, database)
            for _ in 0..<200 where diary.all.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            #expect(diary.all == ["x"])
            running.cancel()
            try await running.value
        }
    }
}
