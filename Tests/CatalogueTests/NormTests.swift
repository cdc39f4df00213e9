import Catalogue
import Cryptography
import Documents
import Extension
import Foundation
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("The library of norms")
struct NormTests {
    private static let headings = ["编号", "名称", "层级", "主题", "实施日期", "废止日期", "代替它的编号"]
    private static let rows = [
        ["GB/T 32168-2015", "网上服务规范", "国家标准", "", "2016-05-01", "", ""],
        ["gb/t  36112—2018", "现场管理规范", "国家标准", "", "2018-10-01", "", ""],
        ["旧-1", "旧规范", "服务规范", "birth", "2010-01-01", "2020-01-01", "新-1"],
    ]

    private struct Fixture {
        let inventory: InventoryFixture
        let service: NormService

        func file(_ rows: [[String]]) throws -> String {
            let path = inventory.folder.appendingPathComponent("\(UUID().uuidString).csv").path
            var writer = try TableWriter(path: path)
            try writer.heading(NormTests.headings)
            for row in rows { try writer.row(row) }
            try writer.finish()
            return path
        }

        func record(
            _ number: String, _ state: NormAdoption.State, _ day: LegalDay, division: String = "430626",
            note: String = "", by act: Act? = nil
        ) async throws {
            let adoption = NormAdoption(division: division, state: state, day: day, note: note)
            let act = act ?? inventory.system
            try await service.database.write { [service] in try service.record(number, adoption, by: act, in: $0) }
        }
    }

    private func with(_ kind: TestDatabaseKind, _ body: (Fixture) async throws -> Void) async throws {
        try await InventoryFixture.with(kind, also: [NormService.migrations]) { inventory in
            let keyring = try await Keyring.forTests(inventory.database)
            let service = NormService(
                database: inventory.database, events: EventLog(), cipher: keyring.cipher,
                organisation: inventory.organisation, division: "430600")
            try await body(Fixture(inventory: inventory, service: service))
        }
    }

    private func refusal(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let error as CatalogueError {
            return [error.code] + error.findings.map(\.field)
        } catch let problem as Problem {
            return [problem.code] + problem.findings.map(\.field)
        } catch {
            return ["\(error)"]
        }
    }

    @Test("the library tells how far each county is with every norm", .covers("R10.2"), arguments: TestDatabase.all)
    func library(kind: TestDatabaseKind) async throws {
        try await with(kind) { fixture in
            let (service, today) = (fixture.service, fixture.inventory.today)
            let path = try fixture.file(Self.rows)
            #expect(try await service.load(path, isDryRun: true, by: fixture.inventory.system).added == 3)
            #expect(try await service.norms().isEmpty)
            #expect(try await service.load(path, by: fixture.inventory.system).added == 3)
            let again = try await service.load(path, by: fixture.inventory.system)
            #expect((again.added, again.changed) == (0, 0))
            #expect(try await service.norms(inForceOn: today).map(\.number) == ["GB/T 32168-2015", "GB/T 36112-2018"])
            #expect(try await service.norms().count == 3)

            try await fixture.record("GB/T 32168-2015", .planned, today.adding(days: 30))
            try await fixture.record("gb/t 32168-2015", .adopted, today)
            try await fixture.record("GB/T 36112-2018", .exempt, today, note: "没有大厅")
            let figures = try await service.figures(on: today)
            #expect(figures.map(\.division) == ["430600", "430626"])
            #expect(figures[0].shareText == "未登记")
            #expect(figures[1].counts == [.adopted: 1, .exempt: 1])
            #expect(figures[1].share == 1)
            let norm = try await service.norm("GB/T 32168-2015")
            #expect(try await service.adoptions(of: norm.id).map(\.state) == [.adopted])
            #expect(try await service.norm(norm.id.text) == norm)
        }
    }

    @Test(
        "what can't be is refused with every finding, and staff speak for their own place", arguments: TestDatabase.all)
    func refusals(kind: TestDatabaseKind) async throws {
        try await with(kind) { fixture in
            let (service, today) = (fixture.service, fixture.inventory.today)
            let faulty = try fixture.file([
                ["", "某规范", "国标", "", "去年", "", ""], ["A-1", "甲", "服务规范", "", "2026-02-01", "2026-01-01", ""],
                ["A-2", "乙", "服务规范", "", "2026-02-01", "", ""], ["a-2", "丙", "服务规范", "", "2026-02-01", "", ""],
            ])
            let found = try await service.load(faulty, by: fixture.inventory.system)
            #expect(found.faults.map(\.row) == [2, 2, 2, 3, 5])
            #expect(try await service.norms().isEmpty)

            _ = try await service.load(try fixture.file(Self.rows), by: fixture.inventory.system)
            let number = "GB/T 32168-2015"
            #expect(
                await refusal { try await fixture.record(number, .partly, today.adding(days: 1)) }
                    == ["input.invalid", "note", "day"])
            #expect(
                await refusal { try await fixture.record(number, .adopted, try LegalDay("2010-01-01")) }
                    == ["input.invalid", "day"])
            #expect(await refusal { try await fixture.record("没有", .adopted, today) } == ["norms.not_found"])
            let city = fixture.inventory.staff("市里", NormService.adopt)
            let county = fixture.inventory.staff("县里", NormService.adopt, in: "430626")
            let nobody = fixture.inventory.staff("别人", .editItems)
            #expect(await refusal { try await fixture.record(number, .adopted, today, by: city) } == [])
            #expect(await refusal { try await fixture.record(number, .adopted, today, by: county) } == [])
            #expect(
                await refusal { try await fixture.record(number, .adopted, today, division: "430600", by: county) }
                    == ["access.forbidden"])
            #expect(
                await refusal { try await fixture.record(number, .adopted, today, by: nobody) } == ["access.forbidden"])
        }
    }

    @Test(
        "the journal vouches for norms and adoptions", arguments: TestDatabase.all,
        ["UPDATE norms_norm SET title = 'x' WHERE level = '服务规范'", "UPDATE norms_adoption SET state = '已采用'"])
    func audit(kind: TestDatabaseKind, statement: String) async throws {
        try await with(kind) { fixture in
            _ = try await fixture.service.load(try fixture.file(Self.rows), by: fixture.inventory.system)
            try await fixture.record("旧-1", .planned, fixture.inventory.today)
            #expect(try await verify(fixture).findings == [])
            try await fixture.service.database.write { _ = try $0.execute(statement) }
            #expect(try await verify(fixture).findings.count == 1)
        }
    }

    private func verify(_ fixture: Fixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.service.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: fixture.service.contributions.compactMap { $0 as? StateCheck })
    }
}
