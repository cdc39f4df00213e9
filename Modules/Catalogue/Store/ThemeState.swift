import Storage

/// Ties a theme with all its versions to its stream: open cases are handled by the body of their version, so that a
/// body changed behind the program's back would change what the law asks of them.
struct ThemeState: Sendable {
    private let cipher: FieldCipher

    init(_ cipher: FieldCipher) { self.cipher = cipher }

    /// The digest of a theme as it stands, with every version that was ever applied; nil where there is none.
    func digest(of theme: String, in snapshot: Snapshot) throws -> [UInt8]? {
        guard
            let row = try snapshot.row("SELECT hash, number, active FROM catalogue_theme WHERE theme = ?", theme)
        else { return nil }
        let versions = try snapshot.rows(
            "SELECT hash, version, body FROM catalogue_theme_version WHERE theme = ? ORDER BY hash", theme)
        func values(_ row: Row, _ columns: [String]) throws -> [SQLValue] {
            try columns.map { try row.get($0, as: SQLValue.self) }
        }
        return cipher.digest(
            of: try [.text(theme)] + values(row, ["hash", "number", "active"])
                + versions.flatMap { try values($0, ["hash", "version", "body"]) },
            purpose: "journal.state/catalogue")
    }

    var check: StateCheck {
        StateCheck(
            kind: CatalogueService.streamKind, title: "主题", table: "catalogue_theme", key: "theme",
            dependents: ["catalogue_theme_version"]
        ) { standings, snapshot in
            var comparison = StateComparison()
            for standing in standings {
                let count: Int? = try snapshot.row(
                    "SELECT COUNT(*) AS versions FROM catalogue_theme_version WHERE theme = ?", standing.id
                )?.get("versions")
                comparison.rows["catalogue_theme_version", default: 0] += count ?? 0
                guard let found = try digest(of: standing.id, in: snapshot) else {
                    comparison.deviations.append(.gone(standing, "表 catalogue_theme 里没有它了"))
                    continue
                }
                guard let state = standing.state else {
                    comparison.untied += 1
                    continue
                }
                if found != state {
                    comparison.deviations.append(.changed(standing, "主题或它某个版本的内容不是程序最后一次写入的"))
                }
            }
            return comparison
        }
    }
}
