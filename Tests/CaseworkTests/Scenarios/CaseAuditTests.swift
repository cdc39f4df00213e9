import Cryptography
import Extension
import Storage
import StorageTestSupport
import Testing

@testable import Casework

@Suite("What the audit finds of cases changed behind the program's back")
struct CaseAuditTests {
    private struct Tampering: CustomTestStringConvertible {
        let testDescription: String
        let statements: [String]
        let kind: JournalReport.Finding.Kind
    }

    private static let tamperings = [
        Tampering(
            testDescription: "the state", statements: ["UPDATE case_file SET state = 'completed' WHERE id = '$1'"],
            kind: .deviating),
        Tampering(
            testDescription: "the deadline", statements: ["UPDATE case_file SET due = 0 WHERE id = '$1'"],
            kind: .deviating),
        Tampering(
            testDescription: "the number", statements: ["UPDATE case_file SET number = 'X' WHERE id = '$1'"],
            kind: .deviating),
        Tampering(
            testDescription: "the version", statements: ["UPDATE case_file SET version = version + 1 WHERE id = '$1'"],
            kind: .deviating),
        Tampering(
            testDescription: "an item's state",
            statements: ["UPDATE case_task SET state = 'decided' WHERE case_id = '$1' AND item = 'P01'"],
            kind: .deviating),
        Tampering(
            testDescription: "an item taken away",
            statements: ["DELETE FROM case_task WHERE case_id = '$1' AND item = 'P01'"], kind: .deviating),
        Tampering(
            testDescription: "another case's content",
            statements: [
                "UPDATE case_file SET body = (SELECT body FROM case_file WHERE id = '$2') WHERE id = '$1'"
            ], kind: .deviating),
        Tampering(
            testDescription: "the whole case",
            statements: [
                "DELETE FROM case_file WHERE id = '$1'", "DELETE FROM case_task WHERE case_id = '$1'",
                "DELETE FROM case_involved WHERE case_id = '$1'", "DELETE FROM case_paper WHERE case_id = '$1'",
            ], kind: .gone),
        Tampering(
            testDescription: "a paper taken away",
            statements: ["DELETE FROM case_paper WHERE case_id = '$1' AND word = '受'"], kind: .gone),
        Tampering(
            testDescription: "a paper that can't be opened",
            statements: ["UPDATE case_paper SET case_id = '$1', id = 'x' WHERE case_id = '$1' AND word = '受'"],
            kind: .gone),
        Tampering(
            testDescription: "another paper's content",
            statements: [
                """
                UPDATE case_paper SET body = (SELECT body FROM case_paper WHERE case_id = '$1' AND word = '收')
                WHERE case_id = '$1' AND word = '受'
                """
            ], kind: .deviating),
        Tampering(
            testDescription: "a paper of no case",
            statements: [
                """
                INSERT INTO case_paper (division, case_id, id, agency, word, year, serial, body)
                SELECT division, 'x', id, agency, word, year, 99, body FROM case_paper WHERE word = '受'
                """
            ], kind: .stray),
        Tampering(
            testDescription: "who is involved", statements: ["DELETE FROM case_involved WHERE case_id = '$1'"],
            kind: .gone),
        Tampering(
            testDescription: "somebody more involved",
            statements: [
                "INSERT INTO case_involved (person, division, case_id, role) VALUES ('x', '430602', '$1', 'applicant')"
            ], kind: .stray),
        Tampering(
            testDescription: "the whole journal",
            statements: [
                "DELETE FROM journal", "DELETE FROM journal_head", "DELETE FROM journal_checkpoint",
                "DELETE FROM journal_checkpoint_head",
            ], kind: .empty),
    ]

    @Test("every change of a case by SQL is found and named", arguments: TestDatabase.all)
    func tampered(_ kind: TestDatabaseKind) async throws {
        let key = try SM2.PrivateKey.generate()
        for tampering in Self.tamperings {
            try await World.run(on: kind) { world in
                let first = try await world.submitted()
                _ = try await world.accept(first.id)
                let second = try await world.begin()
                try await Journal.checkpoint(signing: key, on: world.database, at: world.now)
                #expect(try await Self.verify(world, key).findings == [])
                try await world.database.write { transaction in
                    for statement in tampering.statements {
                        _ = try transaction.execute(
                            statement.replacing("$1", with: first.id.text).replacing("$2", with: second.id.text))
                    }
                }
                let report = try await Self.verify(world, key)
                #expect(report.findings.contains { $0.kind == tampering.kind }, "\(tampering.testDescription)")
            }
        }
    }

    @Test("an older content of the same case is found, whatever else is put back with it", arguments: TestDatabase.all)
    func olderBody(_ kind: TestDatabaseKind) async throws {
        let key = try SM2.PrivateKey.generate()
        try await World.run(on: kind) { world in
            let draft = try await world.begin()
            let columns = "number, theme, state, version, party, accept_by, due, submitted_at, updated_at, body"
            try await world.database.write { transaction in
                _ = try transaction.execute(
                    "CREATE TABLE saved_file AS SELECT \(columns) FROM case_file WHERE id = ?", draft.id)
            }
            _ = try await world.attach(draft.id)
            try await world.database.write { transaction in
                let old = try #require(try transaction.row("SELECT version, updated_at, body FROM saved_file"))
                _ = try transaction.execute(
                    "UPDATE case_file SET version = ?, updated_at = ?, body = ? WHERE id = ?",
                    try old.get("version", as: SQLValue.self), try old.get("updated_at", as: SQLValue.self),
                    try old.get("body", as: SQLValue.self), draft.id)
            }
            let report = try await Self.verify(world, key)
            #expect(report.findings.map(\.kind) == [.deviating])
            #expect(report.findings.map(\.stream) == ["430602/case/\(draft.id)"])
        }
    }

    @Test("the digests outlive a rotation of keys", arguments: TestDatabase.all)
    func rotation(_ kind: TestDatabaseKind) async throws {
        let key = try SM2.PrivateKey.generate()
        try await World.run(on: kind) { world in
            _ = try await world.submitted()
            try await KeyRotation(CaseworkService.encryptedColumns + StorageSchema.encryptedColumns).run(
                on: world.database, keyring: try await Keyring.forTests(world.database), at: world.now)
            #expect(try await Self.verify(world, key).findings == [])
        }
    }

    @Test("a case that only an earlier program wrote is counted, not accused", arguments: TestDatabase.all)
    func untied(_ kind: TestDatabaseKind) async throws {
        let key = try SM2.PrivateKey.generate()
        try await World.run(on: kind) { world in
            let draft = try await world.begin()
            try await world.database.write { transaction in
                // What an earlier program left: the same chain without digests.
                let stream = StreamID(division: draft.division, kind: "case", id: draft.id.text)
                let records = try Journal.entries(of: stream, in: transaction)
                _ = try transaction.execute("DELETE FROM journal")
                _ = try transaction.execute("DELETE FROM journal_head")
                let entries = records.map {
                    JournalEntry(type: $0.entry.type, body: $0.entry.body, actor: $0.entry.actor)
                }
                try Journal.append(entries, to: stream, at: world.now, in: transaction)
            }
            let report = try await Self.verify(world, key)
            #expect(report.findings == [])
            #expect(report.untied == 1)
            let body = try await world.database.write { transaction in
                let row = try #require(try transaction.row("SELECT body FROM case_file WHERE id = ?", draft.id))
                let body: [UInt8] = try row.get("body")
                _ = try transaction.execute(
                    "UPDATE case_file SET body = ? WHERE id = ?", body.dropLast() + [(body.last ?? 0) ^ 1], draft.id)
                return body
            }
            let broken = try await Self.verify(world, key)
            // No digest vouches for it, but it can't be opened; nor can anyone say then whose its items are.
            #expect(broken.findings.map(\.kind) == [.deviating, .stray])
            #expect(broken.findings.first?.stream == "430602/case/\(draft.id)")
            try await world.database.write { transaction in
                _ = try transaction.execute("UPDATE case_file SET body = ? WHERE id = ?", body, draft.id)
            }
            _ = try await world.attach(draft.id)
            #expect(try await Self.verify(world, key).untied == 0)
        }
    }

    private static func verify(_ world: World, _ key: SM2.PrivateKey) async throws -> JournalReport {
        try await Journal.verify(
            world.database, publicKey: key.publicKey,
            checks: world.casework.contributions.compactMap { $0 as? StateCheck })
    }
}
