import Catalogue
public import Extension
import Foundation
import Standards
import Storage
import ThemeBundles

extension ThemeDesk {
    /// What may be done with a draft as a whole.
    public enum Action: String, Sendable, Codable, CaseIterable {
        case submit
        case sendBack = "send-back"
        case publish
        case discard
        /// The draft stands although the files in force changed after it was begun.
        case adopt

        public var chinese: String {
            switch self {
            case .submit: "送审"
            case .sendBack: "退回"
            case .publish: "批准并发布"
            case .discard: "作废"
            case .adopt: "以草稿为准"
            }
        }
    }

    /// Sends a draft to whoever approves it, back to its authors, or away; ``Action/publish`` is ``publish(_:from:opinion:by:)``.
    public func move(
        _ theme: String, _ action: Action, from stamp: ThemeDraft.Stamp, opinion: String = "", by act: Act
    ) async throws {
        if action == .publish { return try await publish(theme, from: stamp, opinion: opinion, by: act) }
        let isBack = action == .sendBack
        try require(isBack ? .approveThemes : .editThemes, act)
        if isBack, opinion.isEmpty {
            throw Problem.invalid([Finding("opinion", "themes.opinion", "请写明退回的原因，让修改的人知道要改什么。")])
        }
        let now = files(of: theme)
        if action == .submit { try await checkSubmission(try await draft(theme), now) }
        try await database.write { [self] transaction in
            let found = try lock(theme, in: transaction)
            guard found.stamp == stamp else { throw ThemeEditingError.changedMeanwhile }
            let expected: ThemeDraft.State = isBack ? .submitted : .drafting
            if action == .submit || isBack, found.state != expected {
                throw ThemeEditingError.wrongState(found.state, for: action.chinese)
            }
            switch action {
            case .submit: try setState(.submitted, theme, in: transaction)
            case .sendBack: try setState(.drafting, theme, opinion: opinion, in: transaction)
            case .adopt:
                try transaction.execute(
                    "UPDATE theme_draft SET base = ? WHERE theme = ?", Self.hash(now), theme)
            case .discard: try remove(theme, in: transaction)
            case .publish: break
            }
            try tell(
                [
                    ThemeDraftMoved(
                        theme: theme, draft: found.id, action: action, hash: Self.hash(BundleFiles(found.files)))
                ], theme, by: act, in: transaction)
        }
    }

    private func checkSubmission(_ draft: ThemeDraft, _ now: BundleFiles?) async throws {
        if draft.files == now?.contents { throw ThemeEditingError.nothingChanged }
        let check = check(draft.files, of: draft.theme)
        if !check.findings.isEmpty { throw ThemeEditingError.faulty(check.findings.map(Self.finding)) }
        if let theme = check.bundle?.theme {
            let broken = try await database.read { [catalogue] in try catalogue.rules.findings(in: .theme(theme), $0) }
            if !broken.isEmpty { throw ThemeEditingError.faulty(broken) }
        }
        guard let old = (now?.contents).flatMap(Self.version), let new = Self.version(draft.files) else { return }
        if let old = ThemeVersionNumber(old), let new = ThemeVersionNumber(new), new <= old {
            throw ThemeEditingError.faulty([
                Finding("version", "themes.version", "现行版本是 \(old.text)，草稿的版本要比它大，例如 \(old.next.text)。")
            ])
        }
    }

    /// The version that the files say they are.
    private static func version(_ files: [String: String]) -> String? {
        files[ThemeBundle.themeFile].flatMap { YAMLSource($0)?.tree["version"]?.text }
    }

    private static func finding(_ finding: ThemeFinding) -> Finding {
        Finding(finding.file, finding.code, (finding.line.map { "第 \($0) 行：" } ?? "") + finding.message)
    }

    /// Brings a draft that somebody else submitted into force: its files are written into the deployment's folder, and
    /// the catalogue takes them at once.
    ///
    /// - Throws: ``ThemeEditingError``; then the version that was in force stays so.
    private func publish(
        _ theme: String, from stamp: ThemeDraft.Stamp, opinion: String, by act: Act
    ) async throws {
        try require(.approveThemes, act)
        let draft = try await draft(theme)
        guard draft.stamp == stamp else { throw ThemeEditingError.changedMeanwhile }
        guard draft.state == .submitted else { throw ThemeEditingError.wrongState(draft.state, for: "发布") }
        if draft.authors.contains(act.actor.journalName) { throw ThemeEditingError.sameHands }
        guard enabled.isEmpty || enabled.contains(theme) else { throw ThemeEditingError.disabled(theme) }
        let now = files(of: theme)
        let isThere = now?.contents == draft.files
        if !isThere {
            try await checkSubmission(draft, now)
            if Self.hash(now) != draft.base { throw ThemeEditingError.baseMoved("themes/\(theme)") }
            try await install(theme, draft.files, before: now, by: act)
        }
        let version = Self.version(draft.files) ?? ""
        try await database.write { [self] transaction in
            let found = try lock(theme, in: transaction)
            guard found.stamp == stamp else { throw ThemeEditingError.changedMeanwhile }
            if let now, !isThere { try archive(now, theme, at: act.now, in: transaction) }
            let hash = Self.hash(BundleFiles(draft.files))
            let number = try addPublication(
                theme, version, hash, draft.files, (act.actor.journalName, act.actor.displayName), act.now, opinion,
                in: transaction)
            try remove(theme, in: transaction)
            try tell(
                [ThemePublished(theme: theme, draft: draft.id, number: number, version: version, hash: hash)], theme,
                by: act, in: transaction)
        }
    }

    /// Writes the files and has the catalogue take them; if it doesn't, the files are as they were.
    private func install(
        _ theme: String, _ files: [String: String], before: BundleFiles?, by act: Act
    ) async throws {
        let folder = BundleFolder(own, theme)
        let earlier = folder.contents
        do { try await installer.install(by: act) { try folder.write(files) } } catch is CocoaError {
            throw ThemeEditingError.unwritable("themes/\(theme)")
        }
        let expected = BundleFiles(files).hash(settings: settings[theme] ?? [:])
        let current = try await database.read { [catalogue] in try catalogue.currentThemes(in: $0)[theme]?.hash }
        if current == expected { return }
        try await installer.install(by: act) { try folder.write(earlier) }
        throw ThemeEditingError.notApplied(theme)
    }

    // MARK: Publications

    /// What was published of a theme, newest first.
    public func publications(of theme: String) async throws -> [ThemePublication] {
        try await database.read { snapshot in
            try snapshot.rows(
                """
                SELECT number, version, hash, name, at, opinion FROM theme_publication WHERE theme = ?
                ORDER BY number DESC
                """, theme
            ).map { row in
                ThemePublication(
                    theme: theme, number: try row.get("number"), version: try row.get("version"),
                    hash: try row.get("hash"), publishedBy: try row.get("name"), at: try row.get("at"),
                    opinion: try row.get("opinion"))
            }
        }
    }

    /// The files of a publication; nil when there is none of that number.
    public func publishedFiles(_ theme: String, _ number: Int) async throws -> [String: String]? {
        try await database.read { snapshot in
            try snapshot.row("SELECT body FROM theme_publication WHERE theme = ? AND number = ?", theme, number)
                .map { try EventCoding.decode([String: String].self, try $0.get("body")) }
        }
    }

    /// Keeps the files that lay in the folder, unless they are those that were published last.
    private func archive(
        _ files: BundleFiles, _ theme: String, at now: Instant, in transaction: Transaction
    ) throws {
        let hash = Self.hash(files)
        let last = try transaction.row(
            "SELECT hash FROM theme_publication WHERE theme = ? ORDER BY number DESC LIMIT 1", theme)
        if try last?.get("hash", as: String.self) == hash { return }
        let version = Self.version(files.contents) ?? ""
        _ = try addPublication(theme, version, hash, files.contents, ("", ""), now, "", in: transaction)
    }

    private func addPublication(
        _ theme: String, _ version: String, _ hash: String, _ files: [String: String],
        _ by: (actor: String, name: String), _ at: Instant, _ opinion: String, in transaction: Transaction
    ) throws -> Int {
        let number: Int =
            try transaction.row(
                "SELECT CAST(coalesce(max(number), 0) AS BIGINT) + 1 AS next FROM theme_publication WHERE theme = ?",
                theme)?.get("next") ?? 1
        try transaction.execute(
            """
            INSERT INTO theme_publication (theme, number, version, hash, body, actor, name, at, opinion)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, theme, number, version, hash, try EventCoding.encode(files), by.actor, by.name, at, opinion)
        return number
    }

    private func setState(
        _ state: ThemeDraft.State, _ theme: String, opinion: String = "", in transaction: Transaction
    ) throws {
        try transaction.execute(
            "UPDATE theme_draft SET state = ?, opinion = ? WHERE theme = ?", state.rawValue, opinion, theme)
    }

    private func remove(_ theme: String, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM theme_draft WHERE theme = ?", theme)
        try transaction.execute("DELETE FROM theme_draft_revision WHERE theme = ?", theme)
    }
}
