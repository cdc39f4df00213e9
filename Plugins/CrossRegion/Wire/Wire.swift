import PluginKit

/// What both ends of the wire agree on (Docs/Decisions/0036).
public enum Wire {
    /// The versions that this program speaks.
    public static let versions = 1...1
    /// How many bytes of a paper one message carries.
    static let partLength = 400 << 10
    /// How many bytes a paper may have.
    static let maximumPaper = 10 << 20
    /// How far ahead of its predecessor a message is kept.
    static let maximumAhead = 200
    static let messagesPath = "/api/v1/cross-region/messages"
    static let comparisonPath = "/api/v1/cross-region/comparisons"
}

/// What stands in clear on a letter: enough to find the sender's keys and the case's line, and nothing of the case.
struct WireHead: SchemaType, Hashable {
    var version = 1
    var from = ""
    var to = ""
    var caseID = ""
    /// The place in the line of this sender's messages about the case, from 1.
    var number = 0
    /// The message's own identifier, the same on every try.
    var id = ""
    /// When this try was made.
    var sentAt = Instant(milliseconds: 0)

    static let schema = Schema<Self> {
        Field("version", \.version, .integer(in: 0...1_000_000))
        Field("from", \.from, .text(min: 1, max: 20))
        Field("to", \.to, .text(min: 1, max: 20))
        Field("case", \.caseID, .text(max: 60))
        Field("number", \.number, .integer(in: 0...1_000_000))
        Field("id", \.id, .text(min: 1, max: 60))
        Field("sent_at", \.sentAt, .instant)
    }
}

/// What the receiver says of a message, signed (回执).
struct Receipt: SchemaType, Hashable {
    /// What became of the message.
    enum Status: String, CaseIterable, Sendable, SQLConvertible {
        /// Its effect is committed.
        case taken
        /// Refused for good; trying again changes nothing.
        case refused
        /// Kept until its predecessors come; to be asked again.
        case held
        /// Not now: another version, another clock. To be tried again.
        case later
    }

    var from = ""
    var to = ""
    var caseID = ""
    var number = 0
    var id = ""
    /// The digest of the text; empty where it wasn't read.
    var digest = ""
    var status = Status.later
    /// Why it was refused or put off; empty when it was taken.
    var code = ""
    var detail = ""
    var lowest = 1
    var highest = 1
    var at = Instant(milliseconds: 0)

    static let schema = Schema<Self> {
        Field("from", \.from, .text(max: 20))
        Field("to", \.to, .text(max: 20))
        Field("case", \.caseID, .text(max: 60))
        Field("number", \.number, .integer(in: 0...1_000_000))
        Field("id", \.id, .text(max: 60))
        Field("digest", \.digest, .text(max: 64))
        Field("status", \.status, .choice)
        Field("code", \.code, .text(max: 60))
        Field("detail", \.detail, .text(max: 500))
        Field("lowest", \.lowest, .integer(in: 0...1_000_000))
        Field("highest", \.highest, .integer(in: 0...1_000_000))
        Field("at", \.at, .instant)
    }
}

/// A message of a partner can't be taken; its sender is told so for good.
struct Refusal: Error, Hashable {
    /// A stable code, such as `agreement`.
    let code: String
    /// Why, in Chinese, without personal data.
    let detail: String

    init(_ code: String, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

/// A message did not get through; it is tried again.
struct NotThrough: Error, CustomStringConvertible {
    let description: String
}

/// Carries letters to a partner's address.
public protocol Transport: Sendable {
    /// Posts a letter.
    ///
    /// - Returns: the answer's status and body.
    /// - Throws: whatever kept an answer from coming; the letter may have arrived all the same.
    func post(_ letter: [UInt8], to address: String, path: String) async throws -> (status: Int, body: [UInt8])
}

extension SchemaType {
    /// The value as JSON.
    var value: JSONValue { (try? JSONParser.parse(json)) ?? .null }
}
