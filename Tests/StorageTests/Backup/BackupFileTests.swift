import Cryptography
import Foundation
import Standards
import StorageTestSupport
import Testing

@testable import Storage

@Suite("The file of a backup")
struct BackupFileTests {
    @Test("an existing file is never overwritten, a cut-off one is written anew, and a failure leaves none")
    func places() async throws {
        let key = try SM2.PrivateKey.generate()
        try await BackupFixture.inFolder { folder in
            try await withDatabase(.sqlite, migrations: [StorageSchema.migrations, BackupFixture.migrations]) {
                database in
                func write() async throws {
                    _ = try await BackupFixture.backup(key).write(
                        to: "\(folder)/a.tar", partialPath: "\(folder)/p", from: database,
                        migrator: BackupFixture.migrator, at: TestDatabase.now)
                }
                try Data("cut off in the middle".utf8).write(to: URL(fileURLWithPath: "\(folder)/p"))
                try await write()
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.tar"])
                let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/a.tar")[.posixPermissions]
                #expect((mode as? NSNumber)?.intValue == 0o600)
                let before = FileManager.default.contents(atPath: "\(folder)/a.tar")
                let error = await #expect(throws: StorageError.self) { try await write() }
                #expect(error?.code == .backup)
                #expect(FileManager.default.contents(atPath: "\(folder)/a.tar") == before)
                try FileManager.default.removeItem(atPath: "\(folder)/a.tar")
                // A schema that the program does not know.
                await #expect(throws: StorageError.self) {
                    _ = try await BackupFixture.backup(key).write(
                        to: "\(folder)/b.tar", partialPath: "\(folder)/p", from: database,
                        migrator: Migrator([StorageSchema.migrations]), at: TestDatabase.now)
                }
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            }
        }
    }

    @Test("two programs don't write one file")
    func locked() async throws {
        try await BackupFixture.inFolder { folder in
            let first = try PartialFile("\(folder)/a", partialPath: "\(folder)/p")
            let error = #expect(throws: StorageError.self) {
                _ = try PartialFile("\(folder)/b", partialPath: "\(folder)/p")
            }
            #expect(error?.message.contains("另一个备份") == true)
            try first.write([1, 2, 3])
            try first.finish()
            #expect(FileManager.default.contents(atPath: "\(folder)/a") == Data([1, 2, 3]))
        }
    }

    @Test("the headers are those of tar, also for long Chinese paths; a path that is too long is refused")
    func headers() {
        let long = "themes/" + String(repeating: "出生一件事/", count: 8) + "首次签发登记表.pdf"
        for path in ["a", "themes/出生/theme.yaml", long] {
            let header = TarHeader(path: path, size: 12_345, time: 1_795_000_000)
            #expect(header.block.flatMap(TarHeader.init) == header, "\(path)")
        }
        #expect(TarHeader(path: String(repeating: "长", count: 40), size: 0).block == nil)
        #expect(TarHeader([UInt8](repeating: 7, count: 512)) == nil)
    }

    @Test("rows that are not whole are none")
    func rows() {
        var bytes: [UInt8] = []
        let row: [SQLValue] = [.integer(-1), .text("字"), .null, .real(.pi), .blob([9])]
        RowCoding.append(row, to: &bytes)
        RowCoding.append(row, to: &bytes)
        #expect(RowCoding.rows(bytes, columns: 5) == [row, row])
        for count in 1..<bytes.count where count != bytes.count / 2 {
            #expect(RowCoding.rows(Array(bytes.prefix(count)), columns: 5) == nil)
        }
        #expect(RowCoding.rows([3, 255, 255, 255, 255, 255, 255, 255, 255], columns: 1) == nil)
        #expect(RowCoding.rows([9], columns: 1) == nil)
        #expect(RowCoding.rows(bytes, columns: 0) == nil)
    }
}

@Suite("Backups of another schema")
struct BackupSchemaTests {
    private static let newer = MigrationSet(
        owner: "demo", tablePrefix: nil,
        migrations: BackupFixture.migrations.migrations + [
            Migration("0002-more", "ALTER TABLE demo_value ADD COLUMN more TEXT; UPDATE demo_value SET more = note")
        ])

    @Test("an older one comes back as it was, and the newer program migrates it then", arguments: TestDatabase.all)
    func older(_ kind: TestDatabaseKind) async throws {
        try await BackupFixture.withBackup(kind) { file, key in
            let check = try BackupCheck.read(file) { _ in key.publicKey }
            try await withDatabase(kind, migrations: []) { database in
                let program = Migrator([StorageSchema.migrations, Self.newer])
                try await check.load(into: database, migrator: program, at: TestDatabase.now)
                // The older program, to which one rolls back, finds its own schema.
                #expect(try await BackupFixture.migrator.pending(on: database) == [])
                #expect(try await program.run(on: database, at: TestDatabase.now).map(\.id) == ["0002-more"])
                let more = try await database.read { snapshot in
                    try snapshot.rows("SELECT more FROM demo_value ORDER BY id").map {
                        try $0.get("more", as: String?.self)
                    }
                }
                #expect(more == [nil, "行\n二 ' \" ; 𠮷", ""])
            }
        }
    }

    @Test("a newer one is refused before anything is written", arguments: TestDatabase.all)
    func newerBackup(_ kind: TestDatabaseKind) async throws {
        try await BackupFixture.withBackup(kind) { file, key in
            let check = try BackupCheck.read(file) { _ in key.publicKey }
            try await withDatabase(kind, migrations: []) { database in
                let error = await #expect(throws: StorageError.self) {
                    try await check.load(
                        into: database, migrator: Migrator([StorageSchema.migrations]), at: TestDatabase.now)
                }
                #expect(error?.code == .newerDatabase)
                #expect(error?.message.contains("demo/0001-values") == true)
                let isEmpty = try await database.read { try !$0.hasTable("restore_unfinished") && Migrator.isEmpty($0) }
                #expect(isEmpty)
            }
        }
    }

    @Test("a loading that was cut off is recognised", arguments: TestDatabase.all)
    func cutOff(_ kind: TestDatabaseKind) async throws {
        try await BackupFixture.withBackup(kind) { file, key in
            let check = try BackupCheck.read(file) { _ in key.publicKey }
            var bytes = try #require(FileManager.default.contents(atPath: file))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: file))
            try await withDatabase(kind, migrations: []) { database in
                let error = await #expect(throws: StorageError.self) {
                    try await check.load(into: database, migrator: BackupFixture.migrator, at: TestDatabase.now)
                }
                #expect(error?.code == .backup)
                let isUnfinished = try await BackupCheck.isUnfinished(database)
                #expect(isUnfinished)
            }
        }
    }
}
