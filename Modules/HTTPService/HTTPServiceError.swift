/// Why the server could not begin, in one line.
public struct HTTPServiceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code such as `http.port_in_use`.
    public let code: String
    /// What happened and what to do, in Chinese.
    public let message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    static func portInUse(_ host: String, _ port: Int) -> HTTPServiceError {
        HTTPServiceError(
            "http.port_in_use", "\(host):\(port) 已被别的程序占用。请停止那个程序，或换一个端口：这一次用 --port，以后都换则改 settings.yaml 的 http.port。")
    }

    static func mayNotBind(_ host: String, _ port: Int) -> HTTPServiceError {
        HTTPServiceError(
            "http.port_forbidden", "没有权限监听 \(host):\(port)。请改用 1024 以上的端口，由反向代理转发。")
    }

    static func noSuchAddress(_ host: String, _ port: Int) -> HTTPServiceError {
        HTTPServiceError(
            "http.address",
            "本机没有地址 \(host)，不能监听端口 \(port)。请检查 --host 或 settings.yaml 的 http.host；本机使用请写 127.0.0.1，对外服务请写 0.0.0.0。")
    }

    static func conflicts(_ routes: [String]) -> HTTPServiceError {
        HTTPServiceError("http.route_conflict", "这些地址被重复定义：\(routes.joined(separator: "、"))。请改名后重新启动。")
    }
}
