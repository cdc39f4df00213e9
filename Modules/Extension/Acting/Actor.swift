public import Storage

/// Who acts: a person, a member of staff, or the system; for whom; from which terminal.
///
/// It is a value that was decided when the session was read. Checking a right is one look into a set, so its cost
/// does not grow with items, themes or agencies.
public struct Actor: Sendable, Hashable {
    /// What kind of actor this is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case anonymous, person, staff, system
    }

    /// Where the action came from (终端).
    public enum Terminal: String, Sendable, Codable, CaseIterable {
        case portal, api, window, kiosk, job
        case commandLine = "command-line"
    }

    public let kind: Kind
    /// The account that signed in; nil for anonymous and system actors.
    public let account: Identifier?
    /// The natural person who acts (当事人或经办人).
    public let person: Identifier?
    /// The party in whose name the person acts (办理主体): the person itself, or an enterprise.
    public let party: Identifier?
    /// The mandate by which the person acts for another party (授权); nil when acting for oneself.
    public let mandate: Identifier?
    /// The post, when a member of staff acts.
    public let post: StaffPost?
    /// The member of staff who works the system for the person who acts (窗口代录); nil when the person does it itself.
    public let assistant: Assistant?
    /// Who acts in the person's name by a grant of it (代办); nil when the person does it itself.
    public let helper: Helper?
    /// The session by which the account signed in; nil where none was needed.
    public let session: Identifier?
    /// Where the action came from.
    public let terminal: Terminal
    /// The name of the job or plugin, when the system acts.
    public let systemName: String?
    /// The name to show and to print; never used for decisions.
    public let displayName: String

    private init(
        kind: Kind, account: Identifier? = nil, person: Identifier? = nil, party: Identifier? = nil,
        mandate: Identifier? = nil, post: StaffPost? = nil, assistant: Assistant? = nil, helper: Helper? = nil,
        session: Identifier? = nil,
        terminal: Terminal, systemName: String? = nil, displayName: String
    ) {
        self.kind = kind
        self.account = account
        self.person = person
        self.party = party
        self.mandate = mandate
        self.post = post
        self.assistant = assistant
        self.helper = helper
        self.session = session
        self.terminal = terminal
        self.systemName = systemName
        self.displayName = displayName
    }

    /// Nobody has signed in.
    public static func anonymous(terminal: Terminal) -> Actor {
        Actor(kind: .anonymous, terminal: terminal, displayName: "未登录")
    }

    /// A natural person, for itself or for another party by a mandate.
    public static func person(
        _ person: Identifier, account: Identifier, party: Identifier? = nil, mandate: Identifier? = nil,
        session: Identifier? = nil, name: String, terminal: Terminal
    ) -> Actor {
        Actor(
            kind: .person, account: account, person: person, party: party ?? person, mandate: mandate,
            session: session, terminal: terminal, displayName: name)
    }

    /// A natural person at a window, for itself or for another party by a mandate, for whom a member of staff works the
    /// system.
    public static func assisted(
        _ person: Identifier, by assistant: Assistant, party: Identifier? = nil, mandate: Identifier? = nil,
        session: Identifier?, name: String
    ) -> Actor {
        Actor(
            kind: .person, account: assistant.account, person: person, party: party ?? person, mandate: mandate,
            assistant: assistant, session: session, terminal: .window, displayName: name)
    }

    /// A natural person in whose name a helper acts, with the helper's account.
    public static func helped(
        _ person: Identifier, by helper: Helper, account: Identifier, session: Identifier?, name: String,
        terminal: Terminal
    ) -> Actor {
        Actor(
            kind: .person, account: account, person: person, party: person, mandate: helper.grant, helper: helper,
            session: session, terminal: terminal, displayName: name)
    }

    /// A member of staff at a post.
    public static func staff(
        _ post: StaffPost, account: Identifier, person: Identifier?, session: Identifier? = nil, name: String,
        terminal: Terminal
    ) -> Actor {
        Actor(
            kind: .staff, account: account, person: person, post: post, session: session, terminal: terminal,
            displayName: name)
    }

    /// The system itself: a job, a subscriber, an operator's command.
    public static func system(_ name: String, terminal: Terminal = .job) -> Actor {
        Actor(kind: .system, terminal: terminal, systemName: name, displayName: name)
    }

    /// Whether the actor holds a permission. The system holds all, since only our own code becomes it.
    public func holds(_ permission: Permission) -> Bool {
        kind == .system || post?.permissions.contains(permission.id) == true
    }

    /// Whether nobody works the system for whoever acts, and nobody acts in its name.
    public var actsForItself: Bool { assistant == nil && helper == nil }

    /// Whether a person does it itself.
    public var actsInPerson: Bool { kind == .person && actsForItself }

    /// The natural person whose account signed in: the helper, where one acts in another's name.
    public var ownPerson: Identifier? { helper?.person ?? person }

    /// How the journal names the actor: identifiers only, no personal data.
    public var journalName: String {
        switch kind {
        case .anonymous: "anonymous@\(terminal.rawValue)"
        case .system: "system:\(systemName ?? "")"
        case .staff: "staff:\(account?.description ?? "")@\(terminal.rawValue)"
        case .person:
            [
                "person:\(person?.description ?? "")",
                party == person ? nil : party.map { "for \($0) by \(mandate?.description ?? "")" },
                assistant.map { "through staff:\($0.account)" },
                helper.map { "through person:\($0.person) by \($0.grant)" },
            ].compactMap(\.self).joined(separator: " ") + "@\(terminal.rawValue)"
        }
    }
}

/// Who works the system for somebody at a window.
public struct Assistant: Sendable, Hashable {
    /// The member of staff's account.
    public let account: Identifier
    /// The post at which it does.
    public let post: StaffPost

    public init(account: Identifier, post: StaffPost) {
        self.account = account
        self.post = post
    }
}

/// Who acts in a person's name by a grant of it (代办人).
public struct Helper: Sendable, Hashable {
    /// The helper, a natural person.
    public let person: Identifier
    /// The grant.
    public let grant: Identifier
    /// The themes that it covers; empty for all.
    public let scope: Set<String>

    public init(person: Identifier, grant: Identifier, scope: Set<String>) {
        self.person = person
        self.grant = grant
        self.scope = scope
    }

    /// Whether the grant covers a theme.
    public func covers(_ theme: String) -> Bool { scope.isEmpty || scope.contains(theme) }
}

/// A post (岗位): one account's place in one agency, with what it may do there.
public struct StaffPost: Sendable, Hashable {
    public let id: Identifier
    /// The agency (部门) whose work this is.
    public let agency: Identifier
    /// The agency's name to show.
    public let agencyName: String
    /// The division (区划) whose cases this post handles.
    public let division: String
    /// The site (政务服务中心、便民服务中心) where the post works, if any.
    public let site: Identifier?
    /// The identifiers of the permissions of all its roles.
    public let permissions: Set<String>

    public init(
        id: Identifier, agency: Identifier, agencyName: String, division: String, site: Identifier?,
        permissions: Set<String>
    ) {
        self.id = id
        self.agency = agency
        self.agencyName = agencyName
        self.division = division
        self.site = site
        self.permissions = permissions
    }
}
