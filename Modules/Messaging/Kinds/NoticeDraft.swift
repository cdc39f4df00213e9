import Standards
public import Storage

/// Whom a notice is for.
public struct Recipient: Sendable, Hashable {
    /// The party in whose inbox it lies: a person or an enterprise.
    public let party: Identifier
    /// The natural person who is told: the party itself, or who acts for it.
    public let person: Identifier

    public init(party: Identifier, person: Identifier) {
        self.party = party
        self.person = person
    }
}

/// How the sender of a notice names whom it is for.
public enum Addressee: Sendable, Hashable {
    /// Somebody who is known here.
    case known(Recipient)
    /// Whoever is registered with the number of a resident ID; a notice to nobody is not sent.
    case holder(ofNumber: String)
    /// The enterprise with a credit code, through somebody who may act for it in one of these themes and items; a notice
    /// to nobody is not sent.
    case enterprise(creditCode: String, covering: [String])
}

/// A notice as its sender makes it: what is told to whom, before it is put into words.
public struct NoticeDraft: Sendable, Hashable {
    /// A place of the portal that the reader may go to.
    public struct Link: Sendable, Hashable, Codable {
        public let path: String
        public let label: String

        public init(_ path: String, _ label: String) {
            self.path = path
            self.label = label
        }
    }

    /// How a person said for one matter that it can be reached.
    public struct Stated: Sendable, Hashable, Codable {
        public var phone: String?
        public var address: String?

        public init(phone: String? = nil, address: String? = nil) {
            self.phone = phone
            self.address = address
        }
    }

    /// The paper of legal force that tells the same: what it is called and where it is found.
    public struct LegalPaper: Sendable, Hashable, Codable {
        /// What the paper belongs to, such as a case.
        public let owner: Identifier
        public let id: Identifier
        public let title: String
        public let number: String

        public init(owner: Identifier, id: Identifier, title: String, number: String) {
            self.owner = owner
            self.id = id
            self.title = title
            self.number = number
        }
    }

    /// The key of the ``NoticeKind``.
    public let kind: String
    public let addressee: Addressee
    /// The division whose staff see to its delivery.
    public let division: String
    /// Who sends it, such as 岳阳市公安局.
    public let sender: String
    /// The values of the kind's variables.
    public let values: [String: String]
    public let link: Link?
    public let paper: LegalPaper?
    /// The telephone and the address that the person stated for this matter, for one of whom none is registered.
    public var stated = Stated()
    /// What it is about, such as a case's identifier: notices of one subject are found together.
    public let subject: String
    /// Names what happened, so that telling it twice is one notice: with kind, party and subject it is unique.
    public let occasion: String

    public init(
        kind: String, to addressee: Addressee, division: String, sender: String, values: [String: String],
        link: Link? = nil, paper: LegalPaper? = nil, subject: String, occasion: String = ""
    ) {
        self.kind = kind
        self.addressee = addressee
        self.division = division
        self.sender = sender
        self.values = values
        self.link = link
        self.paper = paper
        self.subject = subject
        self.occasion = occasion
    }
}
