import Casework
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@Suite("Numbers of papers")
struct PaperNumberTests {
    private struct Abandoned: Error {}

    /// The numbers that were given, by agency, word and year.
    private static func serials(_ world: World) async throws -> [String: [Int]] {
        try await world.database.read { snapshot in
            var serials: [String: [Int]] = [:]
            for row in try snapshot.rows("SELECT agency, word, year, serial FROM case_paper ORDER BY serial") {
                let year: Int = try row.get("year")
                let key = try "\(row.get("agency", as: String.self))/\(row.get("word", as: String.self))/\(year)"
                serials[key, default: []].append(try row.get("serial"))
            }
            return serials
        }
    }

    @Test(
        "they have no gap and none comes twice, however changes run together, fail and are given up",
        arguments: TestDatabase.all, [1, 2, 3] as [UInt64])
    func gapless(_ kind: TestDatabaseKind, _ seed: UInt64) async throws {
        try await World.run(on: kind) { world in
            var random = Sequence64(state: seed)
            var files: [CaseFile] = []
            for name in ["李甲", "李乙", "李丙", "李丁", "李戊", "李己", "李庚", "李辛"] {
                var form = World.birthForm
                form["child_name"] = name
                form["birth_day"] = "2026-02-\(10 + files.count)"
                let draft = try await world.begin(form)
                files.append(try await world.attach(draft.id))
            }
            // Each case takes two steps with the others in between; every third step is given up after the papers were
            // written, and tried again.
            let fails = files.map { _ in (0..<2).map { _ in random.next() % 3 == 0 } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, file) in files.enumerated() {
                    group.addTask { [casework = world.casework, database = world.database] in
                        if fails[index][0] {
                            let act = world.mother
                            await #expect(throws: Abandoned.self) {
                                try await database.write { transaction in
                                    _ = try casework.submit(file.id, by: act, in: transaction)
                                    throw Abandoned()
                                }
                            }
                        }
                        let act = world.mother
                        let result = try await database.write { try casework.submit(file.id, by: act, in: $0) }
                        guard case .submitted = result else { throw TestDatabaseError.replanned }
                        if fails[index][1] {
                            let act = world.clerk
                            await #expect(throws: Abandoned.self) {
                                try await database.write { transaction in
                                    _ = try casework.accept(file.id, by: act, in: transaction)
                                    throw Abandoned()
                                }
                            }
                        }
                        let clerk = world.clerk
                        _ = try await database.write { try casework.accept(file.id, by: clerk, in: $0) }
                    }
                }
                try await group.waitForAll()
            }
            let serials = try await Self.serials(world)
            #expect(serials.count == 2)
            for (key, numbers) in serials { #expect(numbers == Array(1...8), "\(key)") }
            // The counters agree, so that the next number follows.
            let last: [Int] = try await world.database.read { snapshot in
                try snapshot.rows("SELECT last FROM case_paper_serial").map { try $0.get("last") }
            }
            #expect(last == [8, 8])
        }
    }

    @Test("a refused step takes no number", arguments: TestDatabase.all)
    func refused(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            _ = try await world.accept(file.id)
            await #expect(throws: CaseworkError.self) { _ = try await world.accept(file.id) }
            #expect(try await Self.serials(world).values.allSatisfy { $0 == [1] })
        }
    }

    @Test("they begin anew with the year as it is counted in China", arguments: TestDatabase.all)
    func year(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind, from: "2026-12-31T15:59:00Z") { world in
            var form = World.birthForm
            form["birth_day"] = "2026-12-20"
            let old = try await world.submitted(form)
            #expect(old.papers?.map(\.number) == ["本地卫健收字〔2026〕1号"])
            try world.set("2026-12-31T16:00:00Z")
            form["child_name"] = "李新"
            let new = try await world.submitted(form)
            #expect(new.papers?.map(\.number) == ["本地卫健收字〔2027〕1号"])
        }
    }
}

/// Numbers that depend on the seed alone.
private struct Sequence64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
