public import Extension

/// Why something of the catalogue can't be had.
public struct CatalogueError: ProblemConvertible, Sendable, Equatable, CustomStringConvertible {
    /// A stable code.
    public let code: String
    public let status: Int
    public let message: String
    /// A short title in Chinese.
    public let title: String
    /// Everything that a validation found.
    public let findings: [Finding]

    init(
        code: String, status: Int, title: String = "没有找到", message: String, findings: [Finding] = []
    ) {
        self.code = code
        self.status = status
        self.title = title
        self.message = message
        self.findings = findings
    }

    static func themeNotFound(_ id: String, nearest: String?) -> CatalogueError {
        let hint = nearest.map { "，是否想办 \($0)" } ?? ""
        return CatalogueError(
            code: "catalogue.theme_not_found", status: 404, message: "没有名为 \(id) 的“一件事”\(hint)。请回到首页重新查找。")
    }

    static func versionNotFound(_ hash: String) -> CatalogueError {
        CatalogueError(
            code: "catalogue.version_not_found", status: 500,
            message: "数据库里缺少主题版本 \(hash.prefix(12))，这件事暂时不能办理。请管理员检查备份是否完整。")
    }

    public var problem: Problem { Problem(status, code, title, message, findings: findings) }
    public var description: String { "\(message)[\(code)]" }
}
