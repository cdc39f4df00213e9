/// Why the portal can't be put together: a fault of the installation, found at the start.
public struct PortalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code such as `portal.resources_missing`.
    public let code: String
    /// What is wrong and what to do.
    public let message: String

    static let resourcesMissing = PortalError(
        code: "portal.resources_missing", message: "程序旁边缺少网页模板和样式（yiciban_Portal.resources）。请重新安装，或把它与程序放在同一个文件夹。")

    static func resourceUnreadable(_ name: String) -> PortalError {
        PortalError(code: "portal.resource_unreadable", message: "读不到网页资源 \(name)。请检查文件权限后重新启动。")
    }

    static func malformedTemplate(_ name: String, _ reason: String) -> PortalError {
        PortalError(code: "portal.malformed_template", message: "网页模板 \(name) 写得不对：\(reason)。请更正模板后重新启动。")
    }

    static func unknownTemplate(_ name: String) -> PortalError {
        PortalError(code: "portal.unknown_template", message: "没有名为 \(name) 的网页模板，请更正使用它的页面。")
    }

    public var description: String { "\(message)[\(code)]" }
}
