import Casework
import Extension
import Storage
import StorageTestSupport
import Testing

@Suite("What a supervisor sees")
struct SupervisionTests {
    @Test(
        "the cases of a division in one state, due first, page by page, and every look is recorded",
        arguments: TestDatabase.all)
    func list(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var ids: [Identifier] = []
            for child in ["一", "二", "三"] {
                ids.append(try await world.submitted(World.birthForm.merging(["child_name": "李\(child)"]) { $1 }).id)
                world.wait(.seconds(86_400))
            }
            let queue = try await world.casework.supervised(state: .submitted, limit: 2, by: world.supervisor)
            #expect(queue.items.map(\.id) == ids.prefix(2).map(\.text))
            #expect(queue.items.allSatisfy { $0.due != nil && $0.daysLeft != nil })
            let rest = try await world.casework.supervised(
                state: .submitted, after: queue.next, limit: 2, by: world.supervisor)
            #expect(rest.items.map(\.id) == [ids[2].text])
            #expect(rest.next == nil)

            for id in ids { _ = try await world.accept(id) }
            #expect(try await world.casework.supervised(state: .submitted, by: world.supervisor).items.isEmpty)
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await world.casework.supervised(
                    division: "430602", after: cursor, limit: 1, by: world.supervisor)
                seen += page.items.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(seen == ids.map(\.text))

            let act = world.mother
            _ = try await world.write { [casework = world.casework, first = ids[0]] in
                try casework.withdraw(first, by: act, in: $0)
            }
            let withdrawn = try await world.casework.supervised(state: .withdrawn, by: world.supervisor)
            #expect(withdrawn.items.map(\.id) == [ids[0].text])
            #expect(withdrawn.items.first?.daysLeft == nil)

            try await world.casework.flushLookUps()
            let looks = try await world.database.read {
                try $0.rows("SELECT body FROM journal WHERE type = ?", CasesListed.name).count
            }
            #expect(looks == 7)
        }
    }

    @Test("a supervisor reads a case and changes nothing; nobody else lists")
    func readOnly() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            #expect(try await world.casework.sight(of: id, by: world.supervisor).role == .clerk)
            await #expect(throws: CaseworkError.self) { _ = try await world.accept(id, by: world.supervisor) }
            for act in [world.clerk, world.officer("公安"), world.mother] {
                await #expect(throws: CaseworkError.self) { _ = try await world.casework.supervised(by: act) }
            }
        }
    }

    @Test("another division, a draft and a malformed cursor are refused with what to do")
    func refused() async throws {
        try await World.run(on: .sqlite) { world in
            func field(_ body: () async throws -> Void) async throws -> String? {
                do { try await body() } catch let error as CaseworkError { return error.findings.first?.field }
                return nil
            }
            let casework = world.casework
            let supervisor = world.supervisor
            let division = try await field { _ = try await casework.supervised(division: "110101", by: supervisor) }
            #expect(division == "division")
            let state = try await field { _ = try await casework.supervised(state: .draft, by: supervisor) }
            #expect(state == "state")
            let after = try await field { _ = try await casework.supervised(after: "zzz", by: supervisor) }
            #expect(after == "after")
            let queue = try await field { _ = try await casework.acceptanceQueue(after: "1~x~", by: world.clerk) }
            #expect(queue == "after")
            let mine = try await field { _ = try await casework.mine(after: "zzz", by: world.mother) }
            #expect(mine == "after")
        }
    }

    @Test("a draft for a division that is not served is refused at once", arguments: ["110101", "999999", "x"])
    func foreignDivision(_ division: String) async throws {
        try await World.run(on: .sqlite) { world in
            let error = await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.begin(
                    theme: "birth", answers: World.birthAnswers, division: division, by: world.mother)
            }
            #expect(error?.findings.first?.field == "division")
        }
    }
}
