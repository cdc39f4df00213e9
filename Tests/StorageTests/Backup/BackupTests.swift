import Cryptography
import Foundation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Backups")
struct BackupTests {
    static let ways = TestDatabase.all.flatMap { from in TestDatabase.all.map { (from, $0) } }

    @Test("what either database held is in either database again, found by search and vouched for", arguments: ways)
    func roundTrip(_ from: TestDatabaseKind, _ to: TestDatabaseKind) async throws {
        try await BackupFixture.withBackup(from) { file, key in
            let check = try BackupCheck.read(file) { _ in key.publicKey }
            #expect(check.findings == [])
            #expect(check.attachments.map(\.path) == ["themes/出生/theme.yaml"])
            try await withDatabase(to, migrations: []) { database in
                try await check.load(into: database, migrator: BackupFixture.migrator, at: TestDatabase.now)
                let isUnfinished = try await BackupCheck.isUnfinished(database)
                #expect(!isUnfinished)
                let rows = try await BackupFixture.rows(database)
                #expect(rows == BackupFixture.values)
                for text in ["出生", "户口", "住址"] {
                    let found = try await database.read {
                        try SearchIndex("things").query(text, divisions: ["430600"], in: $0)
                    }
                    #expect(found == ["1"], "\(text)")
                }
                let report = try await Journal.verify(database, publicKey: key.publicKey)
                #expect(report.isSound && report.entries == check.manifest.journal.entries && report.checkpoints == 2)
                _ = try await Keyring.forTests(database)
                let record = try await database.read { try BackupRecord.newest(in: $0) }
                #expect(record?.at == TestDatabase.now)
            }
        }
    }

    @Test("a backup made while others write is of one moment", arguments: TestDatabase.all)
    func oneMoment(_ kind: TestDatabaseKind) async throws {
        let key = try SM2.PrivateKey.generate()
        try await BackupFixture.inFolder { folder in
            try await withDatabase(kind, migrations: [StorageSchema.migrations, BackupFixture.migrations]) { database in
                try await database.write { transaction in
                    try transaction.execute("INSERT INTO demo_owner (id) VALUES ('a')")
                    for number in 0..<2_000 {
                        try transaction.execute(
                            "INSERT INTO demo_value (id, owner, note) VALUES (?, 'a', 'x')", number)
                    }
                }
                // Every write moves all rows, so that their sum tells whether two of them met in one backup.
                let writing = Task {
                    while !Task.isCancelled {
                        _ = try await database.write { try $0.execute("UPDATE demo_value SET id = id + 2000") }
                    }
                }
                for number in 0..<5 {
                    let file = "\(folder)/\(number).tar"
                    _ = try await BackupFixture.backup(key).write(
                        to: file, partialPath: "\(file).partial", from: database, migrator: BackupFixture.migrator,
                        at: TestDatabase.now)
                    try await withDatabase(.sqlite, migrations: []) { restored in
                        try await BackupCheck.read(file) { _ in key.publicKey }
                            .load(into: restored, migrator: BackupFixture.migrator, at: TestDatabase.now)
                        let ids = try await BackupFixture.rows(restored).compactMap { row in
                            if case .integer(let id) = row[0] { id } else { nil }
                        }
                        let first = try #require(ids.first)
                        #expect(ids == Array(first..<first + 2_000))
                    }
                }
                writing.cancel()
                _ = try? await writing.value
            }
        }
    }

    @Test("any changed byte and any cut is found", arguments: 0..<60)
    func damage(_ round: Int) async throws {
        try await BackupFixture.withBackup { file, key in
            var random = SeededGenerator(seed: UInt64(round))
            var bytes = Array(try #require(FileManager.default.contents(atPath: file)))
            if round.isMultiple(of: 3) {
                // Without the two empty blocks at the end, which hold nothing.
                bytes.removeLast(Int.random(in: 1_025..<bytes.count, using: &random))
            } else {
                let place = try #require(Self.content(of: bytes).randomElement(using: &random))
                bytes[place] ^= UInt8.random(in: 1...255, using: &random)
            }
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            do {
                let check = try BackupCheck.read(file) { _ in key.publicKey }
                #expect(!check.findings.isEmpty)
            } catch let error as StorageError {
                #expect(error.code == .backup)
            }
        }
    }

    /// The places of an archive that hold content, and not a header's or the padding's.
    private static func content(of bytes: [UInt8]) -> [Int] {
        var places: [Int] = []
        var start = 0
        while start + 512 <= bytes.count, bytes[start] != 0 {
            let digits = String(decoding: bytes[(start + 124)..<(start + 135)], as: UTF8.self)
            guard let size = Int(digits, radix: 8) else { break }
            places += (start + 512)..<(start + 512 + size)
            start += 512 + (size + 511) / 512 * 512
        }
        return places
    }

    @Test("a journal that was changed behind the program's back is found in its backup", arguments: TestDatabase.all)
    func changedJournal(_ kind: TestDatabaseKind) async throws {
        let key = try SM2.PrivateKey.generate()
        let changes = [
            "UPDATE journal SET body = '{}' WHERE stream = 'case/1' AND seq = 2",
            "DELETE FROM journal WHERE stream = 'case/1' AND seq = 2",
            "DELETE FROM journal WHERE stream = 'case/2' AND seq = 5",
            "UPDATE journal_head SET hash = (SELECT hash FROM journal_head WHERE stream = 'case/0') WHERE stream = 'case/3'",
        ]
        for change in changes {
            try await BackupFixture.inFolder { folder in
                try await withDatabase(kind, migrations: [StorageSchema.migrations, BackupFixture.migrations]) {
                    database in
                    try await BackupFixture.fill(database, key)
                    try await database.write { _ = try $0.execute(change) }
                    _ = try await BackupFixture.backup(key).write(
                        to: "\(folder)/a.tar", partialPath: "\(folder)/p", from: database,
                        migrator: BackupFixture.migrator, at: TestDatabase.now)
                    #expect(
                        try BackupCheck.read("\(folder)/a.tar") { _ in key.publicKey }.findings.count == 1, "\(change)")
                }
            }
        }
    }

    @Test("a backup that somebody else signed is found")
    func foreignSignature() async throws {
        try await BackupFixture.withBackup { file, _ in
            let other = try SM2.PrivateKey.generate().publicKey
            #expect(try BackupCheck.read(file) { _ in other }.findings.map { $0.contains("签名") } == [true])
            #expect(try BackupCheck.read(file) { _ in nil }.findings.map { $0.contains("签名") } == [true])
        }
    }

    @Test("a master key of another deployment is refused")
    func foreignMasterKey() async throws {
        try await BackupFixture.withBackup { file, key in
            let check = try BackupCheck.read(file) { _ in key.publicKey }
            func master(_ byte: UInt8) throws -> MasterKey {
                MasterKey(try SymmetricKey(bytes: [UInt8](repeating: byte, count: SymmetricKey.length)))
            }
            try check.check(try master(7))
            let error = #expect(throws: StorageError.self) { try check.check(try master(8)) }
            #expect(error?.code == .keys)
        }
    }
}
