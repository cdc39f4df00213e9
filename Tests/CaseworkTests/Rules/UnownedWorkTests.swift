import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing
import TestSupport

@Suite("Open work is never invisible to everyone")
struct UnownedWorkTests {
    @Test(
        "an item is told as nobody's exactly when none of those who are there may decide it",
        arguments: TestDatabase.all,
        [false, true])
    func items(kind: TestDatabaseKind, allowsSameOfficer: Bool) async throws {
        try await World.run(on: kind) { world in
            if allowsSameOfficer {
                try await world.apply(World.bundled.map { $0.id == "birth" ? $0.allowingSameOfficer() : $0 })
            }
            let agency = TownAgencies.id(of: "卫健")
            let acts = [world.clerk(deciding: "卫健"), world.officer("卫健"), world.officer("卫健", number: 21)]
            // Whether each of them may decide what the first accepted, by trying.
            var may: [Identifier: Bool] = [:]
            for (index, act) in acts.enumerated() {
                var form = World.birthForm
                form["child_name"] = ["李望舒", "李清和", "李思远"][index]
                let id = try await world.submitted(form).id
                _ = try await world.accept(id, by: acts[0])
                do {
                    _ = try await world.grant("P01", id, World.results["P01"]!.values, by: act)
                    may[act.actor.account!] = true
                } catch let error as CaseworkError where error.code == .dutySeparation {
                    may[act.actor.account!] = false
                }
            }
            #expect(may.values.filter { $0 }.count == (allowsSameOfficer ? 3 : 2))
            var form = World.birthForm
            form["child_name"] = "李望月"
            _ = try await world.accept(try await world.submitted(form).id, by: acts[0])
            let accounts = acts.compactMap(\.actor.account)
            world.attendance.clerks.withLock { $0 = ["430602": [accounts[0]]] }
            for subset in 0..<8 {
                let present = Set(accounts.indices.filter { subset & (1 << $0) != 0 }.map { accounts[$0] })
                world.attendance.deciders.withLock { $0 = [agency: present] }
                let told = try await world.casework.unownedWork(by: world.system)
                let canBeDone = present.contains { may[$0] == true }
                #expect(told.isEmpty == canBeDone, "\(subset)")
                #expect(told.allSatisfy { $0.kind == (present.isEmpty ? .noDecider : .sameOfficer) && $0.count > 0 })
            }
        }
    }

    @Test("a submitted case is told as nobody's while no clerk of its division is there", arguments: TestDatabase.all)
    func cases(kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            world.attendance.clerks.withLock { $0 = ["430602": []] }
            #expect(try await world.casework.unownedWork(by: world.system).map(\.kind) == [.noClerk])
            _ = try await world.accept(file.id)
            #expect(try await world.casework.unownedWork(by: world.system) == [])
        }
    }
}
