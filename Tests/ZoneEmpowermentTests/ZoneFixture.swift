import Foundation
import Kernel
import Logging
import PluginKit
import StorageTestSupport

@testable import ZoneEmpowerment

/// A city with a zone and a county on one of the databases, with the plugin enabled.
struct ZoneFixture: Sendable {
    let kernel: Kernel
    let register: PowerRegister

    static let now = TestDatabase.now
    static let layout = """
        {"divisions": [
            {"code": "430600", "name": "岳阳市", "level": "prefecture"},
            {"code": "430626", "name": "平江县", "level": "county"},
            {"code": "430600-Z02", "name": "城陵矶新港区", "level": "zone"}],
         "roles": [{"id": "officer", "title": "审批", "permissions": ["casework.decide"]}],
         "agencies": [
            {"key": "market", "name": "岳阳市市场监督管理局", "department": "市场监管", "division": "430600"},
            {"key": "town", "name": "平江县示例镇人民政府", "department": "示例镇", "division": "430626"},
            {"key": "zone", "name": "城陵矶新港区行政审批局", "department": "行政审批", "division": "430600-Z02"}]}
        """

    static func run(_ kind: TestDatabaseKind, _ body: (ZoneFixture) async throws -> Void) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations]) { database in
            let path = FileManager.default.temporaryDirectory.path + "/yiciban-zone-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let folder = DeploymentFolder(path)
            try folder.create(
                settings: """
                    name: 测试
                    division: 430600
                    plugins: [zone-empowerment]
                    plugin:
                      zone-empowerment: {parkTarget: 2}
                    """)
            let kernel = try await Kernel.boot(
                folder: folder, plugins: [ZoneEmpowermentPlugin.self], composition: .standard(),
                clock: StillClock(instant: now), withoutBackup: true, database: database,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let organisation = try kernel.services(OrganisationService.self)
            let layout = try OrganisationLayout(json: try JSONValue(parsing: Self.layout))
            let act = Act(actor: .system("test"), now: now)
            try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
            guard let host = try kernel.services(PluginHosts.self)["zone-empowerment"] else { throw Missing() }
            do {
                try await body(ZoneFixture(kernel: kernel, register: try PowerRegister(host)))
                try await kernel.close()
            } catch {
                try? await kernel.close()
                throw error
            }
        }
    }

    struct Missing: Error {}

    struct StillClock: Now {
        let instant: Instant
        func now() -> Instant { instant }
    }

    var act: Act { Act(actor: .system("test"), now: Self.now) }
    var day: LegalDay { Self.now.day }

    func agency(_ key: String) async throws -> Identifier {
        let found = try await register.organisation.snapshot().agencies.values.first { $0.key == key }
        guard let found else { throw Missing() }
        return found.id
    }

    func input(_ item: String, _ change: (inout PowerInput) -> Void = { _ in }) -> PowerInput {
        var input = PowerInput()
        input.item = item
        input.title = "事项\(item)"
        input.from = "岳阳市市场监督管理局"
        input.division = "430600-Z02"
        input.agency = "zone"
        input.basis = "岳政办发〔2022〕1号"
        input.startsOn = day
        change(&input)
        return input
    }

    @discardableResult
    func delegate(_ input: PowerInput, by act: Act? = nil) async throws -> DelegatedPower {
        let act = act ?? self.act
        return try await register.database.write { [register] in try register.delegate(input, by: act, in: $0) }
    }

    func takeBack(_ id: Identifier, on day: LegalDay, reason: String = "机构改革", by act: Act? = nil) async throws {
        let act = act ?? self.act
        _ = try await register.database.write { [register] in
            try register.takeBack(id, on: day, reason: reason, by: act, in: $0)
        }
    }

    /// The identifier of an item's power.
    func power(_ item: String) async throws -> Identifier? {
        try await register.standing(at: Self.now).powers.first { $0.power.item == item }?.power.id
    }

    /// Somebody of a division who may delegate.
    func staff(_ division: String) async throws -> Act {
        let seed = Seed.random()
        let post = StaffPost(
            id: seed.identifier("post", at: Self.now), agency: try await agency("market"), agencyName: "某局",
            division: division, site: nil, permissions: [PowerRegister.delegate.id])
        return Act(
            actor: .staff(
                post, account: seed.identifier("account", at: Self.now), person: nil, name: "某人", terminal: .portal),
            now: Self.now)
    }

    /// Gives the zone's organ a member of staff who may decide.
    func employ(at key: String = "zone") async throws {
        let (agency, act) = (try await agency(key), act)
        _ = try await register.database.write { [register] in
            try register.organisation.addPost(
                for: act.identifier("account"), at: agency, roles: ["officer"], by: act, in: $0)
        }
    }

    /// Gives the zone's organ a seal in force, for some items or for all.
    func seal(powers: [String] = []) async throws {
        let seals = register.seals
        try await seals.authority.found("岳阳市", by: act)
        let seal = try await seals.apply(
            SealApplication(
                agency: try await agency("zone"), kind: powers.isEmpty ? .official : .approval,
                shape: powers.isEmpty ? .round : .oval, purpose: powers.isEmpty ? "" : "行政审批专用章", powers: powers),
            by: act)
        try await seals.take(.approve, seal, by: act)
        try await seals.make(seal, by: act)
        try await seals.take(.receive, seal, by: act)
    }

    /// What is missing of each item's three things.
    func missing() async throws -> [String: [String]] {
        let standing = try await register.standing(at: Self.now)
        return Dictionary(
            standing.powers.map { ($0.power.item, $0.readiness.missing) }, uniquingKeysWith: { $0 + $1 })
    }
}
