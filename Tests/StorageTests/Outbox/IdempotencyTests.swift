import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Idempotency keys")
struct IdempotencyTests {
    private static let answer = IdempotencyKeys.Answer(status: 201, body: Array("编号 1".utf8), version: 7)

    private static func submit(
        _ database: any Database, _ keys: IdempotencyKeys, key: String = "k", digest: [UInt8] = [1], fails: Bool = false
    ) async throws -> (claim: IdempotencyKeys.Claim, effects: Int) {
        let seed = Seed.random()
        return try await database.write { transaction in
            let claim = try keys.claim(
                scope: "account/1", key: key, requestDigest: digest, at: TestDatabase.now, in: transaction)
            if claim == .fresh {
                try transaction.execute("INSERT INTO item (id, text) SELECT COUNT(*) + 1, '' FROM item")
                if fails { throw Refusal() }
                try keys.record(Self.answer, scope: "account/1", key: key, seed: seed, in: transaction)
            }
            return (claim, try transaction.rows("SELECT id FROM item").count)
        }
    }

    @Test("a repeated request gets the first answer and has no second effect", arguments: TestDatabase.all)
    func replay(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, .items]) { database in
            let keys = IdempotencyKeys(cipher: try await Keyring.forTests(database).cipher)
            #expect(try await Self.submit(database, keys).claim == .fresh)
            let again = try await Self.submit(database, keys)
            #expect(again.claim == .replay(Self.answer))
            #expect(again.effects == 1)
            #expect(try await Self.submit(database, keys, digest: [2]).claim == .mismatch)
            #expect(try await Self.submit(database, keys, key: "other").effects == 2)
        }
    }

    @Test("a request that failed may be repeated", arguments: TestDatabase.all)
    func failed(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, .items]) { database in
            let keys = IdempotencyKeys(cipher: try await Keyring.forTests(database).cipher)
            await #expect(throws: Refusal.self) { try await Self.submit(database, keys, fails: true) }
            #expect(try await Self.submit(database, keys).claim == .fresh)
        }
    }

    @Test("of many equal requests at once one has an effect", arguments: TestDatabase.all)
    func together(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, .items]) { database in
            let keys = IdempotencyKeys(cipher: try await Keyring.forTests(database).cipher)
            let claims = try await withThrowingTaskGroup(of: IdempotencyKeys.Claim.self) { group in
                for _ in 0..<20 { group.addTask { try await Self.submit(database, keys).claim } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(claims.count { $0 == .fresh } == 1)
            #expect(claims.count { $0 == .replay(Self.answer) } == 19)
        }
    }

    @Test("the recorded answer is not readable in the database", arguments: TestDatabase.all)
    func sealed(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, .items]) { database in
            let keys = IdempotencyKeys(cipher: try await Keyring.forTests(database).cipher)
            _ = try await Self.submit(database, keys)
            let body = try await database.read {
                try $0.row("SELECT body FROM idempotency_key")?.get("body", as: [UInt8].self) ?? []
            }
            #expect(!body.isEmpty)
            #expect(!String(decoding: body, as: UTF8.self).contains("编号"))
        }
    }

    @Test("a key that was claimed but never answered is not taken for a fresh one", arguments: TestDatabase.all)
    func unrecorded(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let keys = IdempotencyKeys(cipher: try await Keyring.forTests(database).cipher)
            let claim: @Sendable (Transaction) throws -> IdempotencyKeys.Claim = {
                try keys.claim(scope: "s", key: "k", requestDigest: [1], at: TestDatabase.now, in: $0)
            }
            #expect(try await database.write(claim) == .fresh)
            let error = await #expect(throws: StorageError.self) { try await database.write(claim) }
            #expect(error?.code == .unrecordedAnswer)
        }
    }

    @Test("old keys are forgotten, young ones kept", arguments: TestDatabase.all)
    func expiry(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let keys = IdempotencyKeys(cipher: try await Keyring.forTests(database).cipher)
            for number in 0..<10 {
                _ = try await database.write { transaction in
                    try keys.claim(
                        scope: "s", key: "\(number)", requestDigest: [1],
                        at: TestDatabase.now.adding(.seconds(number)), in: transaction)
                }
            }
            let deleted = try await IdempotencyKeys.expire(before: TestDatabase.now.adding(.seconds(4)), on: database)
            #expect(deleted == 4)
            #expect(try await IdempotencyKeys.expire(before: TestDatabase.now.adding(.seconds(4)), on: database) == 0)
        }
    }
}
