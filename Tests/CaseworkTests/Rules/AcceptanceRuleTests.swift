import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@Suite("Acceptance and the one notice")
struct AcceptanceRuleTests {
    private static let weight = Fault(target: "form.birth_weight", text: "请核对体重。")
    private static let name = Fault(target: "form.child_name", text: "姓名与登记表不一致。")

    private func correct(_ world: World, _ id: Identifier, _ faults: [Fault]) async throws -> CaseFile {
        let clerk = world.clerk
        return try await world.write { [casework = world.casework] in
            try casework.requestCorrection(id, faults: faults, by: clerk, in: $0)
        }
    }

    private func answer(_ world: World, _ id: Identifier, _ values: [String: String]) async throws {
        let mother = world.mother
        _ = try await world.write { [casework = world.casework] in
            try casework.fill(id, values: values, by: mother, in: $0)
        }
        _ = try await world.submit(id)
    }

    @Test(
        "a second notice for a fault that the first could have named is refused", .covers("R12.1"),
        arguments: TestDatabase.all)
    func secondNotice(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            _ = try await correct(world, file.id, [Self.weight])
            try await answer(world, file.id, ["birth_weight": "3300"])
            await #expect(throws: CaseworkError.self) { _ = try await correct(world, file.id, [Self.name]) }
            do {
                _ = try await correct(world, file.id, [Self.name, Self.weight])
                Issue.record("the late fault was let through")
            } catch let error as CaseworkError {
                #expect(error.code == .secondNotice)
                #expect(error.findings.map(\.field) == ["form.child_name"])
            }
            // What was named and is still wrong, or was changed since, may be named again.
            let again = try await correct(world, file.id, [Self.weight])
            #expect(again.corrections.count == 2)
        }
    }

    @Test("the departments' faults go into the clerk's one notice", .covers("R12.1"))
    func merged() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            let police = world.officer("公安")
            _ = try await world.write { [casework = world.casework] in
                try casework.nameFault(
                    Fault(target: "form.household_address", text: "请写到门牌号。"), item: "P03", of: file.id, by: police,
                    in: $0)
            }
            let corrected = try await correct(world, file.id, [Self.weight])
            let targets = corrected.corrections.last?.faults.map(\.target)
            #expect(targets == ["form.birth_weight", "form.household_address"])
            #expect(corrected.departmentFaults.isEmpty)
        }
    }

    @Test("submitting again without any change is refused")
    func untouched() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            _ = try await correct(world, file.id, [Self.weight])
            do {
                _ = try await world.submit(file.id)
                Issue.record("an unchanged correction was accepted")
            } catch let error as CaseworkError {
                #expect(error.code == .nothingToCorrect)
            }
        }
    }

    @Test("five working days of silence accept the case from the day of receipt", arguments: TestDatabase.all)
    func silence(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            try world.set("2026-03-09T15:00:00Z")
            #expect(try await world.casework.deemAccepted(by: world.system) == 0)
            try world.set("2026-03-09T16:30:00Z")
            #expect(try await world.casework.deemAccepted(by: world.system) == 1)
            let accepted = try await world.casework.sight(of: file.id, by: world.system).file
            #expect(accepted.acceptance?.mode == .deemed)
            #expect(accepted.times.accepted == accepted.times.submitted)
            #expect(accepted.state == .inProgress)
        }
    }

    @Test("not accepting names the competent agency")
    func notAccepted() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            let clerk = world.clerk
            await #expect(throws: CaseworkError.self) {
                _ = try await world.write { [casework = world.casework] in
                    try casework.refuseAcceptance(file.id, reason: "不属于本地", competentAgency: "", by: clerk, in: $0)
                }
            }
            let closed = try await world.write { [casework = world.casework] in
                try casework.refuseAcceptance(
                    file.id, reason: "孩子的出生地不在本市", competentAgency: "长沙市卫生健康委员会", by: clerk, in: $0)
            }
            #expect(closed.state == .notAccepted)
            #expect(closed.ending?.competentAgency == "长沙市卫生健康委员会")
        }
    }

    @Test("a second open case of the same child is refused until the first is closed", arguments: TestDatabase.all)
    func duplicate(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let first = try await world.submitted()
            do {
                _ = try await world.submitted()
                Issue.record("a duplicate was submitted")
            } catch let error as CaseworkError {
                #expect(error.code == .duplicate)
            }
            let mother = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.withdraw(first.id, by: mother, in: $0)
            }
            #expect(try await world.submitted().state == .submitted)
        }
    }

    @Test("a licence that is gone since the plan was made plans the draft anew and keeps what was typed")
    func replanned() async throws {
        try await World.run(on: .sqlite) { world in
            let draft = try await world.begin()
            _ = try await world.attach(draft.id)
            world.wallet.remove("结婚证")
            let mother = world.mother
            let result = try await world.database.write { [casework = world.casework] in
                try casework.submit(draft.id, by: mother, in: $0)
            }
            guard case .replanned(let file, let differences) = result else {
                Issue.record("the changed plan went unnoticed")
                return
            }
            #expect(file.state == .draft)
            #expect(file.form["child_name"] == "李望舒")
            #expect(differences.contains("需要上传：结婚证"))
        }
    }

    @Test("a form that lacks things is told all of them at once and draws no number")
    func allFindings() async throws {
        try await World.run(on: .sqlite) { world in
            let draft = try await world.begin(["child_name": "李望舒", "birth_day": "2026-02-30"])
            do {
                _ = try await world.submit(draft.id)
                Issue.record("an incomplete form was submitted")
            } catch let error as CaseworkError {
                let fields = Set(error.findings.map(\.field))
                #expect(fields.isSuperset(of: ["form.birth_day", "form.child_gender", "material.registration-form"]))
                #expect(!fields.contains("form.subject_id_number"))
            }
            let file = try await world.submitted()
            #expect(file.number?.hasSuffix("20260302000001") == true)
        }
    }
}
