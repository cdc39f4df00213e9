import Cryptography
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("The journal")
struct JournalTests {
    static let key = try? SM2.PrivateKey.generate()

    static func stream(_ number: Int) -> StreamID { StreamID(division: "430600", kind: "case", id: "\(number)") }

    static func entries(_ count: Int, _ name: String = "case.noted") -> [JournalEntry] {
        (0..<count).map {
            JournalEntry(type: name, body: "{\"n\":\($0)}", actor: "staff/1", state: [UInt8(truncatingIfNeeded: $0)])
        }
    }

    /// Three streams, two checkpoints, and events after the last one.
    static func fill(_ database: any Database, _ key: SM2.PrivateKey) async throws {
        for number in 0..<3 {
            try await database.write { transaction in
                try Journal.append(entries(3), to: stream(number), at: TestDatabase.now, in: transaction)
            }
        }
        try await Journal.checkpoint(signing: key, on: database, at: TestDatabase.now)
        try await database.write { transaction in
            try Journal.append(entries(2), to: stream(1), at: TestDatabase.now, in: transaction)
            try Journal.append(entries(1), to: stream(1), at: TestDatabase.now, in: transaction)
        }
        try await Journal.checkpoint(signing: key, on: database, at: TestDatabase.now)
        try await database.write { transaction in
            try Journal.append(entries(2), to: stream(2), at: TestDatabase.now, in: transaction)
            try Journal.append(entries(2), to: stream(3), at: TestDatabase.now, in: transaction)
        }
    }

    @Test("events come back in order, page by page", arguments: TestDatabase.all)
    func pages(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            for _ in 0..<3 {
                try await database.write { transaction in
                    try Journal.append(Self.entries(4), to: Self.stream(1), at: TestDatabase.now, in: transaction)
                    try Journal.append([], to: Self.stream(1), at: TestDatabase.now, in: transaction)
                }
            }
            let (first, rest) = try await database.read { snapshot in
                (
                    try Journal.entries(of: Self.stream(1), limit: 5, in: snapshot),
                    try Journal.entries(of: Self.stream(1), after: 5, in: snapshot)
                )
            }
            #expect((first + rest).map(\.seq) == Array(1...12))
            #expect((first + rest).map(\.entry) == Self.entries(4) + Self.entries(4) + Self.entries(4))
            #expect(Set((first + rest).map(\.hash)).count == 12)
        }
    }

    @Test("a clock that is set back changes neither order nor soundness", arguments: TestDatabase.all)
    func setBack(_ kind: TestDatabaseKind) async throws {
        let key = try #require(Self.key)
        try await withDatabase(kind) { database in
            for (number, hours) in [0, -1, -48, 24, -24 * 400].enumerated() {
                let now = TestDatabase.now.adding(.seconds(3600 * hours))
                try await database.write { transaction in
                    try Journal.append(
                        [JournalEntry(type: "case.noted", body: "{\"n\":\(number)}", actor: "staff/1")],
                        to: Self.stream(1), at: now, in: transaction)
                }
                try await Journal.checkpoint(signing: key, on: database, at: now)
            }
            let records = try await database.read { try Journal.entries(of: Self.stream(1), limit: 10, in: $0) }
            #expect(records.map(\.seq) == [1, 2, 3, 4, 5])
            #expect(records.map(\.entry.body) == (0..<5).map { "{\"n\":\($0)}" })
            let report = try await Journal.verify(database, publicKey: key.publicKey)
            #expect(report.isSound && report.checkpoints == 5)
        }
    }

    @Test("writers at the same time never fork a chain", arguments: TestDatabase.all)
    func concurrency(_ kind: TestDatabaseKind) async throws {
        let key = try #require(Self.key)
        try await withDatabase(kind) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await database.write { transaction in
                            try Journal.append(
                                Self.entries(number % 3 + 1), to: Self.stream(number % 2), at: TestDatabase.now,
                                in: transaction)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let report = try await Journal.verify(database, publicKey: key.publicKey)
            #expect(report.findings == [])
            #expect(report.entries == 120)
        }
    }

    @Test("a long append, many streams and many checkpoints verify", arguments: TestDatabase.all)
    func volume(_ kind: TestDatabaseKind) async throws {
        let key = try #require(Self.key)
        try await withDatabase(kind) { database in
            try await database.write { transaction in
                try Journal.append(Self.entries(1203), to: Self.stream(0), at: TestDatabase.now, in: transaction)
                for number in 1...40 {
                    try Journal.append(Self.entries(2), to: Self.stream(number), at: TestDatabase.now, in: transaction)
                }
            }
            var checkpoints: [JournalCheckpoint] = []
            while let checkpoint = try await Journal.checkpoint(
                signing: key, on: database, at: TestDatabase.now, limit: 10)
            {
                checkpoints.append(checkpoint)
            }
            #expect(checkpoints.map(\.number) == [1, 2, 3, 4, 5])
            #expect(checkpoints.map(\.heads) == [10, 10, 10, 10, 1])
            let report = try await Journal.verify(database, publicKey: key.publicKey, anchor: checkpoints[2])
            #expect(report.findings == [])
            #expect(report.entries == 1283)
            #expect(report.newest == checkpoints.last)
        }
    }

    @Test("without a change there is no checkpoint", arguments: TestDatabase.all)
    func noChange(_ kind: TestDatabaseKind) async throws {
        let key = try #require(Self.key)
        try await withDatabase(kind) { database in
            #expect(try await Journal.checkpoint(signing: key, on: database, at: TestDatabase.now) == nil)
            try await Self.fill(database, key)
            #expect(try await Journal.checkpoint(signing: key, on: database, at: TestDatabase.now)?.number == 3)
            #expect(try await Journal.checkpoint(signing: key, on: database, at: TestDatabase.now) == nil)
        }
    }

    @Test("a journal signed with another key is not accepted", arguments: TestDatabase.all)
    func otherKey(_ kind: TestDatabaseKind) async throws {
        let key = try #require(Self.key)
        let other = try SM2.PrivateKey.generate()
        try await withDatabase(kind) { database in
            try await Self.fill(database, key)
            let report = try await Journal.verify(database, publicKey: other.publicKey)
            #expect(report.findings.map(\.kind) == [.signature, .signature])
        }
    }
}
