public import PluginKit

/// How the server listens and what it accepts (`http:` in the settings file).
public struct HTTPSettings: Sendable, Hashable {
    /// The address to listen on; TLS is the reverse proxy's work.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8080
    /// Whether cookies travel over TLS only; off for trying it out without a proxy.
    public var secureCookies = true
    /// The proxies whose `X-Forwarded-For` is believed.
    public var trustedProxies: Set<String> = []
    /// From where `/metrics` may be read.
    public var metricsFrom: Set<String> = ["127.0.0.1", "::1"]
    /// The most that a JSON or form body may hold, in bytes.
    public var maximumBody = 1 << 20
    /// The most that an upload may hold, in bytes.
    public var maximumUpload = 20 << 20
    /// How long a body may take to arrive, in seconds.
    public var requestTimeout = 60
    /// After how many silent seconds a connection is closed.
    public var idleTimeout = 75
    /// How long requests under way may take when the server is told to stop, in seconds.
    public var shutdownTimeout = 20
    /// How often a visitor who has not signed in may read, per address and minute; 0 for no limit.
    public var anonymousPerMinute = 6_000
    /// How often one may try to sign in or send anything else unsigned, per address and minute; 0 for no limit.
    public var signInPerMinute = 60
    /// Where the window's card reader, document camera and signature pad answer on the clerk's own machine
    /// (`http://127.0.0.1:9527`); empty where windows have none.
    public var counterDevices = ""
    /// Whether each request is logged.
    public var accessLog = true

    public init() {}

    /// Whether an address may read the counters.
    public func mayReadMetrics(_ address: String) -> Bool { metricsFrom.contains(address) }

    /// Reads the section; what is wrong stays with the reader.
    public init(from reader: SettingsReader) throws {
        host = try reader.text("host", default: host, doc: "监听的地址")
        port = try reader.int("port", default: port, in: 0...65_535, doc: "监听的端口")
        secureCookies = try reader.flag("secureCookies", default: secureCookies, doc: "Cookie 只经 HTTPS 传送")
        trustedProxies = Set(try reader.list("trustedProxies", default: [], doc: "可信的反向代理地址"))
        metricsFrom = Set(try reader.list("metricsFrom", default: metricsFrom.sorted(), doc: "可以读取 /metrics 的地址"))
        maximumBody = try reader.int(
            "maximumBody", default: maximumBody, in: 1_024...(64 << 20), doc: "JSON 和表单正文的上限（字节）")
        maximumUpload = try reader.int(
            "maximumUpload", default: maximumUpload, in: 1_024...(1 << 30), doc: "上传文件的上限（字节）")
        requestTimeout = try reader.int("requestTimeout", default: requestTimeout, in: 1...3_600, doc: "收完正文的时限（秒）")
        idleTimeout = try reader.int("idleTimeout", default: idleTimeout, in: 1...3_600, doc: "空闲连接的时限（秒）")
        shutdownTimeout = try reader.int(
            "shutdownTimeout", default: shutdownTimeout, in: 1...600, doc: "停止服务时等待未完请求的时限（秒）")
        anonymousPerMinute = try reader.int(
            "anonymousPerMinute", default: anonymousPerMinute, in: 0...10_000_000, doc: "未登录者每地址每分钟的访问次数，0 为不限")
        signInPerMinute = try reader.int(
            "signInPerMinute", default: signInPerMinute, in: 0...1_000_000, doc: "每地址每分钟的登录等匿名提交次数，0 为不限")
        counterDevices = try reader.text("counterDevices", default: "", doc: "窗口设备适配程序的地址，例如 http://127.0.0.1:9527")
        let isLocal = ["http://127.0.0.1:", "http://localhost:"].contains {
            counterDevices.hasPrefix($0)
                && Int(counterDevices.dropFirst($0.count)).map { (1...65_535).contains($0) } == true
        }
        if !counterDevices.isEmpty, !isLocal {
            reader.report(
                Finding(reader.place("counterDevices"), "settings.devices", "窗口设备只能接在本机，应写成 http://127.0.0.1:端口。"))
        }
        accessLog = try reader.flag("accessLog", default: accessLog, doc: "是否记录每次访问")
    }
}
