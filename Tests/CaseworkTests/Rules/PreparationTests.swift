import Extension
import Storage
import StorageTestSupport
import Testing

@Suite("What a call makes ready before its write")
struct PreparationTests {
    private struct Refusal: Error {}

    private func call(_ world: World, isRepeatable: Bool) async throws -> Call {
        let keys = IdempotencyKeys(cipher: try await Keyring.forTests(world.database).cipher)
        let request = IdempotencyRequest(keys: keys, scope: "mother", key: "1", requestDigest: [1])
        return Call(act: world.mother, idempotency: isRepeatable ? request : nil)
    }

    @Test("it is made ready apart only where writes wait for each other", arguments: TestDatabase.all)
    func waiting(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let value = try await call(world, isRepeatable: false).prepare(from: world.database) { _ in 1 }
            #expect(value == (kind == .sqlite ? 1 : nil))
        }
    }

    @Test("what goes wrong is told at once, but for a call that may be owed the answer of its first time")
    func failure() async throws {
        try await World.run(on: .sqlite) { world in
            await #expect(throws: Refusal.self) {
                try await call(world, isRepeatable: false).prepare(from: world.database) { _ in throw Refusal() }
            }
            let value: Int? = try await call(world, isRepeatable: true).prepare(from: world.database) { _ in
                throw Refusal()
            }
            #expect(value == nil)
        }
    }
}
