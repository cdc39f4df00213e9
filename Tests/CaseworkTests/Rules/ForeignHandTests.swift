import Casework
import Extension
import StorageTestSupport
import Testing

@Suite("What is not theirs to do")
struct ForeignHandTests {
    @Test("whoever sits at the command line takes no step of a case in nobody's name", arguments: TestDatabase.all)
    func nameless(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let casework = world.casework
            let file = try await world.submitted()
            let console = Act(actor: .system("console", terminal: .commandLine), now: world.now)
            await refused(.forbidden) { try await world.write { try casework.accept(file.id, by: console, in: $0) } }
            _ = try await world.accept(file.id)
            await refused(.forbidden) {
                try await world.grant("P01", file.id, World.results["P01"]?.values ?? [:], by: console)
            }
            await refused(.forbidden) { try await world.write { try casework.withdraw(file.id, by: console, in: $0) } }
        }
    }

    @Test("a clerk can't accept over the heads of departments whose faults are open", arguments: TestDatabase.all)
    func openFaults(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let casework = world.casework
            let file = try await world.submitted()
            let (police, clerk) = (world.officer("公安"), world.clerk)
            let fault = Fault(target: "form.household_address", text: "请写到门牌号")
            _ = try await world.write { try casework.nameFault(fault, item: "P03", of: file.id, by: police, in: $0) }
            await refused(.faultsOpen) { try await world.accept(file.id) }
            _ = try await world.write {
                try casework.setAsideFault(1, of: file.id, reason: "户口簿可以核对", by: clerk, in: $0)
            }
            #expect(try await world.accept(file.id).state == .inProgress)
        }
    }

    @Test("a fault that nobody passed on in time stays on record when silence accepts")
    func deemedWithFaults() async throws {
        try await World.run(on: .sqlite) { world in
            let casework = world.casework
            let file = try await world.submitted()
            let police = world.officer("公安")
            let fault = Fault(target: "form.household_address", text: "请写到门牌号")
            _ = try await world.write { try casework.nameFault(fault, item: "P03", of: file.id, by: police, in: $0) }
            world.wait(.seconds(14 * 86_400))
            let granted = try await world.grant("P01", file.id)
            #expect(granted.acceptance?.mode == .deemed)
            #expect(granted.departmentFaults.isEmpty)
            #expect(granted.setAsideFaults?.map(\.named.fault) == [fault])
        }
    }

    @Test("a department names faults only in what its own item needs")
    func foreignFault() async throws {
        try await World.run(on: .sqlite) { world in
            let casework = world.casework
            let file = try await world.submitted()
            let police = world.officer("公安")
            for target in ["form.card_bank", "material.registration-form"] {
                await refused(.invalid) {
                    try await world.write {
                        try casework.nameFault(
                            Fault(target: target, text: "请改"), item: "P03", of: file.id, by: police, in: $0)
                    }
                }
            }
        }
    }

    @Test("a company can't apply for what only persons apply for")
    func company() async throws {
        try await World.run(on: .sqlite) { world in
            await refused(.notApplicable) {
                try await world.casework.begin(
                    theme: "birth", answers: World.birthAnswers, by: world.person(5, for: 6))
            }
        }
    }

    @Test("a department's list decides no item that is decided here")
    func batchOfOurs() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            _ = try await world.accept(file.id)
            let entry = BatchEntry(
                number: file.number ?? "", item: "P01", results: World.results["P01"]?.values ?? [:])
            let outcomes = try await world.casework.grantAll([entry], by: world.officer("卫健"))
            #expect(outcomes.map(\.code) == ["casework.wrong_state"])
        }
    }

    @Test("the newborn is not given the number of its father")
    func fathersNumber() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            _ = try await world.accept(file.id)
            _ = try await world.grant("P01", file.id)
            var values = World.results["P03"]?.values ?? [:]
            let supplied = values.first { $0.value.keys.contains("id_number") }
            let result = try #require(supplied?.key)
            values[result]?["id_number"] = World.birthForm["other_parent_id_number"]
            await refused(.invalid) { try await world.grant("P03", file.id, values, by: world.officer("公安")) }
        }
    }

    @Test(
        "the same child is one case whichever parent applies and however its name is spaced",
        arguments: TestDatabase.all)
    func otherParent(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            _ = try await world.submitted()
            var form = World.birthForm
            form["child_name"] = "李 望舒"
            await refused(.duplicate) { try await world.submitted(form) }
        }
    }

    private func refused(_ code: CaseworkError.Code, _ body: () async throws -> CaseFile) async {
        let error = await #expect(throws: CaseworkError.self) { _ = try await body() }
        #expect(error?.code == code)
    }
}
