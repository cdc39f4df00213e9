import Casework
import Catalogue
import Extension
import Foundation
import Standards
import StandardThemes
import Storage
import StorageTestSupport
import Synchronization
import Testing
import ThemeBundles

/// A town with its casework on one of the databases, a clock that a test moves, and the three real themes.
final class World: Sendable {
    let casework: CaseworkService
    let catalogue: CatalogueService
    let database: any Database
    let wallet = Wallet()
    let register = Register()
    let people = KnownPeople()
    let barred = BarredItems()
    let attendance = Attendance()
    let till = FakeTill()
    private let time: Mutex<Instant>

    private init(_ database: any Database, from start: Instant) async throws {
        self.database = database
        time = Mutex(start)
        let keyring = try await Keyring.forTests(database)
        let events = EventLog()
        catalogue = CatalogueService(database: database, events: events, cipher: keyring.cipher)
        casework = CaseworkService(
            database: database, events: events, cipher: keyring.cipher, blobs: BlobStore(cipher: keyring.cipher),
            catalogue: catalogue, agencies: TownAgencies(), fields: people, materials: wallet,
            issuer: register, itemRegister: barred, presence: attendance, fees: till, rules: CaseworkRules(),
            papers: PaperOffice(templates: try PaperTemplates.load()), division: "430602")
    }

    /// Runs a test in a new town.
    static func run(
        on kind: TestDatabaseKind, from start: String = "2026-03-02T01:00:00Z",
        _ body: (World) async throws -> Void
    ) async throws {
        let migrations = [StorageSchema.migrations, CatalogueService.migrations, CaseworkService.migrations]
        try await withDatabase(kind, migrations: migrations) { database in
            let world = try await World(database, from: try Instant(start))
            try await world.apply(Self.bundled)
            try await body(world)
        }
    }

    /// The themes as they are shipped.
    static let bundled: [Theme] = BundleLoader(StandardThemes.folder).load(checking: false).bundles.map(\.theme)

    /// Puts themes into force; a theme's hash is that of its content.
    func apply(_ themes: [Theme]) async throws {
        let versions = try themes.map { theme in
            ThemeVersion(theme: theme, hash: "\(theme.version)-\(try EventCoding.encode(theme).count)")
        }
        try await catalogue.apply(versions, by: system)
    }

    var now: Instant { time.withLock { $0 } }

    func wait(_ duration: Duration) { time.withLock { $0 = $0.adding(duration) } }

    func set(_ instant: String) throws { time.withLock { [instant = try Instant(instant)] in $0 = instant } }

    // MARK: Who acts

    private static func id(_ number: UInt8) -> Identifier {
        Identifier(at: Instant(milliseconds: 2), random: [UInt8](repeating: number, count: 10))
    }

    var system: Act { Act(actor: .system("test"), now: now) }

    var mother: Act {
        Act(
            actor: .person(Self.id(1), account: Self.id(101), name: "李晓梅", terminal: .portal), now: now)
    }

    var stranger: Act {
        Act(actor: .person(Self.id(2), account: Self.id(102), name: "路人", terminal: .portal), now: now)
    }

    /// Somebody else, acting for itself or for an enterprise.
    func person(_ number: UInt8, for party: UInt8? = nil) -> Act {
        Act(
            actor: .person(
                Self.id(number), account: Self.id(number + 100), party: party.map(Self.id),
                mandate: party.map { Self.id($0 + 100) }, name: "某人", terminal: .portal), now: now)
    }

    var clerk: Act { staff(10, "行政审批", [.acceptCases]) }

    /// A clerk who may also decide: a township with one clerk.
    func clerk(deciding department: String) -> Act { staff(10, department, [.acceptCases, .decideItems]) }

    func officer(_ department: String, number: UInt8 = 20) -> Act { staff(number, department, [.decideItems]) }

    var supervisor: Act { staff(30, "行政审批", [.superviseCases]) }

    private func staff(_ number: UInt8, _ department: String, _ permissions: [Permission]) -> Act {
        let post = StaffPost(
            id: Self.id(number + 100), agency: TownAgencies.id(of: department), agencyName: department,
            division: "430602", site: nil, permissions: Set(permissions.map(\.id)))
        return Act(
            actor: .staff(post, account: Self.id(number), person: nil, name: department, terminal: .window), now: now)
    }

    // MARK: The birth story

    static let birthAnswers: Answers = [
        "婴儿年龄": "≤1月", "婚姻状况": "婚内", "出生地": "本市助产机构", "是否跨省生育": "否", "父母户籍": "双方本市", "随谁落户": "随母",
        "是否报销生育医疗费用": "否", "是否登记科学育儿": "否", "是否已办生育登记": "是",
    ]

    /// A branch that is set up.
    static let setupAnswers: Answers = [
        "企业类型": "分公司", "住所来源": "租赁", "经营许可": "否", "当日招工": "否", "印章与领票": "否", "预约开户": "否", "委托代理人": "否",
    ]

    static let birthForm = [
        "child_name": "李望舒", "child_gender": "女", "birth_day": "2026-02-20", "birth_place": "岳阳市妇幼保健院",
        "birth_weight": "3200", "gestation": "39", "applicant_relation": "母亲", "other_parent_name": "王建国",
        "other_parent_id_number": "430602190904265454", "household_head": "李晓梅", "household_address": "岳阳楼区某路1号",
        "card_bank": "中国银行",
    ]

    /// The same form on any day: the child is not a month old yet.
    var newbornForm: [String: String] {
        var form = Self.birthForm
        let isRecent =
            now.day.adding(months: -1).text <= form["birth_day"] ?? "" && form["birth_day"] ?? "" <= now.day.text
        if !isRecent { form["birth_day"] = now.day.adding(days: -10).text }
        return form
    }

    static let paper = UploadedFile(
        bytes: Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8), name: "登记表.pdf",
        contentType: "application/pdf")

    /// Writes with a fresh act, as every request has one.
    func write(_ body: @escaping @Sendable (Transaction) throws -> CaseFile) async throws -> CaseFile {
        try await database.write(body)
    }

    func begin(_ form: [String: String]? = nil) async throws -> CaseFile {
        let form = form ?? newbornForm
        let act = mother
        let draft = try await casework.begin(theme: "birth", answers: Self.birthAnswers, by: act)
        let change = mother
        return try await write { [casework] in
            try casework.fill(draft.id, values: form, by: change, in: $0)
        }
    }

    func attach(_ id: Identifier, _ slot: String = "registration-form") async throws -> CaseFile {
        let act = mother
        let paper = try casework.prepare(Self.paper, by: act)
        return try await write { [casework] in try casework.attach(paper, to: slot, of: id, by: act, in: $0) }
    }

    func submit(_ id: Identifier) async throws -> CaseFile {
        let act = mother
        let result = try await database.write { [casework] in try casework.submit(id, by: act, in: $0) }
        guard case .submitted(let file) = result else {
            throw TestDatabaseError.replanned
        }
        return file
    }

    /// A case that waits at the window.
    func submitted(_ form: [String: String]? = nil) async throws -> CaseFile {
        let draft = try await begin(form)
        _ = try await attach(draft.id)
        return try await submit(draft.id)
    }

    func accept(_ id: Identifier, by act: Act? = nil) async throws -> CaseFile {
        let act = act ?? clerk
        return try await write { [casework] in try casework.accept(id, by: act, in: $0) }
    }

    func grant(
        _ item: String, _ id: Identifier, _ values: [String: [String: String]], by act: Act
    ) async throws -> CaseFile {
        try await write { [casework] in try casework.grant(item, of: id, values: values, by: act, in: $0) }
    }

    static let results: [String: (department: String, values: [String: [String: String]])] = [
        "P01": ("卫健", ["birth-certificate": ["number": "U430000001", "issued_on": "2026-03-02"]]),
        "P02": ("卫健", ["vaccination-record": ["number": "V1", "clinic": "岳阳楼区接种门诊"]]),
        "P03": (
            "公安",
            [
                "household-register": [
                    "number": "H1", "id_number": "43060319060617135X", "registered_on": "2026-03-02",
                ]
            ]
        ),
        "P04": ("人社", ["social-security-card": ["number": "S1", "issued_on": "2026-03-02"]]),
        "P05": ("医保", ["enrolment": ["number": "M1", "starts_on": "2026-02-20"]]),
    ]

    /// Grants an item of the birth story with its usual values.
    func grant(_ item: String, _ id: Identifier) async throws -> CaseFile {
        let result = try #require(Self.results[item])
        return try await grant(item, id, result.values, by: officer(result.department))
    }

    /// The names of a case's events in order.
    func events(of file: CaseFile) async throws -> [String] {
        try await journal(of: file).map(\.entry.type)
    }

    func journal(of file: CaseFile) async throws -> [JournalRecord] {
        let stream = StreamID(division: file.division, kind: "case", id: file.id.text)
        return try await database.read { try Journal.entries(of: stream, limit: 200, in: $0) }
    }
}

extension TestDatabaseError {
    static let replanned = TestDatabaseError(description: "the submission was planned anew")
}
