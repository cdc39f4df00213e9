public import Extension
public import Standards
public import Storage

/// What is known of how a person can be reached.
public struct Contact: Sendable, Hashable {
    /// The name of the party, as it stands on a letter.
    public let name: String
    public let phone: MobileNumber?
    /// The postal address; nil when none is known.
    public let address: String?

    public init(name: String, phone: MobileNumber?, address: String?) {
        self.name = name
        self.phone = phone
        self.address = address
    }
}

/// A port: who knows telephones and addresses of persons; the identity service answers through Wiring.
public protocol RecipientDirectory: Sendable {
    /// How a recipient can be reached; nil when nobody is known by these identifiers.
    func contact(of recipient: Recipient, in snapshot: Snapshot) throws -> Contact?

    /// The person with the number of a resident ID, for a clerk at the window; nil when nobody is registered with it.
    func person(withNumber number: String, in snapshot: Snapshot) throws -> Identifier?

    /// The enterprise with a credit code, and who may act for it now in one of some themes and items; nil for nobody.
    func agent(
        ofEnterprise creditCode: String, covering names: [String], at instant: Instant, in snapshot: Snapshot
    ) throws -> Recipient?
}

/// A port: who keeps papers of legal force and the proof of their service (送达回证).
public protocol LegalPapers: Sendable {
    /// A paper as PDF, for whoever may see it.
    func file(of paper: NoticeDraft.LegalPaper, by act: Act) async throws -> FileReply

    /// Records how a paper was served, with its proof of service; it is nothing new when that is recorded already.
    func serve(
        _ paper: NoticeDraft.LegalPaper, _ service: NoticeService, by act: Act, in transaction: Transaction) throws

    /// Records that whoever the paper is for opened it, having agreed to electronic service (电子送达).
    func received(_ paper: NoticeDraft.LegalPaper, by act: Act, in transaction: Transaction) throws
}

/// How something reached the person (送达).
public struct NoticeService: Sendable, Hashable, Codable {
    /// The ways that a member of staff records.
    public enum Way: String, Sendable, Codable, CaseIterable {
        /// Handed over against signature (直接送达).
        case inPerson = "in-person"
        case post

        public var chinese: String {
            switch self {
            case .inPerson: "直接送达（当面签收）"
            case .post: "邮寄送达"
            }
        }
    }

    public let way: Way
    /// Who received it, with the relation when that is somebody else.
    public let recipient: String
    public let day: LegalDay
    /// The tracking number of the post; nil when handed over.
    public let tracking: String?

    public init(way: Way, recipient: String, day: LegalDay, tracking: String?) {
        self.way = way
        self.recipient = recipient
        self.day = day
        self.tracking = tracking
    }
}
