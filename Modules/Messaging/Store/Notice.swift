public import Standards
public import Storage

/// A notice as it was sent to a person.
public struct Notice: Sendable, Hashable {
    public let id: Identifier
    public let division: String
    public let kind: String
    public let weight: NoticeKind.Weight
    public let recipient: Recipient
    /// What it is about, such as a case's identifier.
    public let subject: String
    public let createdAt: Instant
    /// When the person opened it in the portal: the proof that it was received there.
    public var readAt: Instant?
    public let content: Content

    /// What is sealed of it: the words as they were, whatever became of the wording.
    public struct Content: Sendable, Hashable, Codable {
        public let title: String
        public let paragraphs: [String]
        public let short: String
        public let sender: String
        public let values: [String: String]
        public let link: NoticeDraft.Link?
        public let paper: NoticeDraft.LegalPaper?
        public let stated: NoticeDraft.Stated
    }
}
