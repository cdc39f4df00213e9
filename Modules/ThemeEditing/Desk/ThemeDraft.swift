public import Extension
public import Standards

/// A theme that is being changed: its files, who changed them, and how far it has come.
public struct ThemeDraft: Sendable, Hashable {
    /// Which draft this is; a theme has one at a time.
    public let id: String
    public let theme: String
    /// Counts the savings, so that nobody's work is overwritten.
    public let revision: Int
    public let state: State
    /// The files by path.
    public let files: [String: String]
    /// The hash of the files from which it began; empty for a new theme.
    public let base: String
    /// Who has changed it, as the journal names them.
    public let authors: [String]
    /// Who changed it last, by name.
    public let changedBy: String
    public let changedAt: Instant
    /// Why it was sent back; empty otherwise.
    public let opinion: String

    public enum State: String, Sendable, Codable, CaseIterable {
        case drafting, submitted

        public var chinese: String {
            switch self {
            case .drafting: "修改中"
            case .submitted: "待批准"
            }
        }
    }

    /// Which saving of a draft a form was made from.
    public struct Stamp: Sendable, Hashable {
        public let id: String
        public let revision: Int

        public init(id: String, revision: Int) {
            self.id = id
            self.revision = revision
        }

        /// Reads `01hz…-12`.
        public init?(_ text: String) {
            guard let dash = text.lastIndex(of: "-"), let revision = Int(text[text.index(after: dash)...]) else {
                return nil
            }
            self.init(id: String(text[..<dash]), revision: revision)
        }

        public var text: String { "\(id)-\(revision)" }
    }

    public var stamp: Stamp { Stamp(id: id, revision: revision) }
}

/// A version that was published, or that lay in the folder before one was.
public struct ThemePublication: Sendable, Hashable {
    public let theme: String
    /// Counts a theme's publications from 1.
    public let number: Int
    public let version: String
    /// The hash of its files, without the deployment's settings.
    public let hash: String
    /// Who published it, by name; empty for files that somebody had put into the folder.
    public let publishedBy: String
    public let at: Instant
    public let opinion: String
}

/// A theme in the list of the desk.
public struct ThemeEntry: Sendable {
    public let id: String
    public let title: String
    /// Whether it comes with the program.
    public let isShipped: Bool
    /// Whether its files lie in the deployment's own folder.
    public let isOwn: Bool
    /// The version in force; nil when it isn't offered.
    public let inForce: String?
    public let draft: (state: ThemeDraft.State, changedBy: String, changedAt: Instant)?
}

/// A draft was begun.
public struct ThemeDraftBegun: Event, Hashable {
    public static let name = "theme.draft_begun"
    public let theme: String
    public let draft: String
    /// The hash of the files from which it began; empty for a new theme.
    public let base: String
}

/// A draft was saved.
public struct ThemeDraftSaved: Event, Hashable {
    public static let name = "theme.draft_saved"
    public let theme: String
    public let draft: String
    public let revision: Int
    /// The hash of its files.
    public let hash: String
}

/// A draft went on, or back.
public struct ThemeDraftMoved: Event, Hashable {
    public static let name = "theme.draft_moved"
    public let theme: String
    public let draft: String
    public let action: ThemeDesk.Action
    public let hash: String
}

/// A draft was published.
public struct ThemePublished: Event, Hashable {
    public static let name = "theme.published"
    public let theme: String
    public let draft: String
    public let number: Int
    public let version: String
    /// The hash of the files.
    public let hash: String
}
