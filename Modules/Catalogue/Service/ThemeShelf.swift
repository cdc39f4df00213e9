import Extension
import Foundation
import Standards
import Storage
import Synchronization

/// The themes in memory: every version that was asked for, and which versions are current.
///
/// Versions never change, so they are kept by hash; which are current is read anew when the catalogue's revision moved.
final class ThemeShelf: Sendable {
    struct Current: Sendable {
        var themes: [CurrentTheme] = []
        var byID: [String: CurrentTheme] = [:]
    }

    private struct State {
        var versions: [String: Theme] = [:]
        /// What readers of guides are given without a look into the database.
        var recent = Current()
        /// When the revision was last compared; nil when it is to be compared at the next look.
        var checkedAt: ContinuousClock.Instant?
        /// How long the last change took until this server showed it; nil before the first change under its eyes.
        var lag: Double?
        /// Whether the themes were read at all: what changed before the start is no lag of this server's.
        var hasRead = false
        /// How often this server has changed a theme, so that who looked before the change doesn't hide it.
        var changes = 0
    }

    /// For how long readers of guides don't ask whether another server has changed a theme.
    private static let trust = Duration.seconds(1)

    /// Moves whenever other themes, or other versions of them, become current.
    static let revision = Revision("catalogue")

    private let state = Mutex(State())
    private let held = Revised<Current>(ThemeShelf.revision)

    func theme(hash: String, in snapshot: Snapshot) throws -> Theme {
        if let theme = state.withLock({ $0.versions[hash] }) { return theme }
        guard let row = try snapshot.row("SELECT body FROM catalogue_theme_version WHERE hash = ?", hash) else {
            throw CatalogueError.versionNotFound(hash)
        }
        let theme = try EventCoding.decode(Theme.self, try row.get("body"))
        state.withLock { $0.versions[hash] = theme }
        return theme
    }

    /// The current themes if they were compared with the database within the last second.
    ///
    /// Guides are what is read most, and by everybody: they cost no look into the database at all. Whatever decides
    /// about a case asks ``current(in:)``.
    var recent: Current? {
        state.withLock { state in
            guard let checkedAt = state.checkedAt, checkedAt.duration(to: .now) < Self.trust else { return nil }
            return state.recent
        }
    }

    /// Makes the next reader compare, since this server has just changed a theme.
    func forgetRecent() {
        state.withLock { state in
            state.checkedAt = nil
            state.changes += 1
        }
    }

    /// The current themes as a reader may see them, compared at most once a second.
    func current(on database: any Database) async throws -> Current {
        if let recent { return recent }
        // Before the look: what is changed during it is to be seen by the next one.
        let now = ContinuousClock.now
        let changes = state.withLock(\.changes)
        let current = try await database.read { try self.current(in: $0) }
        state.withLock { state in
            guard state.changes == changes else { return }
            state.recent = current
            state.checkedAt = now
        }
        return current
    }

    func current(in snapshot: Snapshot) throws -> Current {
        try held.value(in: snapshot) { try load(from: snapshot) }
    }

    /// How long the last change of a theme took until readers of this server saw it; nil while nothing changed since
    /// its start (R02.10).
    ///
    /// Seconds by the machine's clock: a measurement, on which nothing else depends.
    var lag: Double? { state.withLock(\.lag) }

    private func load(from snapshot: Snapshot) throws -> Current {
        let rows = try snapshot.rows(
            "SELECT theme, hash, number FROM catalogue_theme WHERE active = 1 ORDER BY position, theme")
        let themes = try rows.map { row in
            let hash: String = try row.get("hash")
            return CurrentTheme(theme: try theme(hash: hash, in: snapshot), hash: hash, number: try row.get("number"))
        }
        let changedAt: Instant? = try snapshot.row("SELECT max(changed_at) AS changed_at FROM catalogue_theme")?
            .get("changed_at")
        state.withLock { state in
            if state.hasRead, let changedAt {
                state.lag = max(0, Date().timeIntervalSince1970 - Double(changedAt.milliseconds) / 1000)
            }
            state.hasRead = true
        }
        return Current(
            themes: themes,
            byID: Dictionary(themes.map { ($0.theme.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }
}

/// A theme in its current version.
public struct CurrentTheme: Sendable {
    public let theme: Theme
    /// The version's hash.
    public let hash: String
    /// The number that case numbers carry.
    public let number: Int
    /// The guide as JSON, made once.
    let guide: [UInt8]

    init(theme: Theme, hash: String, number: Int) {
        self.theme = theme
        self.hash = hash
        self.number = number
        self.guide = Guide(theme, hash: hash).json
    }
}
