import Casework
import Extension
import Standards
import Storage
import StorageTestSupport
import Synchronization
import TestSupport
import Testing

@Suite("What stands outside of the lists")
struct ItemRegisterTests {
    @Test(
        "an item that is barred is neither applied for nor accepted, and the reason is told",
        .covers("R02.2", "R02.6"), arguments: TestDatabase.all)
    func barred(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let submitted = try await world.submitted()
            world.barred.bar("P03", "这个事项已暂停实施，目前不能申请。")
            for step in [{ try await world.accept(submitted.id) }, { try await world.submitted(Self.other) }] {
                let error = await #expect(throws: CaseworkError.self) { _ = try await step() }
                #expect(error?.findings.map(\.field) == ["item.P03"])
                #expect(error?.findings.first?.code == "casework.not_in_force")
            }
            world.barred.clear()
            #expect(try await world.accept(submitted.id).state == .inProgress)
        }
    }

    @Test(
        "an item that became a filing can't be refused, and others can",
        arguments: TestDatabase.all)
    func filing(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await world.submitted().id
            let file = try await world.accept(id)
            world.barred.makeFiling("P03", "已改为备案，不得不予办理。")
            _ = try await world.grant("P01", id)
            let officer = world.officer("公安")
            func refuse() async throws -> CaseFile {
                try await world.write { [casework = world.casework] in
                    try casework.refuse("P03", of: id, reason: "理由", remedy: "可以复议", by: officer, in: $0)
                }
            }
            let error = await #expect(throws: CaseworkError.self) { _ = try await refuse() }
            #expect(error?.code == .wrongState)
            let day = TestDatabase.now.day
            #expect(try await world.casework.refusalBar("P03", division: file.division, on: day) != nil)
            #expect(try await world.casework.refusalBar("P02", division: file.division, on: day) == nil)
            world.barred.clear()
            #expect(try await refuse().task("P03")?.decision?.outcome == .refused)
        }
    }

    private static let other = World.birthForm.merging(["child_name": "李望南"]) { $1 }
}

/// Items that a test bars.
final class BarredItems: ItemRegister {
    private let reasons = Mutex<[String: String]>([:])
    private let filings = Mutex<[String: String]>([:])

    func bar(_ item: String, _ reason: String) { reasons.withLock { $0[item] = reason } }

    func makeFiling(_ item: String, _ reason: String) { filings.withLock { $0[item] = reason } }

    func clear() {
        reasons.withLock { $0 = [:] }
        filings.withLock { $0 = [:] }
    }

    func unrefusable(
        _ item: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> String? { filings.withLock { $0[item] } }

    func barred(
        _ items: [String], division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [String: String] {
        reasons.withLock { reasons in reasons.filter { items.contains($0.key) } }
    }
}
