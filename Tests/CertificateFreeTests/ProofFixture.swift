import Documents
import Foundation
import Kernel
import Logging
import PluginKit
import StorageTestSupport

@testable import CertificateFree

/// A city with a few departments, one theme and the plugin on one of the databases.
struct ProofFixture: Sendable {
    let kernel: Kernel
    let folder: URL
    let register: ProofRegister
    let host: PluginHost

    static let now = TestDatabase.now
    static let layout = """
        {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"}],
         "roles": [{"id": "officer", "title": "审批", "permissions": ["casework.decide"]}],
         "agencies": [
            {"key": "approval", "name": "岳阳市行政审批服务局", "department": "行政审批", "division": "430600", "creditCode": "11430600MYY000014M"},
            {"key": "civil", "name": "岳阳市民政局", "department": "民政", "division": "430600", "creditCode": "11430600MYY000081K"},
            {"key": "market", "name": "岳阳市市场监督管理局", "department": "市场监管", "division": "430600", "creditCode": "11430600MYY000065X"},
            {"key": "police", "name": "岳阳市公安局", "department": "公安", "division": "430600", "creditCode": "11430600MYY000030B"}]}
        """
    static let heading = ["编码", "名称", "别名", "索要单位", "开具部门", "依据", "状态", "怎样替代", "开具渠道"]
    /// 婚姻状况证明 is cancelled, 户籍证明 replaced, the others are kept.
    static let rows = [
        ["ZM001", "无犯罪记录证明", "无违法犯罪记录证明", "市场监管", "公安", "示例规定第一条", "保留", "", "网上、掌上、线下"],
        ["zm002", "婚姻状况证明", "单身证明、未婚证明", "民政", "民政", "示例规定第二条", "取消", "由本人承诺", ""],
        ["ZM003", "户籍证明", "", "人社", "公安", "示例规定第三条", "数据替代", "公安户籍数据核验", ""],
        ["ZM004", "企业无违规证明", "", "发改", "市场监管", "示例规定第四条", "保留", "", "线下"],
    ]

    static func run(
        _ kind: TestDatabaseKind, settings: String = "", _ body: (ProofFixture) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations]) { database in
            let place = FileManager.default.temporaryDirectory.appending(
                path: "yiciban-proof-\(UUID().uuidString)", directoryHint: .isDirectory)
            let themes = place.appending(path: "themes", directoryHint: .isDirectory)
            let theme = themes.appending(path: "marriage", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: theme, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: place) }
            try SampleTheme.text.write(to: theme.appending(path: "theme.yaml"), atomically: true, encoding: .utf8)
            let folder = DeploymentFolder(place.appending(path: "data").path)
            try folder.create(
                settings: """
                    name: 测试
                    division: 430600
                    plugins: [certificate-free]
                    \(settings)
                    """)
            let kernel = try await Kernel.boot(
                folder: folder, plugins: [CertificateFreePlugin.self], composition: .standard(themeFolders: [themes]),
                clock: StillClock(instant: now), withoutBackup: true, database: database,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let organisation = try kernel.services(OrganisationService.self)
            let layout = try OrganisationLayout(json: try JSONValue(parsing: Self.layout))
            let act = Act(actor: .system("test"), now: now)
            try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
            guard let host = try kernel.services(PluginHosts.self)["certificate-free"] else { throw Missing() }
            do {
                try await body(
                    ProofFixture(kernel: kernel, folder: place, register: try ProofRegister(host), host: host))
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

    var database: any Database { host.database }
    var act: Act { Act(actor: .system("test"), now: Self.now) }
    var day: LegalDay { Self.now.day }
    var anybody: Act { Act(actor: .anonymous(terminal: .portal), now: Self.now) }

    func table(_ rows: [[String]], heading: [String] = heading) throws -> String {
        let path = folder.appending(path: "\(UUID().uuidString).csv").path
        var writer = try TableWriter(path: path)
        try writer.heading(heading)
        for row in rows { try writer.row(row) }
        try writer.finish()
        return path
    }

    @discardableResult
    func load(_ rows: [[String]] = rows, dryRun: Bool = false, by act: Act? = nil) async throws -> ProofRegister.Import
    {
        try await register.load(try table(rows), isDryRun: dryRun, by: act ?? self.act)
    }

    func agency(_ key: String) async throws -> Identifier {
        let places = try await kernel.services(OrganisationService.self).snapshot()
        guard let found = places.agencies.values.first(where: { $0.key == key }) else { throw Missing() }
        return found.id
    }

    /// Somebody at an agency with these permissions.
    func staff(_ agency: String, _ permissions: Permission..., at now: Instant = now) async throws -> Act {
        let seed = Seed.random()
        let post = StaffPost(
            id: seed.identifier("post", at: now), agency: try await self.agency(agency), agencyName: agency,
            division: "430600", site: nil, permissions: Set(permissions.map(\.id)))
        return Act(
            actor: .staff(
                post, account: seed.identifier("account", at: now), person: nil, name: "某人", terminal: .portal),
            now: now)
    }

    /// The codes and fields of what was refused; nothing where nothing was.
    func refusal(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let error as any ProblemConvertible {
            return [error.problem.code] + error.problem.findings.map(\.field)
        } catch {
            return ["\(error)"]
        }
    }

    /// The events of streams of a kind in the order in which they were written, without their bodies.
    func events(_ kind: String, _ id: Identifier) async throws -> [String] {
        try await database.read { snapshot in
            try Journal.entries(
                of: StreamID(division: "430600", kind: kind, id: id.text), after: 0, limit: 50, in: snapshot
            ).map(\.entry.type)
        }
    }
}
