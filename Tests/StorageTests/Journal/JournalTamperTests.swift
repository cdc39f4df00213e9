import Cryptography
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Changes behind the program's back")
struct JournalTamperTests {
    /// Does something to a sound journal and verifies it.
    private func report(
        _ kind: TestDatabaseKind, anchored: Bool = false, _ tamper: @escaping @Sendable (Transaction) throws -> Void
    ) async throws -> JournalReport {
        let key = try #require(JournalTests.key)
        return try await withDatabase(kind) { database in
            try await JournalTests.fill(database, key)
            let sound = try await Journal.verify(database, publicKey: key.publicKey)
            try #require(sound.findings == [])
            try await database.write(tamper)
            return try await Journal.verify(
                database, publicKey: key.publicKey, anchor: anchored ? sound.newest : nil)
        }
    }

    @Test("any single change of any field of any row is found", arguments: TestDatabase.all)
    func everyField(_ kind: TestDatabaseKind) async throws {
        let key = try #require(JournalTests.key)
        try await withDatabase(kind) { database in
            try await JournalTests.fill(database, key)
            var tried = 0
            for (table, columns) in Self.columns {
                let rows = try await database.read { try $0.rows("SELECT * FROM \(table)") }
                for row in rows {
                    for column in columns {
                        let old: SQLValue = try row.get(column)
                        let condition = try Self.condition(row, columns, changed: column)
                        for new in Self.changes(of: old) {
                            let changed = try await Self.update(database, table, column, from: old, to: new, condition)
                            // A key that is taken can't be changed to; then there is nothing to find.
                            guard changed else { continue }
                            tried += 1
                            let report = try await Journal.verify(database, publicKey: key.publicKey)
                            #expect(!report.isSound, "\(table).\(column) \(old) → \(new)")
                            let back = try await Self.update(database, table, column, from: new, to: old, condition)
                            try #require(back)
                        }
                    }
                }
            }
            #expect(tried > 250)
            #expect(try await Journal.verify(database, publicKey: key.publicKey).isSound)
        }
    }

    @Test("any removed row is found", arguments: TestDatabase.all)
    func everyRow(_ kind: TestDatabaseKind) async throws {
        let key = try #require(JournalTests.key)
        try await withDatabase(kind) { database in
            try await JournalTests.fill(database, key)
            for (table, columns) in Self.columns {
                let rows = try await database.read { try $0.rows("SELECT * FROM \(table)") }
                // The newest checkpoint is the one whose removal only an anchor shows.
                for row in rows {
                    let values = try columns.map { try row.get($0, as: SQLValue.self) }
                    let match = columns.map { "\($0) = ?" }.joined(separator: " AND ")
                    try await database.write {
                        _ = try $0.execute("DELETE FROM \(table) WHERE \(match)", arguments: values)
                    }
                    let report = try await Journal.verify(database, publicKey: key.publicKey)
                    #expect(!report.isSound, "\(table) \(values)")
                    let marks = columns.map { _ in "?" }.joined(separator: ", ")
                    try await database.write {
                        _ = try $0.execute(
                            "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))",
                            arguments: values)
                    }
                }
            }
        }
    }

    @Test("a changed event is one finding that names it", arguments: TestDatabase.all)
    func changed(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) {
            try $0.execute("UPDATE journal SET body = '{}' WHERE stream = 'case/1' AND seq = 2")
        }
        #expect(report.findings.map(\.description) == ["430600/case/1 的第 2 条记录被改动、挪动或插入"])
    }

    @Test("an event taken out of the middle is found", arguments: TestDatabase.all)
    func removed(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) {
            try $0.execute("DELETE FROM journal WHERE stream = 'case/1' AND seq = 2")
        }
        #expect(report.findings.contains { $0.kind == .missing && $0.number == 3 })
    }

    @Test("an event put in between is found", arguments: TestDatabase.all)
    func inserted(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) { transaction in
            try transaction.execute("UPDATE journal SET seq = 7 WHERE stream = 'case/1' AND seq = 6")
            try transaction.execute(
                """
                INSERT INTO journal (division, stream, seq, at, type, actor, body, hash)
                SELECT division, stream, 6, at, type, actor, body, hash FROM journal WHERE stream = 'case/1' AND seq = 5
                """)
        }
        #expect(report.findings.contains { $0.kind == .changed && $0.number == 6 })
        #expect(report.findings.contains { $0.kind == .unaccounted && $0.number == 7 })
    }

    @Test("two events that changed places are found", arguments: TestDatabase.all)
    func reordered(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) { transaction in
            for (from, to) in [(1, 99), (2, 1), (99, 2)] {
                try transaction.execute("UPDATE journal SET seq = ? WHERE stream = 'case/0' AND seq = ?", to, from)
            }
        }
        #expect(report.findings.filter { $0.kind == .changed }.map(\.number) == [1, 2, 3])
    }

    @Test("a tail cut off together with its head is found by the checkpoints", arguments: TestDatabase.all)
    func removedTail(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) { transaction in
            try transaction.execute("DELETE FROM journal WHERE stream = 'case/1' AND seq > 4")
            try transaction.execute(
                """
                UPDATE journal_head SET seq = 4, checkpointed = 3,
                    hash = (SELECT hash FROM journal WHERE stream = 'case/1' AND seq = 4) WHERE stream = 'case/1'
                """)
        }
        #expect(report.findings.contains { $0.kind == .removed && $0.number == 6 })
    }

    @Test("a whole stream that vanished is found by the checkpoints", arguments: TestDatabase.all)
    func removedStream(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) { transaction in
            try transaction.execute("DELETE FROM journal WHERE stream = 'case/0'")
            try transaction.execute("DELETE FROM journal_head WHERE stream = 'case/0'")
        }
        #expect(report.findings.map(\.kind) == [.removed])
        #expect(report.findings.map(\.stream) == ["430600/case/0"])
    }

    @Test("a chain written anew from the first event on is found by the checkpoints", arguments: TestDatabase.all)
    func rewritten(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) { transaction in
            try transaction.execute("DELETE FROM journal WHERE stream = 'case/0'")
            try transaction.execute("DELETE FROM journal_head WHERE stream = 'case/0'")
            try Journal.append(
                JournalTests.entries(3, "case.forged"), to: JournalTests.stream(0), at: TestDatabase.now,
                in: transaction)
            try transaction.execute("UPDATE journal_head SET checkpointed = 3 WHERE stream = 'case/0'")
        }
        #expect(report.findings.map(\.kind) == [.rewritten])
    }

    @Test("newest checkpoints that vanished are found against an anchor", arguments: TestDatabase.all)
    func removedCheckpoint(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind, anchored: true) { transaction in
            try transaction.execute("DELETE FROM journal_checkpoint WHERE number = 2")
            try transaction.execute("DELETE FROM journal_checkpoint_head WHERE checkpoint = 2")
            try transaction.execute("UPDATE journal_head SET checkpointed = 3 WHERE stream = 'case/1'")
        }
        #expect(report.findings.map(\.kind) == [.anchor])
        #expect(report.findings.map(\.number) == [2])
    }

    @Test("all changes are listed, not only the first", arguments: TestDatabase.all)
    func all(_ kind: TestDatabaseKind) async throws {
        let report = try await report(kind) {
            try $0.execute("UPDATE journal SET actor = 'staff/2' WHERE seq = 2")
        }
        #expect(report.findings.filter { $0.kind == .changed }.count == 4)
    }

    @Test("a value of a foreign type is a finding and does not stop the verification")
    func foreignType() async throws {
        let report = try await report(.sqlite) { transaction in
            try transaction.execute("UPDATE journal SET body = ? WHERE stream = 'case/0' AND seq = 2", [1] as [UInt8])
            try transaction.execute("UPDATE journal SET at = 'soon' WHERE stream = 'case/1' AND seq = 2")
        }
        #expect(report.findings.filter { $0.kind == .changed }.count == 2)
    }

    private static let columns: [(table: String, columns: [String])] = [
        ("journal", ["division", "stream", "seq", "at", "type", "actor", "body", "state", "hash"]),
        ("journal_head", ["division", "stream", "seq", "hash", "checkpointed"]),
        ("journal_checkpoint", ["number", "at", "heads", "previous", "hash", "signature"]),
        ("journal_checkpoint_head", ["checkpoint", "position", "division", "stream", "seq", "hash"]),
    ]

    private static func changes(of value: SQLValue) -> [SQLValue] {
        switch value {
        case .integer(let integer): [.integer(integer + 1), .integer(integer - 1)]
        case .text(let text): [.text(text + " "), .text(String(text.dropLast()))]
        case .blob(let bytes):
            [.blob(bytes.dropLast() + [(bytes.last ?? 0) ^ 1]), .blob([])]
        default: []
        }
    }

    private static func condition(
        _ row: Row, _ columns: [String], changed: String
    ) throws -> (sql: String, arguments: [SQLValue]) {
        let others = columns.filter { $0 != changed }
        return (
            others.map { " AND \($0) = ?" }.joined(), try others.map { try row.get($0, as: SQLValue.self) }
        )
    }

    private static func update(
        _ database: any Database, _ table: String, _ column: String, from old: SQLValue, to new: SQLValue,
        _ condition: (sql: String, arguments: [SQLValue])
    ) async throws -> Bool {
        do {
            return try await database.write { transaction in
                try transaction.execute(
                    "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?\(condition.sql)",
                    arguments: [new, old] + condition.arguments) == 1
            }
        } catch let error as StorageError where error.code == .uniqueViolation {
            return false
        }
    }
}
