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
                _ = try await correct(
                    world, file.id, [Self.name, Fault(target: "form.birth_weight", text: "仍不符。", repeats: 1)])
                Issue.record("the late fault was let through")
            } catch let error as CaseworkError {
                #expect(error.code == .secondNotice)
                #expect(error.findings.map(\.field) == ["form.child_name"])
            }
            await #expect(throws: CaseworkError.self) { _ = try await correct(world, file.id, [Self.weight]) }
        }
    }

    @Test(
        "what was mended wrongly is named once more, by its earlier fault, and never a third time",
        .covers("R12.1"), arguments: TestDatabase.all)
    func repeated(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            _ = try await correct(world, file.id, [Self.weight])
            try await answer(world, file.id, ["birth_weight": "3300"])
            let wrong = Fault(target: "form.child_name", text: "不是这一处", repeats: 1)
            await #expect(throws: CaseworkError.self) { _ = try await correct(world, file.id, [wrong]) }
            let again = Fault(target: "form.birth_weight", text: "与登记表仍不一致。", repeats: 1)
            let second = try await correct(world, file.id, [again])
            #expect(second.corrections.count == 2)
            #expect(try await world.events(of: second).last == "case.fault_repeated")
            try await answer(world, file.id, ["birth_weight": "3400"])
            do {
                _ = try await correct(world, file.id, [again])
                Issue.record("an endless chain was let through")
            } catch let error as CaseworkError {
                #expect(error.code == .secondNotice)
            }
            // What stays wrong after two notices ends the case, or it is accepted.
            let clerk = world.clerk
            let ended = try await world.write { [casework = world.casework] in
                try casework.terminate(file.id, on: .unmended, reason: "两次告知后体重仍不符", by: clerk, in: $0)
            }
            #expect(ended.state == .terminated && ended.ending?.remedy?.contains("行政复议") == true)
        }
    }

    @Test("what the applicant changed unasked, and wrongly, may be named in a second notice", .covers("R12.1"))
    func changedSince() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            _ = try await correct(world, file.id, [Self.weight])
            try await answer(world, file.id, ["birth_weight": "3300", "child_name": "李忘舒"])
            #expect(try await correct(world, file.id, [Self.name]).corrections.count == 2)
        }
    }

    @Test("a department that comes too late is told so, and what it named can be set aside with a reason")
    func lateDepartment() async throws {
        try await World.run(on: .sqlite) { world in
            let casework = world.casework
            let file = try await world.submitted()
            let police = world.officer("公安")
            let address = Fault(target: "form.household_address", text: "请写到门牌号。")
            _ = try await world.write { try casework.nameFault(address, item: "P03", of: file.id, by: police, in: $0) }
            let clerk = world.clerk
            await #expect(throws: CaseworkError.self) {
                _ = try await world.write {
                    try casework.setAsideFault(2, of: file.id, reason: "已核实", by: clerk, in: $0)
                }
            }
            let aside = try await world.write {
                try casework.setAsideFault(1, of: file.id, reason: "户口簿可以核对", by: clerk, in: $0)
            }
            #expect(aside.departmentFaults.isEmpty && aside.setAsideFaults?.first?.reason == "户口簿可以核对")
            #expect(try await world.events(of: aside).last == "case.fault_set_aside")

            _ = try await correct(world, file.id, [Self.weight])
            try await answer(world, file.id, ["birth_weight": "3300"])
            let late = world.officer("公安")
            do {
                _ = try await world.write {
                    try casework.nameFault(address, item: "P03", of: file.id, by: late, in: $0)
                }
                Issue.record("a late fault was taken")
            } catch let error as CaseworkError {
                #expect(error.code == .secondNotice)
            }
            let again = Fault(target: "form.birth_weight", text: "仍不一致。", repeats: 1)
            let health = world.officer("卫健")
            _ = try await world.write { try casework.nameFault(again, item: "P01", of: file.id, by: health, in: $0) }
            #expect(try await correct(world, file.id, []).corrections.last?.faults == [again])
        }
    }

    @Test("what was named and left unchanged is told, and goes through with the applicant's reason")
    func asIs() async throws {
        try await World.run(on: .sqlite) { world in
            let casework = world.casework
            let file = try await world.submitted()
            _ = try await correct(world, file.id, [Self.weight, Self.name])
            let mother = world.mother
            _ = try await world.write {
                try casework.fill(file.id, values: ["birth_weight": "3300"], by: mother, in: $0)
            }
            do {
                _ = try await world.submit(file.id)
                Issue.record("an unchanged fault went through without a word")
            } catch let error as CaseworkError {
                #expect(error.code == .unmended)
                #expect(error.findings.map(\.field) == ["form.child_name"])
            }
            let again = world.mother
            let result = try await world.database.write {
                try casework.submit(file.id, asIs: ["form.child_name": "登记表上就是这个字"], by: again, in: $0)
            }
            guard case .submitted(let sent) = result else { throw TestDatabaseError.replanned }
            #expect(sent.corrections.last?.asIs == ["form.child_name": "登记表上就是这个字"])
        }
    }

    @Test("what a notice names can be mended: an exempted paper is uploaded, an identity is not named")
    func mendable() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            for target in ["form.applicant_name", "form.applicant_id_number", "form.subject_id_number"] {
                await #expect(throws: CaseworkError.self, "\(target)") {
                    _ = try await correct(world, file.id, [Fault(target: target, text: "不对")])
                }
            }
            await #expect(throws: CaseworkError.self) { _ = try await world.attach(file.id, "marriage-certificate") }
            _ = try await correct(
                world, file.id,
                [
                    Fault(target: "material.marriage-certificate", text: "电子证照信息不全，请上传原件照片。"),
                    Fault(target: "form.applicant_mobile", text: "打不通，请换一个。"),
                ])
            _ = try await world.attach(file.id, "marriage-certificate")
            try await answer(world, file.id, ["applicant_mobile": "13900000001"])
            let seen = CaseView(try await world.casework.sight(of: file.id, by: world.clerk), at: world.now)
            let paper = seen.materials.first { $0.id == "marriage-certificate" }
            #expect(paper?.provision == "upload" && paper?.files.count == 1)
            #expect(seen.form["applicant_mobile"] == "13900000001")
        }
    }

    @Test(
        "how to reach her may be changed for this case, who she is may not, and neither in silence", .covers("R14.10"))
    func locked() async throws {
        try await World.run(on: .sqlite) { world in
            let casework = world.casework
            let draft = try await world.begin()
            let mother = world.mother
            let filled = try await world.write {
                try casework.fill(
                    draft.id, values: ["applicant_mobile": "13900000001", "applicant_name": "李晓梅"], by: mother, in: $0)
            }
            #expect(filled.form["applicant_mobile"] == "13900000001")
            do {
                _ = try await world.write {
                    try casework.fill(draft.id, values: ["applicant_name": "李晓"], by: mother, in: $0)
                }
                Issue.record("a locked field was changed, or ignored")
            } catch let error as CaseworkError {
                #expect(error.findings.map(\.code) == ["field.locked"])
            }
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

    @Test("silence takes effect before any later command is judged", arguments: TestDatabase.all)
    func silenceFirst(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let casework = world.casework
            let file = try await world.submitted()
            try world.set("2026-03-09T16:30:00Z")
            do {
                _ = try await correct(world, file.id, [Self.weight])
                Issue.record("a notice was sent after the deadline")
            } catch let error as CaseworkError {
                #expect(error.code == .wrongState && error.message.contains("视为受理"))
            }
            // A command that is still allowed finds the case accepted, and the journal says by whom.
            let mother = world.mother
            let withdrawn = try await world.write { try casework.withdraw(file.id, by: mother, in: $0) }
            #expect(withdrawn.acceptance?.mode == .deemed && withdrawn.times.accepted == file.times.submitted)
            let journal = try await world.journal(of: withdrawn)
            #expect(journal.suffix(3).map(\.entry.type) == ["case.accepted", "case.item_opened", "case.withdrawn"])
            #expect(journal.suffix(3).map { $0.entry.actor.hasPrefix("system:law") } == [true, true, false])
        }
    }

    @Test("a case is terminated on a legal ground that holds, and after a grant on none")
    func termination() async throws {
        try await World.run(on: .sqlite) { world in
            let casework = world.casework
            let file = try await world.submitted()
            func terminate(_ ground: TerminationGround) async throws -> CaseFile {
                let clerk = world.clerk
                return try await world.write {
                    try casework.terminate(file.id, on: ground, reason: "说明", by: clerk, in: $0)
                }
            }
            for ground in [TerminationGround.lapsed, .unanswered, .unmended, .gapOverdue] {
                await #expect(throws: CaseworkError.self) { _ = try await terminate(ground) }
            }
            _ = try await correct(world, file.id, [Self.weight])
            await #expect(throws: CaseworkError.self) { _ = try await terminate(.unanswered) }
            try await answer(world, file.id, ["birth_weight": "3300"])
            _ = try await world.accept(file.id)
            _ = try await world.grant("P01", file.id)
            for ground in TerminationGround.allCases {
                await #expect(throws: CaseworkError.self) { _ = try await terminate(ground) }
            }
            let other = try await world.submitted(World.birthForm.merging(["child_name": "李清照"]) { $1 })
            _ = try await correct(world, other.id, [Self.weight])
            try world.set("2026-03-17T01:00:00Z")
            let clerk = world.clerk
            let ended = try await world.write {
                try casework.terminate(other.id, on: .unanswered, reason: "期满未补正", by: clerk, in: $0)
            }
            #expect(ended.ending?.ground == .unanswered)
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
