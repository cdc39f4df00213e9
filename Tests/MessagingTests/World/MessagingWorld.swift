import Cryptography
import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing

@testable import Messaging

/// Messaging on a fresh database, with a clock that a test moves.
final class MessagingWorld: Sendable {
    let database: any Database
    let service: MessagingService
    let town = Town()
    let papers = Papers()
    let provider = Provider()
    private let time: Mutex<Instant>

    static func id(_ number: UInt8) -> Identifier {
        Identifier(at: Instant(milliseconds: 1), random: [UInt8](repeating: number, count: 10))
    }

    static let mother = id(1)
    static let father = id(2)
    static let company = id(3)
    static let creditCode = "91430600MYY900012E"
    static let subject = id(50)

    /// A due notice with a private variable, and a one-time code.
    static let kinds = [
        NoticeKind(
            "test.decided", title: "决定通知", purpose: "作出决定后告知。", paper: "决定书",
            variables: [
                NoticeVariable("事项", "哪件事", sample: "出生一件事", isRequired: true),
                NoticeVariable("编号", "办件编号", sample: "1"),
                NoticeVariable("理由", "为什么", sample: "材料齐全", mayBeAbsent: true, isPrivate: true),
            ],
            wording: NoticeWording(
                title: "“{事项}”有了决定", text: "“{事项}”（{编号}）有了决定。\n\n{?理由}理由：{理由}", short: "您的“{事项}”有了决定，编号{编号}。")),
        NoticeKind(
            "test.reminder", title: "提醒", purpose: "提醒。", weight: .courtesy,
            variables: [NoticeVariable("事项", "哪件事", sample: "出生一件事")],
            wording: NoticeWording(title: "提醒", text: "提醒：{事项}", short: "提醒：{事项}")),
        NoticeKind(
            "test.code", title: "验证码", purpose: "登录。", weight: .instant,
            variables: [NoticeVariable("验证码", "六位数字", sample: "123456")],
            wording: NoticeWording(title: "验证码", text: "", short: "验证码{验证码}，五分钟内有效。")),
    ]

    static var settings: MessagingSettings {
        var settings = MessagingSettings()
        settings.sms.channel = .sandbox
        settings.sms.secret = "secret"
        settings.sms.attempts = 3
        return settings
    }

    private init(
        _ database: any Database, _ settings: MessagingSettings, isSandbox: Bool, wordings: String?
    ) async throws {
        self.database = database
        time = Mutex(TestDatabase.now)
        let keyring = try await Keyring.forTests(database)
        let events = EventLog()
        let organisation = OrganisationService(database: database, events: events, cipher: keyring.cipher)
        service = MessagingService(
            database: database, events: events, cipher: keyring.cipher, organisation: organisation,
            directory: town, legalPapers: papers, channel: isSandbox ? nil : provider, settings: settings,
            division: "430600", wordings: wordings)
        let layout = try OrganisationLayout(
            json: try JSONValue(
                parsing: """
                    {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"},
                        {"code": "430626", "name": "平江县", "level": "county"}]}
                    """))
        let act = Act(actor: .system("test"), now: TestDatabase.now)
        try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
        town.know(
            Contact(name: "李晓梅", phone: try MobileNumber("13800000001"), address: "岳阳楼区某路1号"), of: Self.mother)
    }

    static func run(
        _ kind: TestDatabaseKind, settings: MessagingSettings = settings, isSandbox: Bool = false,
        wordings: String? = nil, _ body: (MessagingWorld) async throws -> Void
    ) async throws {
        let migrations = [StorageSchema.migrations, OrganisationService.migrations, MessagingService.migrations]
        try await withDatabase(kind, migrations: migrations) { database in
            let world = try await MessagingWorld(database, settings, isSandbox: isSandbox, wordings: wordings)
            #expect(world.service.read(kinds).findings == [])
            try await body(world)
            try await world.service.flushLookUps()
        }
    }

    var now: Instant { time.withLock { $0 } }
    func wait(_ duration: Duration) { time.withLock { $0 = $0.adding(duration) } }
    func set(_ text: String) throws { time.withLock { [instant = try Instant(text)] in $0 = instant } }

    var system: Act { Act(actor: .system("test"), now: now) }

    func person(_ id: Identifier = mother, for party: Identifier? = nil) -> Act {
        Act(actor: .person(id, account: id, party: party, name: "李晓梅", terminal: .portal), now: now)
    }

    func clerk(_ division: String = "430600", _ permissions: [Permission] = [MessagingService.deliver]) -> Act {
        let post = StaffPost(
            id: Self.id(20), agency: Self.id(21), agencyName: "行政审批局", division: division, site: nil,
            permissions: Set(permissions.map(\.id)))
        return Act(
            actor: .staff(post, account: Self.id(22), person: nil, name: "王芳", terminal: .window), now: now)
    }

    static let paper = NoticeDraft.LegalPaper(
        owner: subject, id: id(60), title: "决定书", number: "岳审决〔2026〕1号")

    func draft(
        _ kind: String = "test.decided", to person: Identifier = mother, occasion: String = "",
        paper: NoticeDraft.LegalPaper? = nil, _ values: [String: String] = ["事项": "出生一件事", "编号": "A1"]
    ) -> NoticeDraft {
        NoticeDraft(
            kind: kind, to: .known(Recipient(party: person, person: person)), division: "430600", sender: "岳阳市行政审批局",
            values: values, link: NoticeDraft.Link("/cases/1", "看进度"), paper: paper, subject: Self.subject.text,
            occasion: occasion)
    }

    @discardableResult
    func post(_ draft: NoticeDraft) async throws -> Identifier? {
        let act = system
        return try await database.write { [service] in try service.post(draft, by: act, in: $0) }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (MessagingService, Transaction) throws -> Value
    ) async throws -> Value {
        try await database.write { [service] in try body(service, $0) }
    }

    @discardableResult
    func send() async throws -> Int { try await service.sendDue(by: system) }

    /// The ways on which a notice went, with where each stands.
    func ways(_ notice: Identifier?) async throws -> Set<String> {
        guard let notice else { return [] }
        let deliveries = try await service.notice(notice, by: system).deliveries
        return Set(deliveries.map { "\($0.route.rawValue) \($0.state.rawValue)" })
    }

    /// The events of a notice in order.
    func events(_ notice: Identifier?) async throws -> [String] {
        guard let notice else { return [] }
        let stream = StreamID(division: "430600", kind: "message", id: notice.text)
        return try await database.read { try Journal.entries(of: stream, in: $0).map(\.entry.type) }
    }

    func name(_ input: ContactInput, of person: Identifier = mother) async throws {
        let act = self.person(person)
        _ = try await write { try $0.changeOwnContact(input, expected: nil, by: act, in: $1) }
    }

    static var helper: ContactInput {
        var input = ContactInput()
        input.helperName = "李小红"
        input.helperPhone = "139 0000 0009"
        input.helperRelation = "女儿"
        input.helperAgreed = true
        return input
    }
}
