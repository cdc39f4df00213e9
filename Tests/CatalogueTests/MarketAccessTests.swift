import Catalogue
import Cryptography
import Documents
import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Business scopes against the negative list")
struct MarketAccessTests {
    private static let headings = ["规范表述", "别名", "准入", "许可", "前置或后置", "办理部门", "依据"]
    private static let rows = [
        ["食品销售", "食品零售、食品批发", "需要许可", "食品经营许可证", "后置", "市场监管部门", "食品安全法第三十五条"],
        ["危险化学品经营", "", "需要许可", "危险化学品经营许可证", "前置", "应急管理部门", "危险化学品安全管理条例第三十三条"],
        ["日用百货销售", "百货", "不需要许可", "", "", "", "非禁即入"],
        ["销售", "", "不需要许可", "", "", "", "非禁即入"],
        ["虚拟货币交易", "比特币交易", "禁止准入", "", "", "", "银发〔2021〕237号"],
    ]

    private struct Fixture {
        let database: any Database
        let service: MarketAccessService
        let folder: URL
        let act = Act(actor: .system("test"), now: TestDatabase.now)

        func file(_ rows: [[String]], headings: [String] = MarketAccessTests.headings) throws -> String {
            let path = folder.appendingPathComponent("\(UUID().uuidString).csv").path
            var writer = try TableWriter(path: path)
            try writer.heading(headings)
            for row in rows { try writer.row(row) }
            try writer.finish()
            return path
        }

        func adopt(
            _ rows: [[String]] = MarketAccessTests.rows, title: String = "清单", later milliseconds: Int64 = 0
        ) async throws -> ScopeImport {
            let now = Instant(milliseconds: act.now.milliseconds + milliseconds)
            return try await service.adopt(
                try file(rows), title: title, basis: "发改体改规〔2025〕1号", by: Act(actor: act.actor, now: now))
        }
    }

    private func with(_ kind: TestDatabaseKind, _ body: (Fixture) async throws -> Void) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, MarketAccessService.migrations]) {
            database in
            let keyring = try await Keyring.forTests(database)
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let service = MarketAccessService(
                database: database, events: EventLog(), cipher: keyring.cipher, division: "430600")
            try await body(Fixture(database: database, service: service, folder: folder))
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

    @Test(
        "every activity is forbidden, needs a licence, is free, or is told as unknown", .covers("R04.1"),
        arguments: TestDatabase.all)
    func verdicts(kind: TestDatabaseKind) async throws {
        try await with(kind) { fixture in
            #expect(try await fixture.service.list() == nil)
            #expect(try await fixture.adopt().publication?.count == 5)
            let list = try #require(try await fixture.service.list())
            let scope = "许可项目：食品零售（含冷藏冷冻）；危险化学品经营。一般项目：百 货,预包装食品销售及配送、比特币交易\n太空旅游；食品零售"
            let found = list.findings(of: scope)
            #expect(
                found.map(\.activity) == ["食品零售", "危险化学品经营", "百 货", "预包装食品销售及配送", "比特币交易", "太空旅游"])
            #expect(found.map { $0.entry?.title } == ["食品销售", "危险化学品经营", "日用百货销售", "食品销售", "虚拟货币交易", nil])
            #expect(found.map(\.isPartial) == [false, false, false, true, false, false])
            #expect(found.map(\.isForbidden) == [false, false, false, false, true, false])
            #expect(found[0].chinese.contains("可以先办营业执照"))
            #expect(found[1].chinese.contains("先取得许可"))
            #expect(list.findings(of: "比特币交易知识宣传").map(\.isForbidden) == [false])
            #expect(list.findings(of: "危险化学品运输").first?.similar == ["危险化学品经营"])
            #expect(list.findings(of: "百货（比特币交易；食品销售").map(\.activity) == ["百货", "比特币交易", "食品销售"])
            #expect(list.findings(of: " ；，\n（全是备注）").isEmpty)
        }
    }

    @Test("the longest wording that is contained counts, and no scope is lost or doubled", arguments: 0..<40)
    func property(seed: Int) async throws {
        try await with(.sqlite) { fixture in
            _ = try await fixture.adopt()
            let list = try #require(try await fixture.service.list())
            var random = SeededGenerator(seed: UInt64(seed))
            let words = Self.rows.map { $0[0] } + ["太空旅游", "月球采矿"]
            let separators = ["；", "、", "，", "\n", "。", ";"]
            let chosen = (0..<Int.random(in: 1...12, using: &random)).map { _ in words.randomElement(using: &random)! }
            let text = chosen.map { $0 + separators.randomElement(using: &random)! }.joined()
            var known: Set<String> = []
            let distinct = chosen.filter { known.insert($0).inserted }
            let found = list.findings(of: text)
            #expect(found.map(\.activity) == distinct)
            for finding in found {
                let isKnown = Self.rows.contains { $0[0] == finding.activity }
                #expect(isKnown == (finding.entry != nil))
                if isKnown { #expect(finding.entry?.title == finding.activity) }
            }
        }
    }

    @Test("what stands in a longer text is what a plain search through the whole list finds", arguments: 0..<20)
    func contained(seed: Int) async throws {
        try await with(.sqlite) { fixture in
            _ = try await fixture.adopt()
            let list = try #require(try await fixture.service.list())
            var random = SeededGenerator(seed: UInt64(seed))
            let pieces = Self.rows.map { $0[0] } + ["比特币", "交易", "食", "百货", "销", "及配送", "太空"]
            for _ in 0..<50 {
                let text = (0..<Int.random(in: 1...4, using: &random))
                    .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                let wordings = list.entries.flatMap { entry in ([entry.title] + entry.aliases).map { ($0, entry) } }
                    .filter { text.contains($0.0) }
                let most = wordings.map(\.0.count).max()
                let longest = wordings.filter { $0.0.count == most }.map(\.1)
                let found = try #require(list.findings(of: text).first)
                #expect(found.entry == nil ? longest.isEmpty : longest.contains(try #require(found.entry)))
                if longest.contains(where: { $0.verdict == .forbidden }) { #expect(found.entry?.verdict == .forbidden) }
            }
        }
    }

    @Test("an edition is taken over whole or not at all, once, and older ones stay", arguments: TestDatabase.all)
    func editions(kind: TestDatabaseKind) async throws {
        try await with(kind) { fixture in
            let faulty = try await fixture.adopt([
                ["食品销售", "", "需要许可", "", "", "", "食品安全法"], ["食品销售", "", "随便", "", "", "", ""],
                ["", "", "不需要许可", "证", "中间", "", "非禁即入"],
            ])
            #expect(faulty.publication == nil)
            #expect(faulty.faults.map(\.row) == [2, 2, 3, 3, 3, 4, 4, 4])
            #expect(try await fixture.service.publications().isEmpty)

            let first = try await fixture.adopt()
            let again = try await fixture.adopt(later: 1000)
            #expect(!first.isUnchanged && again.isUnchanged)
            #expect(again.publication == first.publication)
            _ = try await fixture.adopt(Array(Self.rows.dropLast()), title: "新清单", later: 2000)
            #expect(try await fixture.service.publications().map(\.title) == ["新清单", "清单"])
            let list = try #require(try await fixture.service.list())
            #expect(list.findings(of: "比特币交易").first?.entry == nil)
        }
    }

    @Test("who may not approve the catalogue can't take over an edition, and a foreign table is refused by its columns")
    func refusals() async throws {
        try await with(.sqlite) { fixture in
            let anybody = Act(actor: .anonymous(terminal: .portal), now: TestDatabase.now)
            let path = try fixture.file(Self.rows)
            #expect(
                await refusal { _ = try await fixture.service.adopt(path, title: "清单", basis: "文", by: anybody) }
                    == ["access.forbidden"])
            #expect(
                await refusal { _ = try await fixture.service.adopt(path, title: " ", basis: "", by: fixture.act) }
                    == ["input.invalid", "title", "basis"])
            let other = try fixture.file([["食品", "要"]], headings: ["规范表达", "准入"])
            #expect(
                await refusal { _ = try await fixture.service.adopt(other, title: "清单", basis: "文", by: fixture.act) }
                    == ["catalogue.import_heading", "规范表述", "依据"])
        }
    }

    @Test("the journal vouches for an edition", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await with(kind) { fixture in
            _ = try await fixture.adopt()
            #expect(try await verify(fixture).findings == [])
            try await fixture.database.write {
                _ = try $0.execute("UPDATE market_list SET body = replace(body, 'forbidden', 'free')")
            }
            #expect(try await verify(fixture).findings.count == 1)
        }
    }

    private func verify(_ fixture: Fixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: fixture.service.contributions.compactMap { $0 as? StateCheck })
    }
}
