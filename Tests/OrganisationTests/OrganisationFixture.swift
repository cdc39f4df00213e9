import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport

/// An organisation of one city with two counties and a zone.
struct OrganisationFixture {
    let database: any Database
    let service: OrganisationService
    let day = TestDatabase.now.day

    var act: Act { Act(actor: .system("test"), now: TestDatabase.now) }

    static let layout = """
        {"divisions": [
            {"code": "430600", "name": "岳阳市", "level": "prefecture"},
            {"code": "430602", "name": "岳阳楼区", "level": "county"},
            {"code": "430626", "name": "平江县", "level": "county"},
            {"code": "430600-Z02", "name": "城陵矶新港区", "level": "zone"}],
         "roles": [
            {"id": "clerk", "title": "窗口人员", "permissions": ["casework.accept"]},
            {"id": "chief", "title": "审批负责人", "permissions": ["casework.decide", "casework.accept"]}],
         "agencies": [
            {"key": "police", "name": "岳阳市公安局", "department": "公安", "division": "430600"},
            {"key": "police-pj", "name": "平江县公安局", "department": "公安", "division": "430626", "parent": "police"},
            {"key": "health", "name": "岳阳市卫生健康委员会", "department": "卫健", "division": "430600"},
            {"key": "insurance", "name": "岳阳市医疗保障局", "department": "医保", "division": "430600",
             "creditCode": "11430611M4X9P96D90"}],
         "sites": [
            {"key": "hall", "division": "430626", "level": "centre"},
            {"key": "town", "division": "430626", "level": "township", "place": "梅仙镇"},
            {"key": "village", "division": "430626", "level": "village", "place": "钟家村"}],
         "windows": [{"key": "w1", "site": "hall", "name": "综合窗口1号"}]}
        """

    static func decoded(_ text: String = layout) throws -> OrganisationLayout {
        try OrganisationLayout(json: try JSONValue(parsing: text))
    }

    static func with(_ kind: TestDatabaseKind, _ body: (OrganisationFixture) async throws -> Void) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, OrganisationService.migrations]) {
            database in
            let keyring = try await Keyring.forTests(database)
            let service = OrganisationService(database: database, events: EventLog(), cipher: keyring.cipher)
            let fixture = OrganisationFixture(database: database, service: service)
            try await fixture.apply(try decoded())
            try await body(fixture)
        }
    }

    @discardableResult
    func apply(_ layout: OrganisationLayout) async throws -> LayoutChanges {
        let act = act
        return try await database.write { try service.apply(layout, by: act, in: $0) }
    }

    func agency(_ key: String) async throws -> Identifier {
        let found = try await service.snapshot().agencies.values.first { $0.key == key }
        guard let found else { throw Missing(key: key) }
        return found.id
    }

    struct Missing: Error { let key: String }

    func eventNames() async throws -> [String] {
        try await database.read { view in
            try view.rows("SELECT type FROM journal ORDER BY at, division, stream, seq").map { try $0.get("type") }
        }
    }
}
