import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import CertificateFree

@Suite("The four exemptions")
struct ExemptionTests {
    private func counted(_ fixture: RequestFixture, _ id: Identifier) async throws {
        let counting = CaseTally(fixture.desk)
        try await fixture.base.database.write {
            try counting.count(.init(caseID: id), by: fixture.base.act, in: $0)
        }
    }

    private func figures(
        _ fixture: RequestFixture, from: String = "", until: String = ""
    ) async throws -> [String: [ExemptionFigures.Line]] {
        let found = try await fixture.base.database.read {
            try fixture.desk.figures(from: from, until: until, in: $0)
        }
        return Dictionary(uniqueKeysWithValues: found.groups.map { ($0.exemption.rawValue, $0.lines) })
    }

    private func line(_ lines: [ExemptionFigures.Line]?, _ title: String) -> ExemptionFigures.Line? {
        lines?.first { $0.title == title }
    }

    @Test(
        "what served in place of papers and typing is counted case by case",
        .covers("R14.3", "R14.8", "R14.9", "R14.10", "R14.16"), arguments: TestDatabase.all)
    func counting(kind: TestDatabaseKind) async throws {
        let settings = """
            plugin:
              certificate-free: {recognitionTarget: 2, marriageLicences: [户口簿]}
            """
        try await ProofFixture.run(kind, settings: settings) { base in
            let fixture = try await RequestFixture(base)
            // The first person brings the household register, the second holds it as a licence of 公安.
            try await counted(fixture, fixture.caseID)
            let second = try await RequestFixture.register(
                "陈国强", "430602190904265454", mobile: "19900000002", base)
            let licences = try base.kernel.services(LicenceService.self)
            let police = try await base.agency("police")
            try await base.database.write { transaction in
                _ = try licences.importHeld(
                    [
                        LicenceDraft(
                            type: "户口簿", number: "H1", holders: [LicenceHolder(party: second, name: "陈国强")],
                            issuer: LicenceIssuer(agency: police, name: "岳阳市公安局", creditCode: nil), origin: .elsewhere,
                            division: "430600")
                    ], by: base.act, in: transaction)
            }
            let file = try await RequestFixture.submit(second, base)
            try await counted(fixture, file.id)

            let found = try await figures(fixture)
            let submitting = found["免提交"]
            #expect(submitting?.first == .init("不用交的材料", 5, of: 8))
            #expect(line(submitting, "由电子证照代替")?.count == 1)
            #expect(line(submitting, "由一并办理的事项代替")?.count == 2)
            #expect(line(submitting, "由告知承诺代替")?.count == 2)
            #expect(line(submitting, "婚姻登记领域调用证照")?.count == 1, "the settings say which licences count")
            let filling = found["免填写"]
            #expect(filling?.first == .init("不用填的基础信息", 6, of: 6))
            #expect(line(filling, "姓名") == .init("姓名", 2, of: 2))
            #expect(line(filling, "住址") == .init("住址", 0, of: 0), "the theme doesn't ask for it")
            let recognising = found["互通互认"]
            #expect(recognising?.first == .init("跨部门互认的证照种类", 2, target: 2))
            #expect(line(recognising, "户口簿")?.count == 1 && line(recognising, "登记回执")?.count == 2)
            #expect(recognising?.first?.note == "目标 2，已经达到")
        }
    }

    @Test("a value that the applicant changed is none that nobody filled in", arguments: TestDatabase.all)
    func changed(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { base in
            let fixture = try await RequestFixture(base)
            let identity = try base.kernel.services(IdentityService.self)
            let agreeing = try await base.database.read { snapshot in
                try identity.agreeing(
                    ["applicant.name": "李晓梅", "applicant.mobile": "19900000009", "applicant.id_number": "x"],
                    person: fixture.person, enterprise: nil, in: snapshot)
            }
            #expect(agreeing == ["applicant.name"])
            let profile = try EnterpriseProfile(
                name: "岳阳示例茶业有限公司", creditCode: "91430600MYY900012E", legalRepresentative: "彭志远")
            let tea = try await base.database.write { try identity.addEnterprise(profile, by: base.act, in: $0) }
            let code = ["enterprise.credit_code": "91430600MYY900012E"]
            let (with, without) = try await base.database.read { snapshot in
                (
                    try identity.agreeing(code, person: fixture.person, enterprise: tea, in: snapshot),
                    try identity.agreeing(code, person: fixture.person, enterprise: nil, in: snapshot)
                )
            }
            #expect(with == ["enterprise.credit_code"] && without.isEmpty)
            let nobody = Seed.random().identifier("nobody", at: ProofFixture.now)
            let none = try await base.database.read {
                try identity.agreeing(["applicant.name": "李晓梅"], person: nobody, enterprise: nil, in: $0)
            }
            #expect(none.isEmpty)
        }
    }

    @Test(
        "queries in place of proofs and issued proofs are counted when they are answered, by month",
        .covers("R14.7", "R14.16"), arguments: TestDatabase.all)
    func answers(kind: TestDatabaseKind) async throws {
        try await ProofFixture.run(kind) { base in
            let fixture = try await RequestFixture(base)
            let asked = try await fixture.ask()
            #expect(try await figures(fixture)["免证明"]?.first?.count == 0)
            try await fixture.answer(asked.id, .unknown, "查无记录")
            let today = SystemClock().now()
            let police = try await fixture.police(at: today)
            try await fixture.answer(try await fixture.apply(channel: .phone).id, .confirmed, by: police)
            try await fixture.answer(try await fixture.apply().id, .contradicted, "有记录", by: police)
            let found = try await figures(fixture)
            #expect(found["免证明"]?.first == .init("部门核验代替开证明", 1))
            #expect(line(found["免证明"], "答复“查无”")?.count == 1)
            #expect(line(found["免证明"], "取消和数据替代的证明") == .init("取消和数据替代的证明", 2, of: 4))
            let issuing = found["证明开具"]
            #expect(issuing?.first == .init("可以开具的证明种类", 2, target: 100))
            #expect(issuing?.first?.note == "目标 100，还差 98")
            #expect(
                ["网上", "掌上", "线下"].map { line(issuing, "可以\($0)办的种类")?.count } == [1, 1, 2])
            #expect(["网上", "掌上", "线下"].map { line(issuing, "\($0)开具")?.count } == [0, 1, 0])
            let month = Tally.month(base.day)
            let before = Tally.month(base.day.adding(months: -1))
            #expect(try await figures(fixture, from: month, until: month)["免证明"]?.first?.count == 1)
            #expect(try await figures(fixture, until: before)["免证明"]?.first?.count == 0)
        }
    }

    @Test("months that are none are told all at once")
    func months() {
        var question = MonthsQuestion()
        question.from = "2026-13"
        question.until = "今年"
        #expect { try question.months() } throws: { error in
            (error as? Problem)?.findings.map(\.field) == ["from", "until"]
        }
        question.from = "2026-05"
        question.until = "2026-04"
        #expect { try question.months() } throws: { ($0 as? Problem)?.findings.map(\.field) == ["until"] }
    }
}
