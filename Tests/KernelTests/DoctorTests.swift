import Cryptography
import Foundation
import PluginKit
import SamplePlugin
import StorageTestSupport
import Testing

@testable import Kernel

/// A plugin with a look of its own.
private struct WatchedPlugin: ServicePlugin {
    static let manifest = PluginManifest(id: "watched", version: "1.0.0", title: "受查的插件", owner: "数据局")

    init(settings: NoSettings, host: PluginHost) {}

    var contributions: [any Contribution] {
        HealthCheck("partner", title: "对方系统") { _ in .warning("证书还有三天到期", remedy: "请换证书。") }
        HealthCheck("broken", title: "另一项") { _ in throw KernelError(.overran, "对方没有回答。") }
        Gauge("partners", help: "partners that answer") { _, _ in [.init(2)] }
    }
}

@Suite("The examination of a deployment")
struct DoctorTests {
    /// A deployment whose port nobody is asked for.
    private static func inDeployment(
        _ settings: String = "", _ body: (DeploymentFolder) async throws -> Void
    ) async throws {
        try await Booting.inFolder { folder in
            try folder.create(settings: "name: 测试\ndivision: 430600\nhttp:\n  port: 0\n\(settings)")
            try await body(folder)
        }
    }

    private static func examine(
        _ folder: DeploymentFolder, _ plugins: [any ServicePlugin.Type] = [], at now: Instant = SystemClock().now()
    ) async -> [String: Health] {
        let found = await Doctor(folder, plugins: plugins, composition: Booting.bare, clock: FixedClock(now)).examine()
        return Dictionary(found.map { ($0.name, $0.health) }, uniquingKeysWith: { first, _ in first })
    }

    private static func boot(_ folder: DeploymentFolder) async throws {
        try await Kernel.boot(folder: folder, plugins: [], composition: Booting.bare, logger: Booting.logger).close()
    }

    @Test("a sound deployment has nothing but a backup to wish for, and every fault of a stage ends there")
    func sound() async throws {
        try await Self.inDeployment { folder in
            try await Self.boot(folder)
            var found = await Self.examine(folder)
            #expect(found.filter { $0.value.level == .fault }.isEmpty, "\(found)")
            #expect(found["backup"]?.level == .warning)
            #expect(found["database"]?.level == .sound && found["keys"]?.level == .sound)

            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.masterKeyPath)
            found = await Self.examine(folder)
            #expect(found.keys.sorted() == ["folder"] && found["folder"]?.detail.contains("chmod 600") == true)
        }
        #expect(await Self.examine(DeploymentFolder("/nowhere")).keys.sorted() == ["folder"])
    }

    @Test("all faults of the settings are told with their nearest match")
    func settings() async throws {
        try await Self.inDeployment("httpp: 1\nbackup:\n  maximumAge: soon\n") { folder in
            let found = await Self.examine(folder)
            #expect(found["settings"]?.level == .fault && found["database"] == nil)
            #expect(found["settings"]?.detail.contains("是否想写 http") == true)
            #expect(found["settings"]?.detail.contains("maximumAge") == true)
        }
    }

    @Test("a key that does not belong to its certificate, and a lost one")
    func keys() async throws {
        try await Self.inDeployment { folder in
            try await Self.boot(folder)
            let other = try SM2.PrivateKey.generate().pem()
            try Data(other.utf8).write(to: URL(fileURLWithPath: folder.deploymentKeyPath))
            #expect(await Self.examine(folder)["keys"]?.detail.contains("不是一对") == true)
            try FileManager.default.removeItem(atPath: folder.masterKeyPath)
            #expect(await Self.examine(folder)["folder"]?.level == .fault)
        }
    }

    @Test("certificates that end soon, or that the clock does not reach")
    func certificates() async throws {
        try await Self.inDeployment { folder in
            try await Self.boot(folder)
            let end = Instant(milliseconds: try folder.certificates().leaf.notAfter)
            #expect(
                await Self.examine(folder, at: end.adding(.seconds(-30 * 86_400)))["certificates"]?.level == .warning)
            #expect(await Self.examine(folder, at: end.adding(.seconds(2 * 86_400)))["certificates"]?.level == .fault)
            #expect(await Self.examine(folder, at: TestDatabase.now)["certificates"]?.detail.contains("本机时间") == true)
        }
    }

    @Test("a database that waits for its migration is told and left as it is")
    func pending() async throws {
        try await Self.inDeployment { folder in
            try await Self.boot(folder)
            let found = await Self.examine(folder, [SamplePlugin.self])
            #expect(
                found["schema"]?.level == .warning && found["schema"]?.detail.contains("sample/0001-notice") == true)
            #expect(found["database"] == nil)
            #expect(await Self.examine(folder)["schema"]?.level == .sound)
        }
    }

    @Test("a damaged database, a parked delivery, a failed job and a clock that was set back")
    func trouble() async throws {
        try await Self.inDeployment { folder in
            try await Self.boot(folder)
            let database = try SQLiteDatabase(path: folder.databasePath)
            let now = SystemClock().now()
            try await database.write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO outbox (id, division, stream, position, event, subscriber, body, at, state, attempts, next_at)
                    VALUES (?, '430600', 'case/1', 1, 'case.completed', 'sms.send', '{}', ?, 'parked', 9, ?)
                    """, Seed.random().identifier("outbox", at: now), now, now)
                try transaction.execute(
                    """
                    INSERT INTO kernel_job_lease (name, next_at, holder, lease_until, error)
                    VALUES ('kernel.checkpoint', 0, '', 0, '磁盘已满')
                    """)
                try transaction.execute(
                    """
                    INSERT INTO journal_checkpoint (number, at, heads, previous, hash, signature)
                    VALUES (1, ?, 0, ?, ?, ?)
                    """, now.adding(.seconds(3_600)), [0] as [UInt8], [0] as [UInt8], [0] as [UInt8])
                try BackupRecord(at: now.adding(.seconds(-90_000)), file: "a.tar", bytes: 1).insert(in: transaction)
            }
            try await database.close()
            let found = await Self.examine(folder, at: now)
            #expect(found["outbox"]?.detail.contains("case.completed → sms.send") == true)
            #expect(found["jobs"]?.detail.contains("磁盘已满") == true)
            #expect(found["clock"]?.level == .fault && found["clock"]?.detail.contains("拨回") == true)
            #expect(found["backup"]?.level == .warning && found["backup"]?.detail.contains("24 小时") == true)
        }
    }

    @Test("what plugins contribute is looked at under their names; what throws is a fault with its remedy")
    func contributed() async throws {
        try await Booting.kernel([WatchedPlugin.self]) { kernel in
            let act = Act(actor: .system("doctor"), now: TestDatabase.now)
            var found: [String: Health] = [:]
            for check in kernel.registry.healthChecks where check.isPlugin {
                found[check.name] = await Examination(check.name, "") { try await check.value.look(act) }.health
            }
            #expect(found["watched.partner"]?.level == .warning)
            #expect(found["watched.broken"] == .fault("对方没有回答。", remedy: ""))
            #expect(kernel.registry.gauges.map(\.name).contains("yiciban_watched_partners"))
        }
    }

    @Test("a port that somebody else has taken")
    func port() throws {
        var settings = HTTPSettings()
        let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(taken) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                #expect(bind(taken, pointer, length) == 0 && listen(taken, 1) == 0)
                #expect(getsockname(taken, pointer, &length) == 0)
            }
        }
        settings.port = Int(UInt16(bigEndian: address.sin_port))
        #expect(PortProbe(settings).health.level == .fault)
        settings.host = "203.0.113.7"
        #expect(PortProbe(settings).health.detail.contains("没有地址"))
    }

    @Test("the settings of the database that endanger data are found", arguments: TestDatabase.all)
    func database(_ kind: TestDatabaseKind) async throws {
        try await withDatabase(kind) { database in
            let health = try await DatabaseHealth.look(at: database)
            #expect(health.bytes > 0)
            // The tests' server runs without disk syncs, which is just what must be told of.
            #expect(
                health.problems == (kind == .sqlite ? [] : ["fsync", "full_page_writes"].map { "\($0) 没有打开，断电会损坏数据库" }))
        }
    }

    @Test("a server is told of while it runs, and no longer once it was killed", arguments: TestDatabase.all)
    func presence(_ kind: TestDatabaseKind) async throws {
        let migrations = [StorageSchema.migrations, KernelSchema.migrations]
        try await withDatabase(kind, migrations: migrations) { database in
            func note(_ host: String, _ pid: Int, seen: Instant) async throws {
                try await database.write { transaction in
                    _ = try transaction.execute(
                        "INSERT INTO kernel_server VALUES (?, ?, ?, '127.0.0.1:8080', '1.0.0', ?, ?)", "\(host)-\(pid)",
                        host,
                        pid, TestDatabase.now, seen)
                }
            }
            let here = ProcessInfo.processInfo.hostName
            try await note(here, Int(ProcessInfo.processInfo.processIdentifier), seen: TestDatabase.now)
            try await note(here, 4_000_000, seen: TestDatabase.now)
            try await note("other", 1, seen: TestDatabase.now.adding(.seconds(-30)))
            try await note("gone", 1, seen: TestDatabase.now.adding(.seconds(-300)))
            let found = try await database.read { try ServerPresence.running(in: $0, at: TestDatabase.now) }
            #expect(Set(found.map(\.host)) == [here, "other"] && found.count == 2)
        }
    }
}
