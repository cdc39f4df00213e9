import ArgumentParser
import PluginKit
import SamplePlugin
import StorageTestSupport
import Testing

@testable import Kernel

/// Plugins: which begin, in which order, and what keeps them from it.
@Suite struct PluginTests {
    struct First: ServicePlugin {
        static let manifest = PluginManifest(id: "first", version: "1", title: "一", owner: "局", after: ["second"])
        init(settings: NoSettings, host: PluginHost) {}
    }

    struct Second: ServicePlugin {
        static let manifest = PluginManifest(id: "second", version: "1", title: "二", owner: "局")
        init(settings: NoSettings, host: PluginHost) {}
    }

    struct Circle: ServicePlugin {
        static let manifest = PluginManifest(id: "circle", version: "1", title: "圈", owner: "局", after: ["round"])
        init(settings: NoSettings, host: PluginHost) {}
    }

    struct Round: ServicePlugin {
        static let manifest = PluginManifest(id: "round", version: "1", title: "圆", owner: "局", after: ["circle"])
        init(settings: NoSettings, host: PluginHost) {}
    }

    struct Clumsy: ServicePlugin {
        static let manifest = PluginManifest(
            id: "clumsy", version: "1", title: "笨", owner: "局", requires: [.casework])
        static var commands: [any ParsableCommand.Type] { [One.self, Other.self] }
        init(settings: NoSettings, host: PluginHost) {}

        @ContributionBuilder static var clashing: [any Contribution] {
            Endpoint(.get, "a/{x}", summary: "", access: .anyone) { (_: Nothing, _) in Nothing() }
            Endpoint(.get, "a/{y}", summary: "", access: .anyone) { (_: Nothing, _) in Nothing() }
            Page("p") { _ in .redirect("/") }
            Page("p") { _ in .redirect("/") }
            Job("j", every: .seconds(1)) { _ in }
            Job("j", every: .seconds(2)) { _ in }
            Permission("p", "甲")
            Permission("p", "乙")
            On("e", as: [String: String].self) { _, _, _ in }
            On("e", as: [String: String].self) { _, _, _ in }
        }

        struct One: KernelCommand {
            static let configuration = CommandConfiguration(commandName: "same")
            @OptionGroup var common: CommonOptions
            func run(in context: CommandContext) async throws {}
        }

        struct Other: KernelCommand {
            static let configuration = CommandConfiguration(commandName: "same")
            @OptionGroup var common: CommonOptions
            func run(in context: CommandContext) async throws {}
        }
    }

    struct Trespasser: ServicePlugin {
        static let manifest = PluginManifest(id: "trespasser", version: "1", title: "越界", owner: "局")
        static let migrations = [Migration("0001", "CREATE TABLE other_table (id TEXT)")]
        init(settings: NoSettings, host: PluginHost) {}
    }

    struct Sealing: ServicePlugin {
        static let manifest = PluginManifest(id: "sealing", version: "1", title: "密封", owner: "局")
        static let migrations = [
            Migration("0001", "CREATE TABLE sealing_note (id TEXT NOT NULL PRIMARY KEY, body BLOB NOT NULL)")
        ]
        static let encryptedColumns = [
            EncryptedColumn(table: "sealing_note", keys: ["id"], column: "body") { try $0.get("id") }
        ]
        init(settings: NoSettings, host: PluginHost) {}
    }

    struct Reserved: ServicePlugin {
        static let manifest = PluginManifest(id: "outbox", version: "1", title: "占名", owner: "局")
        init(settings: NoSettings, host: PluginHost) {}
    }

    private func selection(_ plugins: [any ServicePlugin.Type], _ enabled: [String]) -> PluginSelection {
        PluginSelection(of: plugins, enabled: enabled, areas: ["outbox"], capabilities: ["identity"])
    }

    @Test("a plugin begins after those that it names, where they are enabled")
    func order() {
        let plugins: [any ServicePlugin.Type] = [First.self, Second.self]
        #expect(selection(plugins, ["first", "second"]).ordered.map { $0.manifest.id } == ["second", "first"])
        #expect(selection(plugins, ["first"]).ordered.map { $0.manifest.id } == ["first"])
    }

    @Test("a circle, an unknown ID with its nearest match, a repeated one: all at once")
    func selectionFindings() {
        let found = selection([Circle.self, Round.self, Reserved.self], ["circle", "round", "cirle", "circle"]).findings
        #expect(Set(found.map(\.code)) == ["plugin.cycle", "plugin.unknown", "plugin.repeated", "plugin.id_reserved"])
        #expect(found.first { $0.code == "plugin.unknown" }?.message.contains("是否想写 circle") == true)
    }

    @Test("a service that is not there is told by name")
    func requires() {
        #expect(selection([Clumsy.self], ["clumsy"]).findings.map(\.code) == ["plugin.requires"])
    }

    @Test("every conflict between contributions is told at once")
    func conflicts() {
        var builder = RegistryBuilder()
        builder.add(commands: Clumsy.commands, area: "clumsy")
        builder.add(Clumsy.clashing, owner: "clumsy", isPlugin: true)
        #expect(builder.findings.count == 6)
        for kind in ["接口", "页面", "定时任务", "权限", "订阅", "命令"] {
            #expect(builder.findings.contains { $0.message.hasPrefix(kind) }, "\(kind)")
        }
    }

    @Test("a migration that leaves its fence stops the start before the database is touched")
    func fence() async throws {
        let found = try await Booting.findings([Trespasser.self], enabled: [])
        #expect(found.map(\.code) == ["plugin.migration_fence"])
    }

    @Test("an unknown setting of a plugin is told with the nearest match, and so is an unknown plugin's section")
    func pluginSettings() async throws {
        let found = try await Booting.findings([SamplePlugin.self], pluginSettings: ["sample": ["greting": "x"]])
        #expect(found.map(\.field) == ["plugin.sample.greting"])
        #expect(found.first?.message.contains("greeting") == true)
        let unknown = try await Booting.findings([SamplePlugin.self], pluginSettings: ["sampel": [:]])
        #expect(unknown.map(\.code) == ["plugin.unknown"])
        let malformed = try await Booting.findings([SamplePlugin.self], pluginSettings: ["sample": ["greeting": 5]])
        #expect(malformed.map(\.code) == ["settings.malformed"])
    }

    @Test(
        "a plugin with an endpoint, page, command, migration, job and subscription works on both databases",
        arguments: TestDatabase.all)
    func sample(_ kind: TestDatabaseKind) async throws {
        try await Booting.inFolder { folder in
            try await withDatabaseOpener(kind) { open in
                try folder.create(settings: "name: 测试\ndivision: 430600\n")
                let clock = FixedClock(TestDatabase.now)
                let kernel = try await Kernel.boot(
                    folder: folder, plugins: [SamplePlugin.self], composition: Booting.bare, clock: clock,
                    settings: try Booting.settings(plugins: ["sample"]), database: try open(), logger: Booting.logger)
                let endpoint = try #require(kernel.registry.endpoints.first { $0.path == "sample/notices/{id}" })
                let act = Act(actor: .anonymous(terminal: .api), now: clock.now())
                let reply = try await endpoint.value.run(
                    RawInput(members: ["id": "n1", "text": "你好"]), Call(act: act))
                #expect(reply.status == 201)
                #expect(try await kernel.outboxRunner.runDue() == 1)
                #expect(try await kernel.outboxRunner.runDue() == 0)
                let text: String? = try await kernel.database.read {
                    try $0.row("SELECT text FROM sample_notice WHERE id = 'n1'")?.get("text")
                }
                #expect(text == "你好")
                #expect(try await kernel.jobRunner.runDue().contains("sample.sweep"))
                #expect(kernel.registry.pages.map(\.path) == ["sample/hello"])
                let areas = KernelAreas.all(services: [], plugins: [SamplePlugin.self])
                #expect(areas.last?.commands.map { $0._commandName } == ["count"])
                try await kernel.close()
            }
        }
    }

    @Test("a plugin's commands get its settings and the division that the deployment serves")
    func hosts() async throws {
        try await Booting.kernel([SamplePlugin.self], pluginSettings: ["sample": ["greeting": "早"]]) { kernel in
            let host = try #require(try kernel.services(PluginHosts.self)["sample"])
            #expect(try host.settings(of: SamplePlugin.self).greeting == "早")
            #expect(host.division == "430600")
        }
    }

    @Test(
        "what a plugin sealed is sealed anew when keys are rotated, also while it is disabled",
        arguments: [true, false])
    func rotation(isEnabled: Bool) async throws {
        try await Booting.kernel([Sealing.self], enabled: isEnabled ? ["sealing"] : []) { kernel in
            let tools = try kernel.services(KernelTools.self)
            let cipher = tools.foundation.cipher
            let sealed = try cipher.sealText("张三", context: "n1", seed: .random())
            try await kernel.database.write {
                _ = try $0.execute("INSERT INTO sealing_note (id, body) VALUES ('n1', ?)", sealed)
            }
            let progress = try await KeyRotation(tools.encryptedColumns).run(
                on: kernel.database, keyring: tools.foundation.keyring, at: TestDatabase.now)
            #expect(progress.sealed == 1)
            let after = try await kernel.database.read {
                try $0.row("SELECT body FROM sealing_note")?.get("body", as: [UInt8].self)
            }
            #expect(try after.map { try cipher.openText($0, context: "n1") } == "张三")
            #expect(after != sealed)
        }
    }

    @Test("a disabled plugin keeps its tables and contributes nothing")
    func disabled() async throws {
        try await Booting.kernel([SamplePlugin.self], enabled: []) { kernel in
            #expect(kernel.registry.endpoints.isEmpty)
            let rows = try await kernel.database.read { try $0.rows("SELECT id FROM sample_notice").count }
            #expect(rows == 0)
        }
    }
}
