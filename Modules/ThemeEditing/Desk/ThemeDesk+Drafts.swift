public import Extension
import Foundation
import Standards
import Storage
import ThemeBundles

extension ThemeDesk {
    /// Begins to change a theme.
    ///
    /// - Throws: ``ThemeEditingError`` when there is a draft, or no such theme.
    public func begin(_ theme: String, by act: Act) async throws -> ThemeDraft {
        guard let files = files(of: theme) else { throw ThemeEditingError.unknownTheme(theme) }
        return try await begin(theme, Self.raisingVersion(files.contents), base: Self.hash(files), by: act)
    }

    /// Begins a new theme from the scaffold that `theme new` writes.
    ///
    /// - Throws: ``ThemeEditingError``; a finding for an ID or title that is not well-formed.
    public func beginNew(_ theme: String, title: String, by act: Act) async throws -> ThemeDraft {
        let scaffold: ThemeScaffold
        do { scaffold = try ThemeScaffold(id: theme, title: title) } catch {
            throw Problem.invalid([Finding(error.code == "scaffold.id" ? "id" : "title", error.code, error.description)]
            )
        }
        if files(of: theme) != nil { throw ThemeEditingError.exists(theme) }
        return try await begin(theme, scaffold.files, base: "", by: act)
    }

    /// Begins to change a theme from what was published before, or from what came with the program.
    ///
    /// - Parameter number: the publication; 0 for what came with the program.
    public func restore(_ theme: String, to number: Int, by act: Act) async throws -> ThemeDraft {
        let base = Self.hash(files(of: theme))
        if number == 0 {
            guard let shipped = shippedFiles(of: theme) else { throw ThemeEditingError.unknownTheme(theme) }
            return try await begin(
                theme, Self.raisingVersion(shipped.contents, above: files(of: theme)), base: base, by: act)
        }
        guard let old = try await publishedFiles(theme, number) else { throw ThemeEditingError.unknownVersion(number) }
        return try await begin(theme, Self.raisingVersion(old, above: files(of: theme)), base: base, by: act)
    }

    private func begin(
        _ theme: String, _ files: [String: String], base: String, by act: Act
    ) async throws -> ThemeDraft {
        try require(.editThemes, act)
        return try await database.write { [self] transaction in
            let id = act.identifier("theme-draft").text
            let made = try transaction.row(
                """
                INSERT INTO theme_draft (theme, id, revision, state, base, authors, opinion, changed_by, changed_at)
                VALUES (?, ?, 1, ?, ?, ?, '', ?, ?) ON CONFLICT (theme) DO NOTHING RETURNING theme
                """, theme, id, ThemeDraft.State.drafting.rawValue, base,
                try EventCoding.encode([act.actor.journalName]), act.actor.displayName, act.now)
            if made == nil { throw ThemeEditingError.draftExists }
            try Self.keep(files, theme, revision: 1, in: transaction)
            try tell([ThemeDraftBegun(theme: theme, draft: id, base: base)], theme, by: act, in: transaction)
            return try draft(theme, in: transaction)
        }
    }

    /// A theme's draft.
    ///
    /// - Throws: ``ThemeEditingError`` when there is none.
    public func draft(_ theme: String) async throws -> ThemeDraft {
        try await database.read { try draft(theme, in: $0) }
    }

    /// A theme's draft; nil when there is none.
    public func draftIfAny(_ theme: String) async throws -> ThemeDraft? {
        try await database.read { try Self.drafts(of: theme, in: $0).first }
    }

    /// The files of an earlier saving of the draft that is being changed; nil when it isn't kept any more.
    public func files(of theme: String, at stamp: ThemeDraft.Stamp) async throws -> [String: String]? {
        try await database.read { snapshot in
            guard try draft(theme, in: snapshot).id == stamp.id else { return nil }
            return try snapshot.row(
                "SELECT body FROM theme_draft_revision WHERE theme = ? AND revision = ?", theme, stamp.revision
            ).map { try EventCoding.decode([String: String].self, try $0.get("body")) }
        }
    }

    /// Saves a draft's files.
    ///
    /// - Parameter stamp: the saving from which they were made.
    /// - Throws: ``ThemeEditingError`` when somebody saved meanwhile, and nothing is overwritten.
    @discardableResult
    public func save(
        _ theme: String, _ files: [String: String], from stamp: ThemeDraft.Stamp, by act: Act
    ) async throws -> ThemeDraft {
        try require(.editThemes, act)
        try Self.checkFiles(files)
        return try await database.write { [self] transaction in
            let found = try lock(theme, in: transaction)
            guard found.stamp == stamp else { throw ThemeEditingError.changedMeanwhile }
            guard found.state == .drafting else { throw ThemeEditingError.wrongState(found.state, for: "修改") }
            if found.files == files { return found }
            let revision = found.revision + 1
            let authors = found.authors + (found.authors.contains(act.actor.journalName) ? [] : [act.actor.journalName])
            try transaction.execute(
                """
                UPDATE theme_draft SET revision = ?, authors = ?, changed_by = ?, changed_at = ? WHERE theme = ?
                """, revision, try EventCoding.encode(authors), act.actor.displayName, act.now, theme)
            try Self.keep(files, theme, revision: revision, in: transaction)
            try tell(
                [
                    ThemeDraftSaved(
                        theme: theme, draft: found.id, revision: revision, hash: Self.hash(BundleFiles(files)))
                ], theme, by: act, in: transaction)
            return try draft(theme, in: transaction)
        }
    }

    private static func checkFiles(_ files: [String: String]) throws {
        for (path, content) in files.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }), path.count <= 100,
                !path.contains("\\"), !path.contains("\0")
            else {
                throw ThemeEditingError.badFile("文件名“\(path.prefix(40))”不能用。请写成 texts/说明.md 这样的名字，不要以点开头。")
            }
            if content.utf8.count > 1 << 20 { throw ThemeEditingError.badFile("\(path) 超过 1 MiB，请精简。") }
        }
        if files.count > 200 { throw ThemeEditingError.badFile("一个主题最多 200 个文件，请精简。") }
        if files[ThemeBundle.themeFile] == nil { throw ThemeEditingError.badFile("不能没有 theme.yaml。") }
    }

    /// The same files with the last number of the version raised above the one in force, as every publication needs.
    private static func raisingVersion(_ files: [String: String], above other: BundleFiles? = nil) -> [String: String] {
        guard let source = files[ThemeBundle.themeFile].flatMap({ YAMLSource($0) }) else { return files }
        let versions = [source, other?.contents[ThemeBundle.themeFile].flatMap { YAMLSource($0) }]
            .compactMap { $0?.tree["version"]?.text }.compactMap(ThemeVersionNumber.init)
        guard let highest = versions.max(),
            let raised = try? source.setting(YAMLPath([.key("version")]), to: .text(highest.next.text))
        else { return files }
        return files.merging([ThemeBundle.themeFile: raised.text]) { $1 }
    }

    // MARK: Rows

    private static let columns =
        "d.theme, id, d.revision, state, base, authors, opinion, changed_by, changed_at, r.body"
    private static let join =
        "theme_draft d JOIN theme_draft_revision r ON r.theme = d.theme AND r.revision = d.revision"

    static func drafts(of theme: String? = nil, in snapshot: Snapshot) throws -> [ThemeDraft] {
        let rows =
            try theme.map { try snapshot.rows("SELECT \(columns) FROM \(join) WHERE d.theme = ?", $0) }
            ?? snapshot.rows("SELECT \(columns) FROM \(join) ORDER BY d.theme")
        return try rows.map { row in
            ThemeDraft(
                id: try row.get("id"), theme: try row.get("theme"), revision: try row.get("revision"),
                state: ThemeDraft.State(rawValue: try row.get("state")) ?? .drafting,
                files: try EventCoding.decode([String: String].self, try row.get("body")), base: try row.get("base"),
                authors: try EventCoding.decode([String].self, try row.get("authors")),
                changedBy: try row.get("changed_by"), changedAt: try row.get("changed_at"),
                opinion: try row.get("opinion"))
        }
    }

    func draft(_ theme: String, in snapshot: Snapshot) throws -> ThemeDraft {
        guard let draft = try Self.drafts(of: theme, in: snapshot).first else { throw ThemeEditingError.noDraft(theme) }
        return draft
    }

    /// Locks a draft's row: the first statement of every change to it.
    func lock(_ theme: String, in transaction: Transaction) throws -> ThemeDraft {
        let row = try transaction.row("UPDATE theme_draft SET state = state WHERE theme = ? RETURNING theme", theme)
        if row == nil { throw ThemeEditingError.noDraft(theme) }
        return try draft(theme, in: transaction)
    }

    private static func keep(
        _ files: [String: String], _ theme: String, revision: Int, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "INSERT INTO theme_draft_revision (theme, revision, body) VALUES (?, ?, ?)", theme, revision,
            try EventCoding.encode(files))
    }

    func require(_ permission: Permission, _ act: Act) throws {
        guard act.actor.holds(permission) else { throw Problem.forbidden }
    }

    func tell(_ told: [any Event], _ theme: String, by act: Act, in transaction: Transaction) throws {
        try events.record(told, to: StreamID(division: "*", kind: "theme", id: theme), by: act, in: transaction)
    }
}

/// A version of a theme: two or three numbers.
struct ThemeVersionNumber: Comparable {
    let numbers: [Int]

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), !parts.contains(nil) else { return nil }
        numbers = parts.compactMap(\.self)
    }

    private init(_ numbers: [Int]) { self.numbers = numbers }

    var text: String { numbers.map(String.init).joined(separator: ".") }
    /// The version after it.
    var next: ThemeVersionNumber { ThemeVersionNumber(numbers.dropLast() + [numbers[numbers.count - 1] + 1]) }

    static func < (lhs: Self, rhs: Self) -> Bool {
        let (left, right) = (lhs.numbers + [0], rhs.numbers + [0])
        return left.prefix(3).lexicographicallyPrecedes(right.prefix(3))
    }
}
