import Foundation
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Identifiers and seeds")
struct IdentifierTests {
    @Test("identifiers sort as their times and give them back")
    func order() throws {
        var generator = SeededGenerator(seed: 1)
        let times = (0..<500).map { _ in Int64.random(in: 0..<(1 << 48), using: &generator) }.sorted()
        let identifiers = times.map { time in
            Identifier(
                at: Instant(milliseconds: time),
                random: (0..<Identifier.randomLength).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        #expect(identifiers.map(\.instant.milliseconds) == times)
        #expect(zip(identifiers, identifiers.dropFirst()).allSatisfy { $0 < $1 || $0.instant == $1.instant })
        #expect(identifiers.allSatisfy { (try? Identifier($0.text)) == $0 && $0.text.count == 26 })
    }

    @Test("the text is the published ULID form")
    func knownForm() {
        // 01ARYZ6S41 is the time of the example in the ULID specification, 1469918176385.
        let identifier = Identifier(
            at: Instant(milliseconds: 1_469_918_176_385), random: [UInt8](repeating: 255, count: 10))
        #expect(identifier.text == "01aryz6s41zzzzzzzzzzzzzzzz")
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "01aryz6s41zzzzzzzzzzzzzzz", "01ARYZ6S41ZZZZZZZZZZZZZZZZ", "81aryz6s41zzzzzzzzzzzzzzzz",
            "01aryz6s41zzzzzzzzzzzzzzzu", "01aryz6s41zzzzzzzzzzzzzzz'", "01aryz6s41zzzzzzzzzzzzzz岳",
        ])
    func refused(_ text: String) throws {
        #expect(#expect(throws: StorageError.self) { try Identifier(text) }?.code == .identifier)
        let json = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Identifier].self, from: json) }
        #expect(Identifier(sql: .text(text)) == nil)
    }

    @Test("JSON holds the plain text")
    func json() throws {
        let identifier = Seed(bytes: [UInt8](repeating: 1, count: 32)).identifier("a", at: TestDatabase.now)
        #expect(try String(decoding: JSONEncoder().encode([identifier]), as: UTF8.self) == "[\"\(identifier)\"]")
        #expect(try JSONDecoder().decode([Identifier].self, from: JSONEncoder().encode([identifier])) == [identifier])
    }

    @Test("a closure that runs twice with one seed makes the same values, and each label its own")
    func determinism() {
        let seed = Seed(bytes: [UInt8](repeating: 9, count: 32))
        let again = Seed(bytes: [UInt8](repeating: 9, count: 32))
        #expect(seed.identifier("case", at: TestDatabase.now) == again.identifier("case", at: TestDatabase.now))
        #expect(seed.bytes("key", count: 100) == again.bytes("key", count: 100))
        #expect(seed.bytes("key", count: 100).count == 100)
        #expect(seed.identifier("case", at: TestDatabase.now) != seed.identifier("task", at: TestDatabase.now))
        #expect(seed.derived("a").bytes("key", count: 32) != seed.bytes("key", count: 32))
        #expect(Seed.random().bytes("key", count: 32) != Seed.random().bytes("key", count: 32))
    }

    @Test("another text never gets the nonce of the first")
    func nonces() {
        let seed = Seed.random()
        let nonces = Set((0..<200).map { seed.nonce("row", for: [UInt8($0)]) })
        #expect(nonces.count == 200)
        #expect(nonces.allSatisfy { $0.count == 16 })
        #expect(seed.nonce("row", for: [1]) == seed.nonce("row", for: [1]))
        #expect(seed.nonce("row", for: [1]) != seed.nonce("other", for: [1]))
    }
}
