import Extension
import Standards
import Storage

/// A session as it is stored.
struct SessionRecord: Sendable {
    let id: Identifier
    let account: Identifier
    let createdAt: Instant
    /// The last use that was noted.
    var seenAt: Instant
    let terminal: Actor.Terminal
    let isElder: Bool
    /// The party in whose name it acts; nil for the person itself.
    var party: Identifier?
    var mandate: Identifier?
    var post: Identifier?
    /// The person for whom a member of staff works the system just now (窗口代录).
    var assisted: Identifier?
    /// Whether a second factor was given.
    var isStrong = false

    static let columns =
        "id, account, created_at, seen_at, terminal, is_elder, party, mandate, post, assisted, is_strong"

    init(
        id: Identifier, account: Identifier, createdAt: Instant, terminal: Actor.Terminal, isElder: Bool,
        post: Identifier?
    ) {
        self.id = id
        self.account = account
        self.createdAt = createdAt
        seenAt = createdAt
        self.terminal = terminal
        self.isElder = isElder
        self.post = post
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        account = try row.get("account")
        createdAt = try row.get("created_at")
        seenAt = try row.get("seen_at")
        terminal = Actor.Terminal(rawValue: try row.get("terminal")) ?? .api
        isElder = try row.get("is_elder")
        party = try row.get("party")
        mandate = try row.get("mandate")
        post = try row.get("post")
        assisted = try row.get("assisted")
        isStrong = try row.get("is_strong")
    }

    /// How often a use is noted; a session lives this much longer than its idle limit, so that it never ends early.
    static let touchInterval: Duration = .seconds(60)

    /// When the session ends if nobody uses it any more.
    func end(_ settings: IdentitySettings) -> Instant {
        min(
            seenAt.adding(settings.idleLimit(isElder: isElder) + Self.touchInterval),
            createdAt.adding(settings.absoluteLimit))
    }
}
