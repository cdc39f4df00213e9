import Cryptography
import Documents
import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport

@testable import ESeal

/// A seal service on a fresh database with an organisation of two agencies and a park.
struct ServiceFixture: Sendable {
    let database: any Database
    let service: ESealService
    let organisation: OrganisationService
    let cipher: FieldCipher

    static let layout = """
        {"divisions": [
            {"code": "430600", "name": "岳阳市", "level": "prefecture"},
            {"code": "430600-Z02", "name": "城陵矶新港区", "level": "zone"}],
         "roles": [
            {"id": "keeper", "title": "保管", "permissions": ["eseal.keep"]},
            {"id": "approver", "title": "审批", "permissions": ["eseal.approve"]},
            {"id": "maker", "title": "制作", "permissions": ["eseal.make"]}],
         "agencies": [
            {"key": "health", "name": "岳阳市卫生健康委员会", "department": "卫健", "division": "430600"},
            {"key": "police", "name": "岳阳市公安局", "department": "公安", "division": "430600"},
            {"key": "park", "name": "城陵矶新港区管理委员会", "department": "行政审批", "division": "430600-Z02"}]}
        """

    static func run(_ kind: TestDatabaseKind, _ body: (ServiceFixture) async throws -> Void) async throws {
        let migrations = [StorageSchema.migrations, OrganisationService.migrations, ESealService.migrations]
        try await withDatabase(kind, migrations: migrations) { database in
            let cipher = try await Keyring.forTests(database).cipher
            let events = EventLog()
            let organisation = OrganisationService(database: database, events: events, cipher: cipher)
            let layout = try OrganisationLayout(json: try JSONValue(parsing: Self.layout))
            let act = Act(actor: .system("test"), now: TestDatabase.now)
            try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
            let service = ESealService(
                database: database, events: events, cipher: cipher, organisation: organisation, trustedRoots: [],
                division: "430600")
            try await body(
                ServiceFixture(database: database, service: service, organisation: organisation, cipher: cipher))
        }
    }

    /// The same service when our root is on the trust list.
    func trusting() async throws -> ESealService {
        let roots = try await database.read { try service.authority.certificates(in: $0) }
            .filter { $0.role == .root }.map(\.certificate)
        return ESealService(
            database: database, events: EventLog(), cipher: cipher, organisation: organisation, trustedRoots: roots,
            division: "430600")
    }

    func agency(_ key: String) async throws -> Identifier {
        let found = try await organisation.snapshot().agencies.values.first { $0.key == key }
        guard let found else { throw Missing(key: key) }
        return found.id
    }

    struct Missing: Error { let key: String }

    func act(after seconds: Int64 = 0) -> Act {
        Act(actor: .system("test"), now: TestDatabase.now.adding(.seconds(seconds)))
    }

    /// Somebody of an agency with some permissions; the same name is the same account.
    func staff(_ name: String, at agency: String, _ permissions: Permission...) async throws -> Act {
        let seed = Seed(bytes: Array("\(name)________________________________".utf8.prefix(32)))
        let post = StaffPost(
            id: seed.identifier("post", at: TestDatabase.now), agency: try await self.agency(agency),
            agencyName: agency,
            division: agency == "park" ? "430600-Z02" : "430600", site: nil, permissions: Set(permissions.map(\.id)))
        return Act(
            actor: .staff(
                post, account: seed.identifier("account", at: TestDatabase.now), person: nil, name: name,
                terminal: .portal), now: TestDatabase.now)
    }

    /// A seal in force, after all steps of its life.
    @discardableResult
    func seal(_ agency: String, kind: SealKind = .official, purpose: String = "", powers: [String] = []) async throws
        -> Identifier
    {
        let act = act()
        let seal = try await service.apply(
            SealApplication(
                agency: try await self.agency(agency), kind: kind, purpose: purpose, powers: powers), by: act)
        try await service.take(.approve, seal, by: act)
        try await service.make(seal, by: act)
        try await service.take(.receive, seal, by: act)
        return seal
    }

    func find(_ id: Identifier) async throws -> Seal? {
        try await database.read { try service.register.find(id, in: $0) }
    }

    func events(of id: Identifier) async throws -> [String] {
        try await database.read { snapshot in
            try Journal.entries(of: service.register.stream(id), in: snapshot).map(\.entry.type)
        }
    }

    static func paper(_ lines: Int = 3) -> PageDocument {
        PageDocument(
            title: "出生医学证明", author: "岳阳市卫生健康委员会", number: "证照编号　O430000001", date: "2026-03-02",
            blocks: Array(repeating: .paragraph("新生儿王𬱖，男，二〇二六年三月一日出生于岳阳市。Name: Wang & <Co>"), count: lines)
                + [.stamp(PageSeal(name: "岳阳市卫生健康委员会", day: "2026年3月2日", code: "1.2.156.3005.2", caption: "电子证照标识"))])
    }

    func request(_ agency: String = "health", power: String = "birth-certificate", lines: Int = 3) async throws
        -> SealingRequest
    {
        SealingRequest(
            agency: try await self.agency(agency), power: power, decision: "case-1",
            subject: Seed(bytes: Array(repeating: UInt8(lines), count: 32)).identifier("licence", at: TestDatabase.now),
            document: Self.paper(lines))
    }
}
