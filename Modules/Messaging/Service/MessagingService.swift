public import ArgumentParser
import Documents
public import Extension
public import Organisation
public import Storage

/// Notices to persons (通知): the inbox of the portal, short messages, paper, and the proof that they arrived.
///
/// It knows nothing of what notices are about. Services and plugins contribute ``NoticeKind`` and ``Notify``; what it
/// needs of others, it asks through its ports.
public struct MessagingService: Sendable {
    public let database: any Database
    let events: EventLog
    let store: MessageStore
    let contacts: ContactStore
    let sandbox: SandboxOutbox
    let directory: any RecipientDirectory
    let legalPapers: any LegalPapers
    let organisation: OrganisationService
    let channel: (any MessageChannel)?
    public let settings: MessagingSettings
    /// The kinds of notices and their words.
    public let book = NoticeBook()
    let renderer = PageRenderer()
    let lookUps: LookUpLog
    /// The division of the deployment.
    public let division: String
    private let wordings: String?

    /// The right to print, post and hand over notices, and to record how they were served.
    public static let deliver = Permission("messaging.deliver", "通知的打印、寄送、送达登记，指定联系人登记")
    /// The right to read the sandbox's outbox.
    public static let manage = Permission("messaging.manage", "查看短信演练发件箱和通知措辞")

    /// - Parameters:
    ///   - database: where notices lie.
    ///   - events: where it is told what happened.
    ///   - cipher: seals what is personal.
    ///   - organisation: knows which divisions lie in which.
    ///   - directory: knows telephones and addresses.
    ///   - legalPapers: keeps papers of legal force.
    ///   - channel: by which short messages leave; by the settings when nil.
    ///   - settings: of the deployment.
    ///   - division: the deployment's division.
    ///   - wordings: the folder with the county's own wordings; nil for none.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, organisation: OrganisationService,
        directory: any RecipientDirectory, legalPapers: any LegalPapers, channel: (any MessageChannel)? = nil,
        settings: MessagingSettings, division: String, wordings: String? = nil
    ) {
        self.database = database
        self.events = events
        store = MessageStore(cipher: cipher)
        contacts = ContactStore(cipher: cipher)
        sandbox = SandboxOutbox(cipher: cipher)
        self.organisation = organisation
        self.directory = directory
        self.legalPapers = legalPapers
        self.settings = settings
        self.division = division
        self.wordings = wordings
        lookUps = LookUpLog(database: database, events: events)
        if let channel {
            self.channel = channel
        } else {
            switch settings.sms.channel {
            case .none: self.channel = nil
            case .sandbox: self.channel = SandboxChannel(database: database, cipher: cipher)
            case .http: self.channel = HTTPChannel(settings.sms)
            }
        }
    }

    /// Writes the records of look-ups that are still gathered; called before the database is closed.
    public func flushLookUps() async throws { try await lookUps.flush() }

    func tell(
        _ happened: [any Event], about notice: Notice, isNew: Bool = false, state: [UInt8]? = nil, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            happened, to: StreamID(division: notice.division, kind: "message", id: notice.id.text), isNew: isNew,
            state: state, by: act, in: transaction)
    }
}

extension MessagingService: ServiceModule {
    public static let id = "messaging"
    public static var migrations: MigrationSet { MessagingSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [MessageCommands.self] }
    /// The sealed columns, for key rotation.
    public static let encryptedColumns = [
        MessageStore.noticeColumn, MessageStore.deliveryColumn, ContactStore.column, SandboxOutbox.column,
    ]
}

extension MessagingService: ContributionReader {
    public func read(_ contributions: [any Contribution]) -> ContributionReading {
        let findings = book.freeze(
            contributions.compactMap { $0 as? NoticeKind }, folder: wordings, settings: settings.sms)
        let subscriptions = contributions.compactMap { $0 as? Notify }.map { notify in
            On(named: notify.event, name: notify.name) { [self] body, act, transaction in
                for draft in try notify.drafts(body, act, transaction) {
                    try post(draft, by: act, in: transaction)
                }
            }
        }
        return ContributionReading(contributions: subscriptions, findings: findings)
    }
}
