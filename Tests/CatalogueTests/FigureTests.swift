import Catalogue
import Extension
import Standards
import StorageTestSupport
import TestSupport
import Testing

@Suite("Figures of the catalogue")
struct FigureTests {
    @Test(
        "what is in force is counted by kind, way, depth and reform, and steps to be reduced are added up",
        .covers("R00.2", "R04.2", "R05.19", "R14.2"), arguments: TestDatabase.all)
    func figures(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            try await fixture.publish([
                InventoryFixture.row(1, ["五个办": "网上可办、企业快办", "网办深度": "Ⅳ级", "办理流程": "受理\n盖章｜盖章\n审核｜审核"]),
                InventoryFixture.row(2, ["五个办": "网上可办", "网办深度": "3", "证照分离改革方式": "告知承诺"]),
                InventoryFixture.row(1, ["办理流程": "受理\n告知｜告知"], organ: InventoryFixture.police),
            ])
            let figures = try await fixture.service.figures(on: fixture.today)
            #expect(figures.items == 3)
            #expect(figures.kinds == [.confirmation: 3])
            #expect(figures.ways == [.online: 2, .fastForEnterprises: 1])
            #expect(figures.depths == [.electronicResult: 1, .endToEnd: 1])
            #expect(figures.modes == [.commitment: 1])
            #expect(figures.reducibleSteps == 3)
            let none = try await fixture.service.figures(division: "430600", on: fixture.today)
            #expect(none.items == 0)
        }
    }

    @Test(
        "steps to be reduced are told by kind, for all items and for each theme", .covers("R14.2"),
        arguments: TestDatabase.all)
    func steps(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            try await fixture.publish([
                InventoryFixture.row(1, ["地方编码": "A1", "办理流程": "受理\n盖章｜盖章\n盖第二个章｜盖章\n审核｜审核"]),
                InventoryFixture.row(2, ["地方编码": "A2", "办理流程": "受理\n告知｜告知"]),
                InventoryFixture.row(3, ["办理流程": "受理\n备案｜备案\n决定｜决定"]),
            ])
            func theme(_ id: String, _ items: [String]) -> Theme {
                Theme(
                    id: id, title: id, version: "1.0.0", summary: "", audience: .person, words: [],
                    leadDepartment: "卫健", promisedLimit: .workingDays(1), questions: [], outcomes: [],
                    items: items.map {
                        ThemeItem(
                            item: ItemDefinition(
                                id: $0, title: $0, department: "卫健", kind: "行政确认", promisedLimit: .workingDays(1)))
                    }, parties: [], form: [], materials: [])
            }
            let themes = [theme("one", ["A1", "A2", "A9"]), theme("unknown", ["A8"])]
            let figures = try await fixture.service.stepFigures(
                division: "430626", themes: themes, on: fixture.today)
            #expect(figures.map(\.theme) == [nil, "one"])
            #expect(figures.map(\.items) == [3, 2])
            #expect(figures[0].counts == [.stamping: 2, .review: 1, .informing: 1, .filing: 1])
            #expect(figures[1].counts == [.stamping: 2, .review: 1, .informing: 1] && figures[1].total == 4)
        }
    }

    @Test(
        "an abolished approval counts once its item is cancelled, a filing and a commitment while they are in force",
        .covers("R04.2", "R04.3"), arguments: TestDatabase.all)
    func reforms(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            try await fixture.publish([
                InventoryFixture.row(1, ["证照分离改革方式": "直接取消审批"]), InventoryFixture.row(2, ["证照分离改革方式": "审批改为备案"]),
                InventoryFixture.row(3, ["证照分离改革方式": "告知承诺"]),
            ])
            #expect(try await fixture.service.figures(on: fixture.today).modes == [.filing: 1, .commitment: 1])
            let batch = try await fixture.service.openBatch(title: "取消", basis: "国发〔2021〕7号", by: fixture.system)
            try await fixture.service.cancel(
                [InventoryFixture.row(1)["实施编码"] ?? ""], in: batch.id, by: fixture.system)
            _ = try await fixture.service.move(batch.id, .adopt, basis: "国发〔2021〕7号", by: fixture.system)
            _ = try await fixture.service.publish(batch.id, by: fixture.system) { _ in }
            #expect(
                try await fixture.service.figures(on: fixture.today).modes
                    == [.cancelled: 1, .filing: 1, .commitment: 1])
        }
    }

    @Test(
        "places that handle one item with other elements are listed element by element", .covers("R02.7"),
        arguments: TestDatabase.all)
    func sameElements(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            try await fixture.publish([
                InventoryFixture.row(1), InventoryFixture.row(1, ["法定办结时限": "10个工作日"], organ: InventoryFixture.police),
                InventoryFixture.row(2), InventoryFixture.row(2, ["办理地点": "别处"], organ: InventoryFixture.police),
            ])
            let found = try await fixture.service.differences(on: fixture.today)
            // Names of items differ in nothing, places may differ freely.
            #expect(found.map(\.element) == ["法定办结时限"])
            #expect(Set(found.flatMap { $0.values.values }) == ["3个工作日", "10个工作日"])
        }
    }

    @Test(
        "a list names the licences of the day, can be checked by anybody, and fails after any change",
        .covers("R02.1", "R02.5"), arguments: TestDatabase.all)
    func lists(kind: TestDatabaseKind) async throws {
        try await InventoryFixture.with(kind) { fixture in
            let licence = ["事项类型": "行政许可", "监管主体": "卫健局", "监管重点环节": "现场", "监管规则和标准": "双随机"]
            try await fixture.publish([
                InventoryFixture.row(1, licence), InventoryFixture.row(2, licence), InventoryFixture.row(3),
            ])
            let before = try await fixture.service.figures(on: fixture.today)
            #expect(before.listedShare == 0)
            let unlisted = try await fixture.service.coverage(on: fixture.today)
            #expect(unlisted.gaps.count == 2 && unlisted.gaps.allSatisfy { $0.missing.contains("没有列入") })
            #expect(unlisted.share == nil)
            let list = try await fixture.service.publishList(division: "430626", title: "平江县清单", by: fixture.system)
            #expect(list.count == 2)
            #expect(list.level == .county)
            let after = try await fixture.service.figures(on: fixture.today)
            #expect(after.listedShare == 1)
            let covered = try await fixture.service.coverage(on: fixture.today)
            #expect((covered.listed, covered.complete, covered.gaps.count) == (2, 2, 0))
            try await fixture.publish([InventoryFixture.row(4, licence)])
            let grown = try await fixture.service.coverage(division: "430626", on: fixture.today)
            #expect(grown.share == 1 && grown.gaps.map(\.missing) == ["没有列入行政许可事项清单"])
            let file = try await fixture.service.listFile(list.id)
            #expect(file.isSigned)
            let text = file.json.canonical
            #expect(try ItemListFile(text).isSigned)
            #expect(!(try ItemListFile(text.replacing("平江县清单", with: "平江县清单二"))).isSigned)
            await #expect(throws: CatalogueError.self) {
                try await fixture.service.publishList(division: "430600", title: "空", by: fixture.system)
            }
        }
    }
}
