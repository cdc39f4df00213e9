import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Casework

@Suite("The officers' list of cases that are not accepted yet")
struct ReviewListTests {
    /// Submits a case for a child of that name on a day of March 2026.
    private func submit(_ child: String, on day: Int, _ world: World) async throws -> Identifier {
        var form = World.birthForm
        form["child_name"] = child
        try world.set("2026-03-0\(day)T01:00:00Z")
        return try await world.submitted(form).id
    }

    private func waiting(_ world: World, _ department: String) async throws -> [String] {
        try await world.casework.worklist(state: .waiting, by: world.officer(department)).items.map(\.caseID)
    }

    private func reviews(_ world: World, _ department: String) async throws -> [String] {
        try await world.casework.reviews(by: world.officer(department)).items.map(\.caseID)
    }

    @Test("what the window decides first stands on top, page by page", .covers("R12.1"), arguments: TestDatabase.all)
    func dueFirst(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var ids: [String] = []
            for (day, child) in [(5, "李五"), (3, "李三"), (4, "李四")] {
                ids.append(try await submit(child, on: day, world).text)
            }
            let first = try await world.casework.reviews(limit: 2, by: world.officer("公安"))
            let rest = try await world.casework.reviews(after: first.next, limit: 2, by: world.officer("公安"))
            #expect((first.items + rest.items).map(\.caseID) == [ids[1], ids[2], ids[0]])
            #expect(rest.next == nil)
            #expect((first.items + rest.items).allSatisfy { $0.item == "P03" && $0.stateText == "待受理" })
            #expect(first.items.first?.due == (try LegalDay("2026-03-10")))
            // An agency with two items in the case sees both, and one with none sees nothing.
            #expect(try await world.casework.reviews(by: world.officer("卫健")).items.count == 6)
            #expect(try await reviews(world, "市监") == [])
        }
    }

    @Test(
        "an item leaves it by a notice or the acceptance, and only then waits for an earlier one",
        arguments: TestDatabase.all)
    func way(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await submit("李望舒", on: 2, world)
            #expect(try await reviews(world, "公安") == [id.text])
            #expect(try await waiting(world, "公安") == [])

            let clerk = world.clerk
            _ = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    id, faults: [Fault(target: "form.birth_place", text: "请写全称")], by: clerk, in: $0)
            }
            #expect(try await reviews(world, "公安") == [])
            #expect(try await waiting(world, "公安") == [])

            let mother = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(id, values: ["birth_place": "岳阳市妇幼保健院东院"], by: mother, in: $0)
            }
            world.wait(.seconds(86_400))
            _ = try await world.submit(id)
            let again = try await world.casework.reviews(by: world.officer("公安")).items
            #expect(again.map(\.due) == [try LegalDay("2026-03-10")])

            _ = try await world.accept(id)
            #expect(try await reviews(world, "公安") == [])
            #expect(try await waiting(world, "公安") == [id.text])
        }
    }

    @Test("a page is one range of the index, without sorting", arguments: TestDatabase.all)
    func index(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let plans = try await world.database.write { transaction in
                // A small table would be read as a whole; what matters is the way at a million rows.
                if kind == .postgreSQL {
                    try transaction.execute("SET LOCAL enable_seqscan = off")
                    try transaction.execute("SET LOCAL enable_bitmapscan = off")
                }
                let explain = kind == .sqlite ? "EXPLAIN QUERY PLAN" : "EXPLAIN"
                let column = kind == .sqlite ? "detail" : "QUERY PLAN"
                return try [
                    transaction.rows("\(explain) \(TaskListing.tasksByDay)", "a", "submitted", 1, "c", "i", 21),
                    transaction.rows("\(explain) \(TaskListing.tasksWithoutDay)", "a", "waiting", "c", "i", 21),
                ].map { try $0.map { try $0.get(column, as: String.self) }.joined(separator: "\n") }
            }
            for plan in plans {
                #expect(plan.contains("case_task_worklist"), "\(plan)")
                #expect(!plan.contains("Sort") && !plan.contains("TEMP B-TREE"), "\(plan)")
            }
            #expect(plans[0].contains(kind == .sqlite ? "due,case_id,item)>(?,?,?)" : "ROW(due, case_id, item)"))
        }
    }

    @Test("cases of an earlier program are put into the lists where they belong", arguments: TestDatabase.all)
    func migrated(_ kind: TestDatabaseKind) async throws {
        let all = CaseworkSchema.migrations
        let earlier = MigrationSet(
            owner: all.owner, tablePrefix: all.tablePrefix,
            migrations: Array(all.migrations.prefix { $0.id != "0004-reviews" }))
        try await withDatabase(kind, migrations: [StorageSchema.migrations, earlier]) { database in
            try await database.write { transaction in
                for (number, state) in ["submitted", "correction", "in-progress"].enumerated() {
                    try transaction.execute(
                        """
                        INSERT INTO case_file (division, id, number, theme, state, version, party, accept_by,
                            updated_at, body) VALUES ('430602', ?, ?, 'birth', ?, 1, 'p', ?, 0, ?)
                        """, "c\(number)", "n\(number)", state, state == "submitted" ? 20_520 : nil as Int?,
                        [0] as [UInt8])
                    try transaction.execute(
                        """
                        INSERT INTO case_task (division, case_id, item, agency, state, due, number, theme)
                        VALUES ('430602', ?, 'P03', 'a', 'waiting', NULL, ?, 'birth')
                        """, "c\(number)", "n\(number)")
                }
            }
            try await Migrator([StorageSchema.migrations, all]).run(on: database, at: TestDatabase.now)
            let tasks = try await database.read { snapshot in
                try snapshot.rows("SELECT state, due FROM case_task ORDER BY case_id")
                    .map { "\(try $0.get("state", as: String.self)) \(try $0.get("due", as: Int?.self) ?? 0)" }
            }
            #expect(tasks == ["submitted 20520", "correction 0", "waiting 0"])
        }
    }
}
