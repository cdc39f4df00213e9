import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("The layout of a deployment")
struct LayoutTests {
    @Test("a second run changes nothing and tells nothing", arguments: TestDatabase.all)
    func idempotent(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let version = try await fixture.service.snapshot().version
            let events = try await fixture.eventNames()
            let changes = try await fixture.apply(try OrganisationFixture.decoded())
            #expect(changes.isEmpty)
            #expect(try await fixture.service.snapshot().version == version)
            #expect(try await fixture.eventNames() == events)
        }
    }

    @Test("sites get the three uniform names", .covers("R01.13"), arguments: TestDatabase.all)
    func siteNames(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            let names = try await fixture.service.snapshot().sites.values.map(\.name).sorted()
            #expect(names == ["平江县政务服务中心", "梅仙镇便民服务中心", "钟家村便民服务站"].sorted())
        }
    }

    @Test("a site with a name of its own is refused with the uniform one", .covers("R01.13"))
    func foreignSiteName() async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let layout = try OrganisationFixture.decoded(
                #"{"sites": [{"key": "x", "division": "430602", "level": "centre", "name": "岳阳楼区办事大厅"}]}"#)
            let error = try await #require(throws: OrganisationError.self) { try await fixture.apply(layout) }
            #expect(error.findings.map(\.code) == ["organisation.site_name"])
            #expect(error.findings.first?.message.contains("岳阳楼区政务服务中心") == true)
        }
    }

    @Test("all contradictions are found at once, and nothing is written")
    func allFindings() async throws {
        try await OrganisationFixture.with(.sqlite) { fixture in
            let version = try await fixture.service.snapshot().version
            let layout = try OrganisationFixture.decoded(
                """
                {"divisions": [{"code": "430603", "name": "云溪区", "level": "county", "parent": "430699"}],
                 "agencies": [
                    {"key": "a", "name": "甲", "department": "公安", "division": "430629", "parent": "polise"},
                    {"key": "b", "name": "乙", "department": "公安", "division": "430602", "parent": "c"},
                    {"key": "c", "name": "丙", "department": "公安", "division": "430602", "parent": "b"},
                    {"key": "health", "name": "卫健委", "department": "公安", "division": "430600"}],
                 "windows": [{"key": "w2", "site": "hal", "name": "2号"}, {"key": "w2", "site": "hall", "name": "3号"}]}
                """)
            let error = try await #require(throws: OrganisationError.self) { try await fixture.apply(layout) }
            #expect(
                Set(error.findings.map(\.field)) == [
                    "divisions[0].parent", "agencies[0].division", "agencies[0].parent", "agencies[1].parent",
                    "agencies[2].parent", "agencies[3]", "windows[1]", "windows[0].site",
                ])
            #expect(error.findings.contains { $0.message.contains("是否想写 police") })
            #expect(try await fixture.service.snapshot().version == version)
        }
    }

    @Test("an unknown key of the file is a finding with the nearest match")
    func unknownKey() throws {
        let problem = try #require(throws: Problem.self) {
            try OrganisationFixture.decoded(#"{"agency": []}"#)
        }
        #expect(problem.findings.map(\.code) == ["field.unknown"])
    }

    @Test("a changed name in the file renames the agency from today on", arguments: TestDatabase.all)
    func renamedByLayout(kind: TestDatabaseKind) async throws {
        try await OrganisationFixture.with(kind) { fixture in
            var layout = try OrganisationFixture.decoded()
            layout.agencies[2].name = "岳阳市卫生健康局"
            let changes = try await fixture.apply(layout)
            #expect((changes.added, changes.changed) == (0, 1))
            let agency = try await fixture.service.agency(department: "卫健", division: "430600", on: fixture.day)
            #expect(agency?.name(on: fixture.day) == "岳阳市卫生健康局")
            #expect(agency?.name(on: fixture.day.adding(days: -1)) == "岳阳市卫生健康委员会")
            #expect(try await fixture.eventNames().contains("organisation.agency_renamed"))
        }
    }
}
