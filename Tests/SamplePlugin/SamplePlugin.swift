public import ArgumentParser
public import PluginKit

/// A plugin that contributes one of each kind, as small as can be: what an author's first plugin looks like.
public struct SamplePlugin: ServicePlugin {
    public static let manifest = PluginManifest(
        id: "sample", version: "1.0.0", title: "示例插件", owner: "数据局")

    public static let migrations = [
        Migration("0001-notice", "CREATE TABLE sample_notice (id TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL)")
    ]

    public static var commands: [any ParsableCommand.Type] { [CountNotices.self] }

    /// Its settings.
    public struct Settings: PluginSettings {
        public let greeting: String

        public init(from reader: SettingsReader) throws {
            greeting = try reader.text("greeting", default: "您好", doc: "问候语")
        }
    }

    private let settings: Settings
    private let host: PluginHost

    public init(settings: Settings, host: PluginHost) {
        self.settings = settings
        self.host = host
    }

    public var contributions: [any Contribution] {
        Endpoint(.post, "notices/{id}", summary: "记一条通知", access: .anyone, status: 201) { (notice: Notice, call) in
            try await call.commit(to: host.database, status: 201) { transaction in
                let stream = StreamID(division: "430600", kind: "sample", id: notice.id)
                try host.events.record(
                    [Noticed(id: notice.id, text: notice.text)], to: stream, by: call.act, in: transaction)
                return notice
            }
        }
        Page("hello", menu: "示例") { _ in .render(.text("{{greeting}}"), ["greeting": .text(settings.greeting)]) }
        Job("sweep", every: .seconds(60)) { [host] _ in
            _ = try await host.database.write { try $0.execute("DELETE FROM sample_notice WHERE text = 'old'") }
        }
        On(Noticed.self, name: "store") { event, _, transaction in
            try transaction.execute("INSERT INTO sample_notice (id, text) VALUES (?, ?)", event.id, event.text)
        }
    }
}

/// A notice, as callers send it.
public struct Notice: SchemaType {
    public var id = ""
    public var text = ""

    public init() {}

    public static let schema = Schema<Notice> {
        Field("id", \.id, .text(max: 40), doc: "编号", in: .path)
        Field("text", \.text, .text(min: 1, max: 100), doc: "内容")
    }
}

/// A notice has arrived.
public struct Noticed: Event {
    public static let name = "sample.noticed"
    public let id: String
    public let text: String

    public init(id: String, text: String) {
        self.id = id
        self.text = text
    }
}

/// `yiciban sample count`
struct CountNotices: KernelCommand {
    static let configuration = CommandConfiguration(commandName: "count", abstract: "数一数通知")

    @OptionGroup var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let host = try context.host(of: SamplePlugin.self)
        let count: Int64 = try await host.database.read { snapshot in
            try snapshot.row("SELECT count(*) AS n FROM sample_notice")?.get("n") ?? 0
        }
        context.output.print("\(count)", json: ["count": .integer(count)])
    }
}
