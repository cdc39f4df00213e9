import Catalogue
import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Approvals that no list holds")
struct HiddenApprovalTests {
    private func input(_ text: String = "办营业执照还要先到街道盖章，上周五在街道办") -> HiddenApprovalInput {
        var input = HiddenApprovalInput()
        input.organ = "某街道办事处"
        input.text = text
        input.contact = "13900000000"
        return input
    }

    private func findings(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let error as CatalogueError {
            return error.findings.isEmpty ? [error.code] : error.findings.map(\.field)
        } catch let problem as Problem {
            return [problem.code]
        } catch {
            return ["\(error)"]
        }
    }

    @Test(
        "anybody reports one, follows it with a code, and it is answered in the end", .covers("R02.2"),
        arguments: TestDatabase.all)
    func story(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            let anybody = Act(actor: .anonymous(terminal: .portal), now: fixture.now)
            let receipt = try await fixture.database.write {
                try service.reportHiddenApproval(input(), by: anybody, in: $0)
            }
            #expect(receipt.code.count == 8)
            #expect(try await service.hiddenApproval(code: " \(receipt.code.lowercased()) ").state == "已收到")
            #expect(
                await findings { _ = try await service.hiddenApproval(code: "22222222") } == [
                    "catalogue.report_not_found"
                ])

            let legal = fixture.staff("法规", .reviewItemsLegally)
            let report = try #require(try await service.hiddenApprovals(.received, by: legal).first)
            #expect(report.content.organ == "某街道办事处")
            try await fixture.database.write { try service.examineHiddenApproval(report.id, by: legal, in: $0) }
            #expect(try await service.hiddenApprovals(.received, by: legal).isEmpty)
            func close(_ outcome: HiddenApproval.Outcome?, _ reply: String) async throws {
                try await fixture.database.write {
                    try service.closeHiddenApproval(report.id, outcome, reply: reply, by: legal, in: $0)
                }
            }
            #expect(await findings { try await close(nil, " ") } == ["outcome", "reply"])
            try await close(.confirmed, "已经要求街道取消盖章。")
            #expect(await findings { try await close(.unfounded, "又改主意了。") } == ["catalogue.wrong_state"])
            let told = try await service.hiddenApproval(code: receipt.code)
            #expect(told.outcome == "属实，已经要求改正" && told.reply == "已经要求街道取消盖章。")

            // The journal says that there was one, never what was told or by whom.
            let bodies = try await fixture.database.read {
                try $0.rows("SELECT type, body FROM journal WHERE type LIKE 'inventory.hidden%' ORDER BY at").map {
                    (try $0.get("type", as: String.self), try $0.get("body", as: String.self))
                }
            }
            #expect(
                Set(bodies.map(\.0)) == [
                    HiddenApprovalReported.name, HiddenApprovalExamined.name, HiddenApprovalClosed.name,
                ])
            let secrets = ["街道", "13900000000", receipt.code]
            #expect(!bodies.contains { body in secrets.contains(where: body.1.contains) })
        }
    }

    @Test("what is missing is told at once, and only the legal review reads reports")
    func refused() async throws {
        try await InventoryFixture.with(.sqlite) { fixture in
            let anybody = Act(actor: .anonymous(terminal: .portal), now: fixture.now)
            let told = await findings {
                _ = try await fixture.database.write {
                    try fixture.service.reportHiddenApproval(HiddenApprovalInput(), by: anybody, in: $0)
                }
            }
            #expect(told == ["organ", "text"])
            for act in [anybody, fixture.staff("编制", .editItems)] {
                #expect(
                    await findings { _ = try await fixture.service.hiddenApprovals(.received, by: act) } == [
                        Problem.forbidden.code
                    ])
            }
        }
    }

    @Test(
        "the audit finds a report that was changed or taken away behind the program's back",
        arguments: TestDatabase.all,
        ["UPDATE inventory_report SET state = 'closed'", "DELETE FROM inventory_report"])
    func audit(kind: TestDatabaseKind, statement: String) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            let anybody = Act(actor: .anonymous(terminal: .portal), now: fixture.now)
            _ = try await fixture.database.write { try service.reportHiddenApproval(input(), by: anybody, in: $0) }
            let legal = fixture.staff("法规", .reviewItemsLegally)
            let report = try #require(try await service.hiddenApprovals(.received, by: legal).first)
            try await fixture.database.write { try service.examineHiddenApproval(report.id, by: legal, in: $0) }
            #expect(try await verify(fixture).findings == [])
            try await fixture.database.write { _ = try $0.execute(statement) }
            #expect(try await verify(fixture).findings.count == 1)
        }
    }

    private func verify(_ fixture: InventoryFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: fixture.service.contributions.compactMap { $0 as? StateCheck })
    }
}
