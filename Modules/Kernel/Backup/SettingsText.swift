import PluginKit

/// The text of a settings file, in which the database can be exchanged and everything else stays as it was written.
struct SettingsText: Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The text without the database's section, which may hold a password.
    ///
    /// - Throws: ``KernelError`` when the section is written in a way that can't be cut out line by line.
    func withoutDatabase() throws -> String {
        var lines: [Substring] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("database:") {
                isInside = true
                continue
            }
            if isInside, line.isEmpty || line.hasPrefix(" ") || line.hasPrefix("\t") { continue }
            isInside = false
            lines.append(line)
        }
        let rest = lines.joined(separator: "\n")
        guard case .object(var members) = try SettingsDocument.parse(text) else { return rest }
        members["database"] = nil
        guard try SettingsDocument.parse(rest) == .object(members) else {
            throw KernelError(
                .malformedSettings,
                "settings.yaml 里的 database 写法特别，备份不能把它单独去掉。请改成 database: sqlite，或下一行缩进写 postgresql: \"连接串\"。")
        }
        return rest
    }

    /// The text with another database.
    func with(_ database: DeploymentSettings.DatabaseChoice) throws -> String {
        let rest = try withoutDatabase()
        let end = rest.hasSuffix("\n") ? "" : "\n"
        switch database {
        case .sqlite: return "\(rest)\(end)database: sqlite\n"
        // Written as JSON, which is YAML too, so that no character of a password is misread.
        case .postgreSQL(let conninfo):
            return "\(rest)\(end)database:\n  postgresql: \(JSONValue.string(conninfo).canonical)\n"
        }
    }
}
