import Cryptography
import Foundation
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing

@Suite("The master key's file")
struct MasterKeyTests {
    private func withPath(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "yiciban-key-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test("a new key is in a file that only its owner may read, and is never overwritten")
    func create() throws {
        try withPath { path in
            _ = try MasterKey.create(path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            _ = try MasterKey.load(path)
            #expect(#expect(throws: StorageError.self) { try MasterKey.create(path) }?.code == .keys)
        }
    }

    @Test("a wider mode is refused with the command that mends it", arguments: [0o640, 0o604, 0o660, 0o777])
    func wideMode(_ mode: Int) throws {
        try withPath { path in
            _ = try MasterKey.create(path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let error = #expect(throws: StorageError.self) { try MasterKey.load(path) }
            #expect(error?.message.contains("chmod 600 \(path)") == true)
        }
    }

    @Test("a missing or cut file is refused", arguments: ["", "yiciban-master-key-1 00ff\n", "secret"])
    func damaged(_ content: String) throws {
        try withPath { path in
            #expect(throws: StorageError.self) { try MasterKey.load(path) }
            #expect(
                FileManager.default.createFile(
                    atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600]))
            #expect(#expect(throws: StorageError.self) { try MasterKey.load(path) }?.code == .keys)
        }
    }
}

@Suite("Encrypted values")
struct FieldCipherTests {
    @Test("a value opens in its own place only", arguments: TestDatabase.all)
    func moved(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let cipher = try await Keyring.forTests(database).cipher
            let sealed = try cipher.sealText("张三", context: "person.name/1", seed: .random())
            #expect(try cipher.openText(sealed, context: "person.name/1") == "张三")
            #expect(!String(decoding: sealed, as: UTF8.self).contains("张三"))
            for context in ["person.name/2", "person.phone/1", ""] {
                #expect(
                    #expect(throws: StorageError.self) { try cipher.openText(sealed, context: context) }?.code == .keys)
            }
        }
    }

    @Test("any changed byte is noticed")
    func changed() async throws {
        try await withDatabase(.sqlite) { database in
            let cipher = try await Keyring.forTests(database).cipher
            let sealed = try cipher.sealText("430602", context: "c", seed: .random())
            for index in sealed.indices {
                var other = sealed
                other[index] ^= 1
                #expect(throws: StorageError.self) { try cipher.open(other, context: "c") }
            }
            for length in 0..<sealed.count {
                #expect(throws: StorageError.self) { try cipher.open(Array(sealed.prefix(length)), context: "c") }
            }
        }
    }

    @Test("a closure that runs twice seals alike, and other content under the same seed gets another nonce")
    func retried() async throws {
        try await withDatabase(.sqlite) { database in
            let cipher = try await Keyring.forTests(database).cipher
            let seed = Seed.random()
            let first = try cipher.sealText("a", context: "c", seed: seed)
            #expect(try cipher.sealText("a", context: "c", seed: seed) == first)
            #expect(try cipher.sealText("b", context: "c", seed: seed)[6..<22] != first[6..<22])
            #expect(try cipher.sealText("a", context: "c", seed: .random()) != first)
        }
    }

    @Test("digests depend on value and purpose, and stay the same after opening again", arguments: TestDatabase.all)
    func digests(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let cipher = try await Keyring.forTests(database).cipher
            let index = cipher.blindIndex("13800000000", purpose: "phone")
            #expect(index.count == 32)
            #expect(index != cipher.blindIndex("13800000000", purpose: "fax"))
            #expect(index != cipher.blindIndex("13800000001", purpose: "phone"))
            #expect(index != cipher.digest(Array("13800000000".utf8), purpose: "phone"))
            let again = try await Keyring.forTests(database).cipher
            #expect(again.blindIndex("13800000000", purpose: "phone") == index)
        }
    }

    @Test("another master key is refused", arguments: TestDatabase.all)
    func otherMaster(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            _ = try await Keyring.forTests(database)
            let error = await #expect(throws: StorageError.self) { try await Keyring.forTests(database, master: 8) }
            #expect(error?.code == .keys)
        }
    }

    @Test("servers that start at once agree on the first key", arguments: TestDatabase.all)
    func together(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let keyrings = try await withThrowingTaskGroup(of: Keyring.self) { group in
                for _ in 0..<8 { group.addTask { try await Keyring.forTests(database) } }
                return try await group.reduce(into: [Keyring]()) { $0.append($1) }
            }
            let sealed = try keyrings[0].cipher.sealText("x", context: "c", seed: .random())
            for keyring in keyrings { #expect(try keyring.cipher.openText(sealed, context: "c") == "x") }
        }
    }
}

@Suite("Key rotation")
struct KeyRotationTests {
    static let column = EncryptedColumn(table: "secret", keys: ["division", "id"], column: "sealed") {
        "secret/\(try $0.get("division", as: String.self))/\(try $0.get("id", as: Int.self))"
    }
    static let table = MigrationSet(
        owner: "secrets", tablePrefix: nil,
        migrations: [
            Migration(
                "0001-secret",
                """
                CREATE TABLE secret (division TEXT NOT NULL, id BIGINT NOT NULL, sealed BLOB,
                                     PRIMARY KEY (division, id))
                """)
        ])

    private static func put(_ database: any Database, _ cipher: FieldCipher, _ id: Int, _ text: String) async throws {
        let seed = Seed.random()
        try await database.write { transaction in
            let sealed = try cipher.sealText(text, context: "secret/4306/\(id)", seed: seed)
            try transaction.execute(
                """
                INSERT INTO secret (division, id, sealed) VALUES ('4306', ?, ?)
                ON CONFLICT (division, id) DO UPDATE SET sealed = excluded.sealed
                """, id, sealed)
        }
    }

    private static func get(_ database: any Database, _ cipher: FieldCipher, _ id: Int) async throws -> String {
        try await database.read { snapshot in
            let row = try snapshot.row("SELECT sealed FROM secret WHERE id = ?", id)
            return try cipher.openText(try row?.get("sealed") ?? [], context: "secret/4306/\(id)")
        }
    }

    @Test("all values are sealed anew and a server without the new key learns it", arguments: TestDatabase.all)
    func rotates(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, Self.table]) { database in
            let operatorKeys = try await Keyring.forTests(database)
            let serverKeys = try await Keyring.forTests(database)
            for id in 0..<25 { try await Self.put(database, serverKeys.cipher, id, "v\(id)") }
            try await database.write { _ = try $0.execute("INSERT INTO secret (division, id) VALUES ('4306', 99)") }
            let reports = Mutex(0)
            let result = try await KeyRotation([Self.column], batch: 10).run(
                on: database, keyring: operatorKeys, at: TestDatabase.now
            ) { _ in reports.withLock { $0 += 1 } }
            #expect(result.sealed == 25)
            #expect(reports.withLock { $0 } == 3)
            let versions = try await database.read {
                try $0.rows("SELECT DISTINCT substr(sealed, 1, 5) AS header FROM secret WHERE sealed IS NOT NULL")
                    .map { try $0.get("header", as: [UInt8].self) }
            }
            #expect(versions == [[1, 0, 0, 0, 2]])
            #expect(serverKeys.newest == 1)
            for id in 0..<25 { #expect(try await Self.get(database, serverKeys.cipher, id) == "v\(id)") }
            #expect(serverKeys.newest == 2)
            let retired = try await database.read {
                try $0.rows("SELECT id FROM data_key WHERE retired_at IS NOT NULL").count
            }
            #expect(retired == 1)
        }
    }

    @Test("inside a write closure too an unknown key is learned", arguments: TestDatabase.all)
    func insideWrite(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, Self.table]) { database in
            let operatorKeys = try await Keyring.forTests(database)
            let serverKeys = try await Keyring.forTests(database)
            try await Self.put(database, serverKeys.cipher, 1, "a")
            try await KeyRotation([Self.column]).run(on: database, keyring: operatorKeys, at: TestDatabase.now)
            let text = try await database.write { transaction in
                let row = try transaction.row("SELECT sealed FROM secret WHERE id = 1")
                return try serverKeys.cipher.openText(try row?.get("sealed") ?? [], context: "secret/4306/1")
            }
            #expect(text == "a")
        }
    }

    @Test("writes during a rotation are neither lost nor unreadable", arguments: TestDatabase.all)
    func concurrentWrites(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, Self.table]) { database in
            let operatorKeys = try await Keyring.forTests(database)
            let serverKeys = try await Keyring.forTests(database)
            for id in 0..<100 { try await Self.put(database, serverKeys.cipher, id, "old") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await KeyRotation([Self.column], batch: 7).run(
                        on: database, keyring: operatorKeys, at: TestDatabase.now)
                }
                group.addTask {
                    for id in stride(from: 99, through: 0, by: -1) {
                        try await Self.put(database, serverKeys.cipher, id, "new \(id)")
                    }
                }
                try await group.waitForAll()
            }
            for id in 0..<100 { #expect(try await Self.get(database, operatorKeys.cipher, id) == "new \(id)") }
        }
    }

    @Test("an interrupted rotation is taken up without a further key", arguments: TestDatabase.all)
    func resumed(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, Self.table]) { database in
            let keyring = try await Keyring.forTests(database)
            for id in 0..<30 { try await Self.put(database, keyring.cipher, id, "v\(id)") }
            let rotation = KeyRotation([Self.column], batch: 10)
            let task = Task {
                try await rotation.run(on: database, keyring: keyring, at: TestDatabase.now) { _ in
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            let result = try await rotation.run(on: database, keyring: keyring, at: TestDatabase.now)
            #expect(result.key == 2)
            #expect(result.sealed == 20)
        }
    }

    @Test("the blobs and recorded answers of Storage itself are sealed anew", arguments: TestDatabase.all)
    func ownColumns(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let keyring = try await Keyring.forTests(database)
            let store = BlobStore(cipher: keyring.cipher)
            let keys = IdempotencyKeys(cipher: keyring.cipher)
            let blob = try store.prepare(trusted: [UInt8](repeating: 5, count: 600_000), type: .pdf, division: "4306")
            try await database.write { transaction in
                try store.put(blob, at: TestDatabase.now, in: transaction)
                _ = try keys.claim(
                    scope: "s", key: "k", requestDigest: [1], at: TestDatabase.now, in: transaction)
                try keys.record(
                    IdempotencyKeys.Answer(status: 200, body: [7]), scope: "s", key: "k",
                    seed: Seed(bytes: [UInt8](repeating: 1, count: 32)), in: transaction)
            }
            let result = try await KeyRotation(StorageSchema.encryptedColumns).run(
                on: database, keyring: keyring, at: TestDatabase.now)
            #expect(result.sealed == 4)
            let (bytes, claim) = try await database.write { transaction in
                (
                    try store.get(blob.id, division: "4306", in: transaction),
                    try keys.claim(scope: "s", key: "k", requestDigest: [1], at: TestDatabase.now, in: transaction)
                )
            }
            #expect(bytes?.count == 600_000)
            #expect(claim == .replay(IdempotencyKeys.Answer(status: 200, body: [7])))
        }
    }
}
