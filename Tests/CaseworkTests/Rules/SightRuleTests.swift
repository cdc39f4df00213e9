import Casework
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@Suite("What each viewer reads")
struct SightRuleTests {
    @Test("an officer whose item still waits reads covered personal data, and all of it once the item is open")
    func covered() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            func form() async throws -> [String: String] {
                try await world.casework.sight(of: id, by: world.officer("公安")).file.form
            }
            let before = try await form()
            #expect(before["applicant_id_number"] == "430623191011229428", "faults are named before acceptance")
            _ = try await world.accept(id)
            let waiting = try await form()
            #expect(waiting["applicant_id_number"]?.contains("*") == true)
            #expect(waiting["applicant_mobile"]?.contains("*") == true)
            #expect(waiting["household_address"]?.hasSuffix("****") == true)
            _ = try await world.grant("P01", id)
            #expect(try await form()["applicant_id_number"] == "430623191011229428")
        }
    }

    @Test(
        "an enterprise's case is its own: who began it has no part in it without a mandate", arguments: TestDatabase.all
    )
    func formerAgent(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let casework = world.casework
            let (agent, former, colleague) = (world.person(41, for: 49), world.person(41), world.person(42, for: 49))
            let id = try await casework.begin(
                theme: "enterprise-setup", answers: World.setupAnswers, by: agent
            ).id
            for act in [agent, colleague] { #expect(try await casework.sight(of: id, by: act).role == .applicant) }
            let refused = await #expect(throws: CaseworkError.self) { try await casework.sight(of: id, by: former) }
            #expect(refused?.code == .notFound)
            await #expect(throws: CaseworkError.self) {
                try await casework.database.write { transaction in
                    _ = try casework.fill(id, values: ["company_name": "某某"], by: former, in: transaction)
                }
            }
            #expect(try await casework.mine(by: agent).items.map(\.id) == [id.text])
            #expect(try await casework.mine(by: former).items.isEmpty)
        }
    }

    @Test("lists say whose the cases are: in full to the owner, covered to the staff", arguments: TestDatabase.all)
    func names(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let casework = world.casework
            let id = try await world.submitted().id
            #expect(try await casework.mine(by: world.mother).items.first?.subject == "李望舒")
            let queued = try await casework.acceptanceQueue(by: world.clerk).items.first
            #expect(queued?.applicant == "李**" && queued?.subject == "李**")
            let waiting = try await casework.reviews(by: world.officer("卫健")).items
            #expect(waiting.first { $0.item == "P01" }?.stateText == "待受理")
            #expect(waiting.first?.subject == "李**")
            _ = try await world.accept(id)
            let open = try await casework.worklist(by: world.officer("卫健")).items
            #expect(open.map(\.subject) == ["李**"])
            #expect(try await casework.worklist(naming: false, by: world.officer("卫健")).items.first?.subject == nil)
            let later = try await casework.worklist(state: .waiting, by: world.officer("公安")).items
            #expect(later.first { $0.item == "P03" }?.stateText == "等待前序事项")
        }
    }

    @Test("before acceptance every item waits for the acceptance, also the one that waits for no other")
    func standing() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            func texts() async throws -> [String] {
                CaseView(try await world.casework.sight(of: id, by: world.mother), at: world.now).items.map(\.stateText)
            }
            #expect(Set(try await texts()) == ["等待受理"])
            _ = try await world.accept(id)
            #expect(Set(try await texts()) == ["办理中", "等待前序事项"])
        }
    }
}
