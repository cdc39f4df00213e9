import Catalogue
import Documents
import Extension
import Foundation
import Standards
import StorageTestSupport
import TestSupport
import Testing

@Suite("Importing item lists")
struct ItemImportTests {
    @Test("a list becomes a draft batch; nothing holds before it is published", arguments: TestDatabase.all)
    func draftFirst(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let rows = (1...3).map { InventoryFixture.row($0) }
            let report = try await fixture.service.importList(try fixture.list(rows), title: "清单", by: fixture.system)
            #expect(report.added == 3)
            #expect(report.batch?.state == .drafting)
            let before = try await fixture.service.items(on: fixture.today)
            #expect(before.items.isEmpty)
            try await fixture.publish(rows)
            let after = try await fixture.service.items(on: fixture.today)
            #expect(after.items.map(\.item.title) == rows.map { $0["事项名称"] })
            #expect(after.items.allSatisfy { $0.item.organ == "平江县卫生健康局" && $0.division == "430626" })
        }
    }

    @Test(
        "every fault of every row is told at once with its place, and nothing is imported", arguments: TestDatabase.all)
    func faults(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let path = try fixture.list([
                InventoryFixture.row(1), InventoryFixture.row(2, ["承诺办结时限": "很快", "事项类型": "许可"]),
                InventoryFixture.row(3, ["事项名称": ""]), InventoryFixture.row(1),
                InventoryFixture.row(5, organ: "11430600MYY000014M"),
                InventoryFixture.row(6, ["承诺办结时限": "20个工作日", "办件类型": "承诺件"]),
                InventoryFixture.row(7, ["申请材料": "身份证｜原件｜两份"]),
                InventoryFixture.row(8, ["申请材料": "｜原件"]),
            ])
            let report = try await fixture.service.importList(path, title: "清单", by: fixture.system)
            let found = report.faults.map { "\($0.row) \($0.title)" }.sorted()
            #expect(
                found == [
                    "3 事项类型", "3 承诺办结时限", "4 事项名称", "5 实施编码", "6 实施编码", "7 承诺办结时限", "8 申请材料", "9 申请材料",
                ])
            #expect(report.batch == nil)
            let batches = try await fixture.service.batches(in: ItemBatch.State.allCases)
            #expect(batches.isEmpty)
        }
    }

    @Test("a missing required column is named with the heading that was probably meant")
    func heading() async throws {
        try await InventoryFixture.with(.sqlite) { fixture in
            var row = InventoryFixture.row(1)
            row["事项名字"] = row.removeValue(forKey: "事项名称")
            let path = try fixture.list([row])
            let error = await #expect(throws: CatalogueError.self) {
                try await fixture.service.importList(path, title: "清单", by: fixture.system)
            }
            #expect(error?.findings.map(\.message) == ["缺少“事项名称”这一列（是不是“事项名字”这一列？）。"])
        }
    }

    @Test("the names of the national exchange schema and bare numbers with units are understood")
    func national() async throws {
        try await InventoryFixture.with(.sqlite) { fixture in
            let report = try await fixture.publish([
                [
                    "task_code": "\(InventoryFixture.health)4000723001000", "task_name": "出生医学证明", "task_type": "07",
                    "by_law": "母婴保健法", "project_type": "2", "serve_type": "1", "accept_condition": "本县出生",
                    "materials": "无", "handle_flow": "受理、决定", "is_fee": "0", "anticipate_day": "30",
                    "anticipate_type": "2", "promise_day": "5", "promise_type": "1", "link_way": "1",
                    "supervise_way": "2", "transact_addr": "3", "transact_time": "4", "online_handle_depth": "3",
                ]
            ])
            #expect(report.faults.isEmpty)
            let item = try await fixture.service.item("\(InventoryFixture.health)4000723001000", on: fixture.today).item
            #expect(item.kind == .confirmation)
            #expect(item.statutoryLimit == .naturalDays(30))
            #expect(item.promisedLimit == .workingDays(5))
            #expect(item.handling == .promised)
            #expect(item.isFree && item.needsNoMaterials)
            #expect(item.onlineDepth == .endToEnd)
            #expect(item.steps.map(\.kind) == [.acceptance, .decision])
        }
    }

    @Test(
        "the same list again changes nothing, and what is exported can be imported as it is",
        arguments: ["csv", "xlsx", "json"])
    func idempotent(ending: String) async throws {
        try await InventoryFixture.with(.sqlite) { fixture in
            let rows = (1...4).map { InventoryFixture.row($0, ["常见问题": "要多久？｜当场\n收费吗？｜不收费", "五个办": "网上可办、跨域通办"]) }
            try await fixture.publish(rows)
            let again = try await fixture.publish(rows)
            #expect(again.unchanged == 4)
            #expect(again.batch == nil)
            let path = fixture.folder.appendingPathComponent("out.\(ending)").path
            let count = try await fixture.service.export(on: fixture.today, to: path)
            #expect(count == 4)
            let back = try await fixture.service.importList(path, title: "回", by: fixture.system)
            #expect(back.faults.isEmpty)
            #expect(back.unchanged == 4)
            #expect(back.batch == nil)
        }
    }

    @Test("an interrupted import goes on with its batch when the file is read again", arguments: TestDatabase.all)
    func resumes(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let path = try fixture.list((1...450).map { InventoryFixture.row($0) })
            let (service, act) = (fixture.service, fixture.system)
            // As far as the second part, then the process dies.
            let importing = Task {
                try await service.importList(path, title: "清单", by: act) { stage, done in
                    if stage == "已写入", done >= 200 { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
            await #expect(throws: CancellationError.self) { try await importing.value }
            let report = try await service.importList(path, title: "清单", by: act)
            let batches = try await service.batches(in: [.drafting])
            #expect(batches.map(\.id) == [report.batch?.id])
            let counts = try await service.counts(of: try #require(report.batch).id)
            #expect(counts.kinds == [.add: 450])
        }
    }

    @Test(
        "items that a list no longer names are told, and cancelled only when that is asked for",
        arguments: TestDatabase.all)
    func missing(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            try await fixture.publish(
                (1...3).map { InventoryFixture.row($0) } + [InventoryFixture.row(1, organ: InventoryFixture.police)])
            let path = try fixture.list([InventoryFixture.row(1)], named: "shorter.csv")
            let told = try await fixture.service.importList(path, title: "新清单", isDryRun: true, by: fixture.system)
            // The other organ's item is no business of this list.
            #expect(told.missing.map { String($0.suffix(3)) } == ["002", "003"])
            let report = try await fixture.service.importList(
                path, title: "新清单", cancelsMissing: true, by: fixture.system)
            let batch = try #require(report.batch)
            _ = try await fixture.service.move(batch.id, .adopt, basis: "文", by: fixture.system)
            try await fixture.service.publish(batch.id, by: fixture.system)
            let left = try await fixture.service.items(on: fixture.today)
            #expect(left.items.map { String($0.item.code.suffix(3)) } == ["001", "001"])
        }
    }
}
