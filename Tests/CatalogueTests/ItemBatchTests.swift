import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("Batches of the catalogue")
struct ItemBatchTests {
    @Test(
        "a batch passes department, legal review and approval, each by another person, with its history",
        .covers("R02.8"), arguments: TestDatabase.all)
    func way(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            let editor = fixture.staff("编", .editItems, .reviewItems)
            let reviewer = fixture.staff("部", .reviewItems, .reviewItemsLegally)
            let lawyer = fixture.staff("法", .reviewItemsLegally, .approveItems)
            let approver = fixture.staff("批", .approveItems)
            let report = try await service.importList(
                try fixture.list([InventoryFixture.row(1)]), title: "清单", by: editor)
            let id = try #require(report.batch).id

            await #expect(throws: Problem.forbidden) { try await service.move(id, .submit, by: approver) }
            _ = try await service.move(id, .submit, by: editor)
            await #expect(throws: CatalogueError.self) { try await service.move(id, .pass, by: editor) }
            _ = try await service.move(id, .pass, opinion: "同意", by: reviewer)
            await #expect(throws: CatalogueError.self) { try await service.move(id, .pass, by: reviewer) }
            await #expect(throws: Problem.self) { try await service.move(id, .sendBack, by: lawyer) }
            let back = try await service.move(id, .sendBack, opinion: "依据写错了", by: lawyer)
            #expect(back.state == .drafting)
            #expect(back.digest == nil)

            // A new round: the same people may do their steps again.
            _ = try await service.move(id, .submit, by: editor)
            _ = try await service.move(id, .pass, by: reviewer)
            _ = try await service.move(id, .pass, by: lawyer)
            await #expect(throws: CatalogueError.self) { try await service.move(id, .pass, by: lawyer) }
            let approved = try await service.move(id, .pass, by: approver)
            #expect(approved.state == .publishing)
            try await service.publish(id, by: approver)
            let steps = try await service.steps(of: id)
            #expect(steps.map(\.action) == [.submit, .pass, .sendBack, .submit, .pass, .pass, .pass])
            #expect(steps.map(\.name) == ["编", "部", "法", "编", "部", "法", "批"])
            let events = try await database(fixture)
            #expect(
                events == [
                    "inventory.batch_opened", "inventory.batch_moved", "inventory.batch_moved", "inventory.batch_moved",
                    "inventory.batch_moved", "inventory.batch_moved", "inventory.batch_moved", "inventory.batch_moved",
                    "inventory.item_published",
                ])
        }
    }

    private func database(_ fixture: InventoryFixture) async throws -> [String] {
        try await fixture.database.read { view in
            try view.rows("SELECT type FROM journal WHERE type LIKE 'inventory.%' ORDER BY stream LIKE '%item%', seq")
                .map {
                    try $0.get("type")
                }
        }
    }

    @Test("what somebody lays down about all items stops a batch, also one on its way", arguments: TestDatabase.all)
    func rules(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let rules = PublicationRules()
            let service = InventoryService(
                database: fixture.database, events: EventLog(),
                cipher: try await Keyring.forTests(fixture.database).cipher, organisation: fixture.organisation,
                division: "430600", rules: rules)
            let rule = PublicationRule("no-proof") { draft, _ in
                guard case .items(let items) = draft else { return [] }
                return items.filter { $0.materials.contains { $0.title == "单身证明" } }.map {
                    Finding($0.code, "test.rule", "不要单身证明。")
                }
            }
            let editor = fixture.staff("编", .editItems)
            let rows = [
                InventoryFixture.row(1, ["申请材料": "单身证明｜原件｜1｜必要｜申请人自备"]), InventoryFixture.row(2),
            ]
            let report = try await service.importList(try fixture.list(rows), title: "清单", by: editor)
            let id = try #require(report.batch).id
            func refused(_ action: ItemBatch.Action, by act: Act) async -> [String] {
                let error = await #expect(throws: CatalogueError.self) { try await service.move(id, action, by: act) }
                return [error?.code ?? ""] + (error?.findings.map(\.field) ?? [])
            }
            rules.freeze([rule])
            let code = "\(InventoryFixture.health)4000723001001"
            #expect(await refused(.submit, by: editor) == ["catalogue.against_rules", code])
            rules.freeze([])
            _ = try await service.move(id, .submit, by: editor)
            rules.freeze([rule])
            let reviewer = fixture.staff("部", .reviewItems)
            #expect(await refused(.pass, by: reviewer) == ["catalogue.against_rules", code])
            rules.freeze([])
            #expect(try await service.move(id, .pass, by: reviewer).state == .legalReview)
        }
    }

    @Test(
        "an item whose seven element groups are not complete can't be sent for review, and each gap is named",
        .covers("R02.3"), arguments: TestDatabase.all)
    func incomplete(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let path = try fixture.list([
                InventoryFixture.row(1, ["事项类型": "行政许可", "受理条件": ""]), InventoryFixture.row(2),
            ])
            let report = try await fixture.service.importList(path, title: "清单", by: fixture.system)
            #expect(report.incomplete == 1)
            let id = try #require(report.batch).id
            let error = await #expect(throws: CatalogueError.self) {
                try await fixture.service.move(id, .submit, by: fixture.system)
            }
            #expect(error?.findings.map { String($0.message.suffix(28)) } == ["：缺少受理条件、监管主体、监管重点环节、监管规则和标准。"])
        }
    }

    @Test(
        "versions follow each other by their days; old ones stay readable and a cancelled item is in force no more",
        .covers("R02.9"), arguments: TestDatabase.all)
    func versions(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            let code = InventoryFixture.row(1)["实施编码"] ?? ""
            try await fixture.publish([InventoryFixture.row(1)])
            let later = fixture.today.adding(days: 10)
            try await fixture.publish([InventoryFixture.row(1, ["事项名称": "新名称"])], from: later)
            let today = try await service.item(code, on: fixture.today)
            #expect(today.item.title == "出生医学证明签发1")
            #expect(today.effectiveUntil == later)
            let then = try await service.item(code, on: later)
            #expect(then.item.title == "新名称")
            #expect(then.version == 2)

            // Something that holds earlier than what is scheduled is refused.
            let report = try await service.importList(
                try fixture.list([InventoryFixture.row(1, ["事项名称": "另一名称"])]), title: "早", by: fixture.system)
            let id = try #require(report.batch).id
            await #expect(throws: CatalogueError.self) {
                try await service.move(id, .adopt, effectiveFrom: fixture.today, basis: "文", by: fixture.system)
            }

            let batch = try await service.openBatch(title: "取消", basis: "文", by: fixture.system)
            try await service.cancel([code], in: batch.id, by: fixture.system)
            let end = later.adding(days: 10)
            _ = try await service.move(batch.id, .adopt, effectiveFrom: end, by: fixture.system)
            try await service.publish(batch.id, by: fixture.system)
            let ended = try await service.item(code, on: end)
            #expect(ended.standing == .cancelled)
            #expect(!ended.isInForce(on: end))
            let all = try await service.versions(of: code)
            #expect(all.map(\.version) == [3, 2, 1])
            #expect(all.map { $0.isInForce(on: fixture.today) } == [false, false, true])
        }
    }

    @Test(
        "what is approved is what was reviewed: a batch under review takes no more changes", arguments: TestDatabase.all
    )
    func frozen(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let report = try await fixture.service.importList(
                try fixture.list([InventoryFixture.row(1)]), title: "清单", by: fixture.system)
            let id = try #require(report.batch).id
            let sent = try await fixture.service.move(id, .submit, by: fixture.system)
            #expect(sent.digest?.count == 64)
            let change = ItemChange(CatalogueItem(), .add, division: "430626", base: 0)
            await #expect(throws: CatalogueError.self) {
                try await fixture.service.put([change], into: id, by: fixture.system)
            }
            await #expect(throws: CatalogueError.self) {
                try await fixture.service.removeChange("x", from: id, by: fixture.system)
            }
        }
    }

    @Test(
        "two batches never undo each other: what the one changed, the other must look at again",
        arguments: TestDatabase.all)
    func twoBatches(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            try await fixture.publish([InventoryFixture.row(1)])
            var batches: [Identifier] = []
            for change in [["办理地点": "新大厅"], ["咨询方式": "0730-2"]] {
                let report = try await service.importList(
                    try fixture.list([InventoryFixture.row(1, change)]), title: "改", by: fixture.system)
                batches.append(try #require(report.batch).id)
            }
            // Both are under way when the first comes into force.
            _ = try await service.move(batches[1], .submit, by: fixture.system)
            _ = try await service.move(batches[0], .adopt, basis: "文", by: fixture.system)
            try await service.publish(batches[0], by: fixture.system)
            for _ in 0..<2 { _ = try await service.move(batches[1], .pass, opinion: "同意", by: fixture.system) }
            let error = await #expect(throws: CatalogueError.self) {
                try await service.move(batches[1], .pass, opinion: "同意", by: fixture.system)
            }
            #expect(error?.code == "catalogue.changed_meanwhile")
            let item = try await service.item(InventoryFixture.row(1)["实施编码"] ?? "", on: fixture.today).item
            #expect(item.place == "新大厅")
        }
    }

    @Test("a review that ends later than the day that was meant holds from its end")
    func lateApproval() async throws {
        try await InventoryFixture.with(.sqlite) { fixture in
            let report = try await fixture.service.importList(
                try fixture.list([InventoryFixture.row(1)]), title: "清单", by: fixture.system)
            let id = try #require(report.batch).id
            _ = try await fixture.service.move(id, .submit, by: fixture.system)
            let later = Act(actor: .system("test"), now: fixture.now.adding(.seconds(3 * 86_400)))
            for _ in 0..<2 { _ = try await fixture.service.move(id, .pass, opinion: "同意", by: later) }
            let approved = try await fixture.service.move(id, .pass, opinion: "同意", by: later)
            #expect(approved.effectiveFrom == fixture.today.adding(days: 3))
        }
    }

    @Test("nothing is published with a day that is past")
    func past() async throws {
        try await InventoryFixture.with(.sqlite) { fixture in
            let report = try await fixture.service.importList(
                try fixture.list([InventoryFixture.row(1)]), title: "清单", by: fixture.system)
            let id = try #require(report.batch).id
            let error = await #expect(throws: CatalogueError.self) {
                try await fixture.service.move(
                    id, .adopt, effectiveFrom: fixture.today.adding(days: -1), basis: "文", by: fixture.system)
            }
            #expect(error?.code == "catalogue.effective_past")
        }
    }

    @Test("an interrupted publication is finished by the job", arguments: TestDatabase.all)
    func interrupted(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            let report = try await service.importList(
                try fixture.list((1...450).map { InventoryFixture.row($0) }), title: "清单", by: fixture.system)
            let id = try #require(report.batch).id
            _ = try await service.move(id, .adopt, basis: "文", by: fixture.system)
            let act = fixture.system
            let publishing = Task {
                try await service.publish(id, by: act) { _ in withUnsafeCurrentTask { $0?.cancel() } }
            }
            await #expect(throws: CancellationError.self) { try await publishing.value }
            let half = try await service.batch(id)
            #expect(half.state == .publishing)
            let job = service.contributions.compactMap { $0 as? Job }.first { $0.name == "publish-batches" }
            try await #require(job).run(fixture.system)
            let batch = try await service.batch(id)
            #expect(batch.state == .published)
            let page = try await service.items(on: fixture.today, limit: 500)
            #expect(page.items.count == 450)
            #expect(page.items.allSatisfy { $0.version == 1 })
        }
    }
}

@Suite("Finding items")
struct ItemReadingTests {
    @Test("pages, filters and search give each item once", .covers("R00.2"), arguments: TestDatabase.all)
    func reading(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            try await fixture.publish(
                (1...25).map { InventoryFixture.row($0, ["五个办": $0.isMultiple(of: 5) ? "网上可办、跨域通办" : "网上可办"]) }
                    + [InventoryFixture.row(1, ["事项名称": "户口登记"], organ: InventoryFixture.police)])
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await service.items(on: fixture.today, after: cursor, limit: 7)
                seen += page.items.map(\.item.code)
                cursor = page.next
            } while cursor != nil
            #expect(seen.count == 26)
            #expect(seen == seen.sorted())
            let police = try await service.items(ItemFilter(department: "公安"), on: fixture.today)
            #expect(police.items.map(\.item.title) == ["户口登记"])
            let wide = try await service.items(ItemFilter(way: .crossRegion), on: fixture.today)
            #expect(wide.items.count == 5)
            let found = try await service.search("户口", on: fixture.today)
            #expect(found.map(\.item.title) == ["户口登记"])
        }
    }

    @Test(
        "themes find an item by its local code in the division and above it, also when it is suspended",
        arguments: TestDatabase.all)
    func localCodes(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let service = fixture.service
            try await fixture.publish([
                InventoryFixture.row(1, ["地方编码": "P03"]), InventoryFixture.row(2, ["地方编码": "P04"]),
            ])
            let batch = try await service.openBatch(title: "暂停", basis: "文", by: fixture.system)
            try await service.suspend([InventoryFixture.row(2)["实施编码"] ?? ""], in: batch.id, by: fixture.system)
            _ = try await service.move(batch.id, .adopt, by: fixture.system)
            try await service.publish(batch.id, by: fixture.system)
            let today = fixture.today
            let found = try await fixture.database.read {
                try service.standings(localCodes: ["P03", "P04", "P05"], division: "430626", on: today, in: $0)
                    .mapValues { $0.map { $0.isInForce(on: today) } }
            }
            #expect(found == ["P03": [true], "P04": [false]])
            // What a submission asks agrees with it, and reads no element.
            for division in ["430626", "430626-Z01", "430602", "430600"] {
                let (whole, light) = try await fixture.database.read { snapshot in
                    (
                        try service.standings(
                            localCodes: ["P03", "P04", "P05"], division: division, on: today, in: snapshot
                        ).mapValues { $0.map { $0.isInForce(on: today) } },
                        try service.known(
                            localCodes: ["P03", "P04", "P05"], division: division, on: today, in: snapshot
                        ).mapValues { $0.map(\.isInForce) }
                    )
                }
                #expect(whole == light)
            }
            let elsewhere = try await fixture.database.read {
                try service.standings(localCodes: ["P03"], division: "430602", on: today, in: $0).count
            }
            #expect(elsewhere == 0)
        }
    }
}
