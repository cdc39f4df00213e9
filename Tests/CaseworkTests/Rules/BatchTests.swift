import Casework
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Results entered in batches")
struct BatchTests {
    private static let household = [
        "household-register": ["number": "H1", "id_number": "43060319060617135X", "registered_on": "2026-03-02"]
    ]

    @Test("each line stands alone, and a list that was mended is sent again as a whole", arguments: TestDatabase.all)
    func lines(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var files: [CaseFile] = []
            for child in ["李一", "李二"] {
                var form = World.birthForm
                form["child_name"] = child
                files.append(try await world.submitted(form))
            }
            for file in files { _ = try await world.accept(file.id) }
            _ = try await world.grant("P01", files[0].id)
            let numbers = files.compactMap(\.number)
            let list = [
                BatchEntry(number: numbers[0], item: "P03", outsideNumber: "HJ-1", results: Self.household),
                BatchEntry(number: numbers[1], item: "P03", outsideNumber: "HJ-2", results: Self.household),
                BatchEntry(number: "没有这一件", item: "P03", results: Self.household),
            ]
            let first = try await world.casework.grantAll(list, by: world.officer("公安"))
            #expect(first.map(\.isGranted) == [true, false, false])
            #expect(first[1].message?.contains("轮到") == true)
            #expect(first[2].code == "casework.not_found")
            let sight = try await world.casework.sight(of: files[0].id, by: world.officer("公安"))
            #expect(sight.file.task("P03")?.outsideNumber == "HJ-1")
            let untouched = try await world.casework.sight(of: files[1].id, by: world.officer("公安"))
            #expect(untouched.file.task("P03")?.outsideNumber == nil)

            _ = try await world.grant("P01", files[1].id)
            let second = try await world.casework.grantAll(list, by: world.officer("公安"))
            #expect(second.map(\.isGranted) == [false, true, false])
            #expect(second[0].message?.contains("已经办结") == true)
        }
    }

    @Test("a line of another agency's item is as if there were none")
    func foreign() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            _ = try await world.accept(file.id)
            let entry = BatchEntry(number: file.number ?? "", item: "P03", results: Self.household)
            let outcome = try await world.casework.grantAll([entry], by: world.officer("卫健"))
            #expect(outcome.map(\.code) == ["casework.not_found"])
        }
    }
}
