import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing

@Suite("The outbox")
struct OutboxTests {
    static let now = TestDatabase.now
    static let stream = StreamID(division: "430600", kind: "case", id: "1")

    private static func emit(
        _ database: any Database, _ events: [String], to subscribers: [String] = ["a"], _ stream: StreamID = stream
    ) async throws {
        let seed = Seed.random()
        try await database.write { transaction in
            for event in events {
                try Outbox.emit(
                    event: event, body: "{}", to: subscribers, stream: stream, at: now, seed: seed, in: transaction)
            }
        }
    }

    @Test("an event of a change that failed is never sent", arguments: TestDatabase.all)
    func rolledBack(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            _ = try? await database.write { transaction in
                try Outbox.emit(
                    event: "x", body: "{}", to: ["a"], stream: Self.stream, at: Self.now, seed: .random(),
                    in: transaction)
                throw Refusal()
            }
            let items = try await OutboxDispatcher(database).list()
            #expect(items == [])
        }
    }

    @Test(
        "a failing event holds back the later ones of its stream for its subscriber only", arguments: TestDatabase.all)
    func blocking(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let other = StreamID(division: "430600", kind: "case", id: "2")
            try await Self.emit(database, ["one", "two"], to: ["a", "b"])
            try await Self.emit(database, ["other"], to: ["a"], other)
            let outbox = OutboxDispatcher(database)
            let due = try await outbox.due(at: Self.now)
            #expect(Set(due.map { "\($0.event)→\($0.subscriber)" }) == ["one→a", "one→b", "other→a"])
            let first = try #require(due.first { $0.event == "one" && $0.subscriber == "a" })
            let delivery = try await outbox.deliver(first.id, at: Self.now) { _, _ in throw Refusal() }
            #expect(delivery == .failed("Refusal: Refusal()"))
            let mirror = try #require(due.first { $0.subscriber == "b" })
            #expect(try await outbox.deliver(mirror.id, at: Self.now) { _, _ in } == .delivered)
            let next = try await outbox.due(at: Self.now)
            #expect(Set(next.map { "\($0.event)→\($0.subscriber)" }) == ["two→b", "other→a"])
            let later = try await outbox.due(at: Self.now.adding(.seconds(1)))
            #expect(later.contains { $0.id == first.id && $0.attempts == 1 })
            let second = try #require(try await outbox.list().first { $0.event == "two" && $0.subscriber == "a" })
            #expect(try await outbox.deliver(second.id, at: Self.now) { _, _ in } == .notDue)
        }
    }

    @Test("a delivery is parked after ten attempts, until somebody retries or drops it", arguments: TestDatabase.all)
    func parking(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            try await Self.emit(database, ["one", "two"])
            let outbox = OutboxDispatcher(database)
            var time = Self.now
            var attempts = 0
            while let item = try await outbox.due(at: time).first {
                _ = try await outbox.deliver(item.id, at: time) { _, _ in throw Refusal() }
                attempts += 1
                time = time.adding(.seconds(3600))
            }
            #expect(attempts == OutboxBackOff.maximumAttempts)
            let parked = try #require(try await outbox.list(state: .parked).first)
            #expect(parked.event == "one")
            #expect(parked.error == "Refusal: Refusal()")
            #expect(try await outbox.retry(parked.id, at: time))
            #expect(try await outbox.due(at: time).map(\.event) == ["one"])
            #expect(try await outbox.drop(parked.id))
            #expect(try await outbox.drop(parked.id) == false)
            #expect(try await outbox.due(at: time).map(\.event) == ["two"])
        }
    }

    @Test("the pauses double up to an hour")
    func backOff() {
        let delays = (1...14).map { OutboxBackOff.delay(after: $0) }
        #expect(delays.prefix(4) == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        #expect(delays.suffix(2) == [.seconds(3600), .seconds(3600)])
    }

    @Test("a leased delivery is nobody else's until its lease ends", arguments: TestDatabase.all)
    func leases(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            try await Self.emit(database, ["one"])
            let outbox = OutboxDispatcher(database)
            let id = try #require(try await outbox.due(at: Self.now).first?.id)
            let first = try #require(try await outbox.lease(id, at: Self.now, for: .seconds(30)))
            #expect(first.attempts == 1)
            #expect(try await outbox.lease(id, at: Self.now, for: .seconds(30)) == nil)
            #expect(try await outbox.due(at: Self.now) == [])
            #expect(try await outbox.drop(id) == false)
            let late = Self.now.adding(.seconds(31))
            let second = try #require(try await outbox.lease(id, at: late, for: .seconds(30)))
            #expect(second.id == first.id)
            // Whoever overran the lease can neither finish nor fail the attempt of the next one.
            #expect(try await outbox.complete(first) == false)
            #expect(try await outbox.fail(first, Refusal(), at: late) == false)
            #expect(try await outbox.fail(second, Refusal(), at: late))
            #expect(try await outbox.due(at: late) == [])
            let third = try #require(try await outbox.lease(id, at: late.adding(.seconds(2)), for: .seconds(30)))
            #expect(try await outbox.complete(third))
            #expect(try await outbox.list() == [])
        }
    }

    @Test("a handler that swallows an SQL error is counted as failed on PostgreSQL")
    func swallowed() async throws {
        try await withDatabase(.postgreSQL, migrations: [StorageSchema.migrations, .items]) { database in
            try await Self.emit(database, ["one"])
            let outbox = OutboxDispatcher(database)
            let id = try #require(try await outbox.due(at: Self.now).first?.id)
            let delivery = try await outbox.deliver(id, at: Self.now) { _, transaction in
                _ = try? transaction.execute("INSERT INTO item (id) VALUES (1)")
            }
            guard case .failed = delivery else { return #expect(Bool(false), "\(delivery)") }
            #expect(try await outbox.list().map(\.attempts) == [1])
        }
    }

    @Test("with random failures and several servers each effect happens once and in order", arguments: TestDatabase.all)
    func model(_ kind: TestDatabaseKind) async throws {
        try await withDatabaseOpener(kind) { open in
            let servers = try [open(), open()]
            let effects = MigrationSet(
                owner: "effects", tablePrefix: nil,
                migrations: [
                    Migration(
                        "0001-effect",
                        """
                        CREATE TABLE effect (subscriber TEXT NOT NULL, stream TEXT NOT NULL, place BIGINT NOT NULL,
                                             event TEXT NOT NULL, PRIMARY KEY (subscriber, stream, place));
                        CREATE TABLE effect_count (subscriber TEXT NOT NULL, stream TEXT NOT NULL, n BIGINT NOT NULL,
                                                   PRIMARY KEY (subscriber, stream))
                        """)
                ])
            try await Migrator([StorageSchema.migrations, effects]).run(on: servers[0], at: Self.now)
            var generator = SeededGenerator(seed: 42)
            var expected: [String: [String]] = [:]
            for number in 0..<60 {
                let stream = StreamID(
                    division: "430600", kind: "case", id: "\(Int.random(in: 0..<4, using: &generator))")
                let subscribers = ["a", "b", "c"].filter { _ in Bool.random(using: &generator) }
                try await Self.emit(servers[0], ["e\(number)"], to: subscribers, stream)
                for subscriber in subscribers {
                    expected["\(subscriber)/\(stream.text)", default: []].append("e\(number)")
                }
            }
            let clock = Clock(Self.now)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, server) in servers.enumerated() {
                    group.addTask { try await Self.work(server, clock, SeededGenerator(seed: UInt64(index))) }
                }
                try await group.waitForAll()
            }
            let rows = try await servers[0].read {
                try $0.rows("SELECT * FROM effect ORDER BY subscriber, stream, place")
            }
            var happened: [String: [String]] = [:]
            for row in rows {
                let key = "\(try row.get("subscriber", as: String.self))/\(try row.get("stream", as: String.self))"
                happened[key, default: []].append(try row.get("event"))
            }
            #expect(happened == expected)
            for server in servers { try await server.close() }
        }
    }

    /// Delivers until nothing is left; four in ten handlers fail after their effect.
    private static func work(_ server: any Database, _ clock: Clock, _ seeded: SeededGenerator) async throws {
        var generator = seeded
        let outbox = OutboxDispatcher(server)
        while true {
            let now = clock.now
            let due = try await outbox.due(at: now, limit: 7)
            if due.isEmpty {
                if try await outbox.list().isEmpty { return }
                for parked in try await outbox.list(state: .parked) { try await outbox.retry(parked.id, at: now) }
                clock.reach(now.adding(.seconds(600)))
            }
            for item in due {
                let fails = Int.random(in: 0..<10, using: &generator) < 4
                _ = try await outbox.deliver(item.id, at: now) { item, transaction in
                    let place = try transaction.row(
                        """
                        INSERT INTO effect_count (subscriber, stream, n) VALUES (?, ?, 1)
                        ON CONFLICT (subscriber, stream) DO UPDATE SET n = effect_count.n + 1 RETURNING n
                        """, item.subscriber, item.stream.text)
                    try transaction.execute(
                        "INSERT INTO effect (subscriber, stream, place, event) VALUES (?, ?, ?, ?)", item.subscriber,
                        item.stream.text, try place?.get("n", as: Int.self), item.event)
                    if fails { throw Refusal() }
                }
            }
        }
    }
}

/// The time that several servers share.
private final class Clock: Sendable {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) { self.instant = Mutex(instant) }

    var now: Instant { instant.withLock { $0 } }

    func reach(_ later: Instant) { instant.withLock { $0 = max($0, later) } }
}
