import HTTPService
import Kernel
import PluginKit

/// A note of the sample registry.
struct Note: SchemaType, Versioned {
    var id = ""
    var text = ""
    var version = 0

    static let schema = Schema<Note> {
        Field("id", \.id, .text(max: 40), doc: "编号", in: .path)
        Field("text", \.text, .text(min: 1, max: 20), doc: "内容")
        Field("version", \.version, Format<Int>.integer(in: 0...1_000_000).withDefault, doc: "版本")
    }
}

/// A search of the sample registry.
struct Search: SchemaType {
    var words = ""
    var limit = 10
    var tags: [String] = []

    static let schema = Schema<Search> {
        Field("words", \.words, .text(max: 10), doc: "词", in: .query)
        Field("limit", \.limit, Format<Int>.integer(in: 1...100).withDefault, doc: "条数", in: .query)
        Field("tags", \.tags, Format<[String]>.list(of: .text(max: 10)).withDefault, doc: "标签", in: .query)
    }
}

/// What a search found.
struct Found: SchemaType {
    var words = ""
    var limit = 0
    var tags: [String] = []
    var actor = ""

    static let schema = Schema<Found> {
        Field("words", \.words, .text(max: 10))
        Field("limit", \.limit, .integer(in: 0...100))
        Field("tags", \.tags, .list(of: .text(max: 10)))
        Field("actor", \.actor, .text(max: 200))
    }
}

/// A file's name and size.
struct Receipt: SchemaType {
    var name = ""
    var size = 0
    var type = ""

    static let schema = Schema<Receipt> {
        Field("name", \.name, .text(max: 200))
        Field("size", \.size, .integer(in: 0...1_000_000_000))
        Field("type", \.type, .text(max: 200))
    }
}

struct Unexpected: Error {}

enum SampleRegistry {
    static let audit = Permission("sample.audit", "查看")

    static func make(_ database: any Database) -> Registry {
        Registry(
            endpoints: endpoints(database).map { .init(owner: "sample", isPlugin: false, value: $0) }
                + [
                    .init(
                        owner: "extra", isPlugin: true,
                        value: Endpoint(.get, "search", summary: "插件的查询", access: .anyone) { (_: Nothing, _) in
                            Nothing()
                        })
                ],
            pages: pages.map { .init(owner: "sample", isPlugin: false, value: $0) }, jobs: [], observers: [],
            deliveries: [], permissions: [],
            others: gauges.map { .init(owner: "sample", isPlugin: false, value: $0) }
                + [
                    .init(
                        owner: "extra-part", isPlugin: true,
                        value: Gauge("ready", help: "whether it is") { _, _ in [.init(0.5)] })
                ])
    }

    private static let gauges: [any Contribution] = [
        Gauge("notes", help: "notes by kind") { snapshot, _ in
            [.init(try snapshot.row("SELECT COUNT(*) AS n FROM note")?.get("n") ?? -1, ["kind": "a \"b\" \\ c"])]
        },
        Gauge("broken", help: "never read") { _, _ in throw Unexpected() },
    ]

    private static func endpoints(_ database: any Database) -> [Endpoint] {
        [
            Endpoint(.get, "search", summary: "查询", access: .anyone) { (input: Search, call) in
                Found(words: input.words, limit: input.limit, tags: input.tags, actor: call.actor.journalName)
            },
            Endpoint(.post, "notes/{id}", summary: "新建", access: .signedIn, status: 201) { (input: Note, call) in
                try await call.commit(to: database, status: 201) { transaction in
                    try transaction.execute(
                        "INSERT INTO note (id, text, version) VALUES (?, ?, 1)", input.id, input.text)
                    return Note(id: input.id, text: input.text, version: 1)
                }
            },
            Endpoint(.post, "renewals/{id}", summary: "换新", access: .signedIn) { (input: NoteID, call) -> Note in
                try await call.commitEither(to: database) { transaction in
                    try transaction.execute("INSERT INTO note (id, text, version) VALUES (?, 'new', 1)", input.id)
                    return .refusal(
                        Problem(
                            409, "sample.renewed", "内容有变化", "请核对后再试。",
                            findings: [Finding("text", "sample.renewed", "内容已更新。")]))
                }
            },
            Endpoint(.get, "notes/{id}", summary: "读取", access: .signedIn) { (input: NoteID, _) in
                try await database.read { try note(input.id, in: $0) }
            },
            Endpoint(.put, "notes/{id}", summary: "修改", access: .signedIn) { (input: Note, call) in
                try await call.commit(to: database) { transaction in
                    let old = try note(input.id, in: transaction)
                    if let expected = call.expectedVersion, expected != old.version {
                        throw Problem(412, "sample.stale", "内容已被更新", "请刷新后重试。")
                    }
                    try transaction.execute(
                        "UPDATE note SET text = ?, version = version + 1 WHERE id = ?", input.text, input.id)
                    return Note(id: input.id, text: input.text, version: old.version + 1)
                }
            },
            Endpoint(upload: .post, "files", summary: "上传", access: .signedIn) { (_: Nothing, file, _) in
                Receipt(name: file.name, size: file.bytes.count, type: file.contentType)
            },
            Endpoint(download: "files/{id}", summary: "下载", access: .anyone, contentTypes: ["text/plain"]) {
                (input: NoteID, _) in
                FileReply(bytes: Array("内容".utf8), contentType: "text/plain", name: "材料\"\(input.id)\".txt")
            },
            Endpoint(.get, "audit", summary: "审计", access: .staff(audit)) { (_: Nothing, _) in Nothing() },
            Endpoint(.post, "fail", summary: "失败", access: .anyone) { (_: Nothing, _) -> Nothing in throw Unexpected()
            },
            Endpoint(.post, "full", summary: "满盘", access: .anyone) { (_: Nothing, _) -> Nothing in
                throw StorageError(.diskFull, "磁盘已满。", detail: "secret path")
            },
        ]
    }

    private static func note(_ id: String, in snapshot: Snapshot) throws -> Note {
        guard let row = try snapshot.row("SELECT text, version FROM note WHERE id = ?", id) else {
            throw Problem.notFound("这条记录")
        }
        return Note(id: id, text: try row.get("text"), version: try row.get("version"))
    }

    private static let pages = [
        Page("notice", menu: "公告") { request in
            .render(.text("公告 {{x}}"), ["x": .text(request.parameter("x"))])
        },
        Page("private", access: .signedIn) { _ in .render(.text("私有"), [:]) },
        Page(post: "notice", access: .anyone) { request in
            let files = request.files["file"]?.map { "\($0.name):\($0.bytes.count)" }.joined(separator: ",") ?? ""
            return .render(.text("收到"), ["text": .text(request.field("text")), "files": .text(files)])
        },
        Page(post: "late", access: .anyone) { _ in throw Problem.signInRequired },
        Page(post: "go", access: .anyone) { request in .redirect(request.field("to")) },
    ]
}

struct NoteID: SchemaType {
    var id = ""
    static let schema = Schema<NoteID> { Field("id", \.id, .text(max: 40), doc: "编号", in: .path) }
}

/// Knows two tokens.
struct SampleAuthenticator: Authenticator {
    static let citizen = "citizen-token"
    static let clerk = "clerk-token"

    func actor(token: String, terminal: Actor.Terminal, at instant: Instant) async throws -> Actor? {
        let account = Seed(bytes: [UInt8](repeating: 1, count: 32)).identifier(token, at: instant)
        switch token {
        case Self.citizen: return .person(account, account: account, name: "张三", terminal: terminal)
        case Self.clerk:
            let post = StaffPost(
                id: account, agency: account, agencyName: "局", division: "430600", site: nil,
                permissions: [SampleRegistry.audit.id])
            return .staff(post, account: account, person: nil, name: "李四", terminal: terminal)
        default: return nil
        }
    }
}

/// Shows the template, the model and the token as text.
struct SampleRenderer: PageRenderer {
    func render(_ template: Template, _ model: ViewModel, in context: PageContext) async throws -> [UInt8] {
        Array("<p>\(template)|\(model)|csrf=\(context.csrfToken)|</p>".utf8)
    }

    func renderSignIn(keeping form: KeptForm, in context: PageContext) async throws -> [UInt8] {
        Array("<h1>sign in</h1>\(form.path) \(form.fields.map { "\($0.name)=\($0.value)" })".utf8)
    }

    func render(_ problem: Problem, in context: PageContext) async throws -> [UInt8] {
        Array("<h1>\(problem.title)</h1>\(problem.code) \(context.requestID)".utf8)
    }
}
