public import Extension

/// The settings of sign-in and sessions.
public struct IdentitySettings: PluginSettings, Hashable {
    /// How long a session lives without a request. It may live up to a minute longer, since use is noted once a minute.
    public var idleLimit: Duration = .seconds(30 * 60)
    /// The same for the elder edition (长辈版), never below 30 minutes.
    public var elderIdleLimit: Duration = .seconds(60 * 60)
    /// How long a session lives at all.
    public var absoluteLimit: Duration = .seconds(12 * 3600)
    /// How many failed sign-ins an hour one network address may cause from unknown devices.
    public var failuresPerAddress = 100
    /// How many passwords are checked at once; each takes 32 MiB.
    public var concurrentPasswordChecks = 2
    /// How many sign-ins may wait for that.
    public var waitingPasswordChecks = 200
    /// The roles whose posts demand a second factor.
    public var secondFactorRoles: Set<String> = []
    /// How long an authenticated session is kept in memory. Another server's sign-out takes effect within this time.
    public var cacheLifetime: Duration = .seconds(5)

    /// The defaults.
    public init() {}

    /// Reads `idleMinutes`, `elderIdleMinutes`, `absoluteHours`, `failuresPerAddress`, `concurrentPasswordChecks`,
    /// `secondFactorRoles`.
    public init(from reader: SettingsReader) throws {
        idleLimit = .seconds(60 * (try reader.int("idleMinutes", default: 30, in: 5...240, doc: "无操作多少分钟后登录结束")))
        elderIdleLimit = .seconds(
            60 * (try reader.int("elderIdleMinutes", default: 60, in: 30...240, doc: "长辈版无操作多少分钟后登录结束")))
        absoluteLimit = .seconds(3600 * (try reader.int("absoluteHours", default: 12, in: 1...24, doc: "登录最长多少小时")))
        failuresPerAddress = try reader.int(
            "failuresPerAddress", default: 100, in: 10...10_000, doc: "一个网络地址每小时最多登录失败几次")
        concurrentPasswordChecks = try reader.int(
            "concurrentPasswordChecks", default: 2, in: 1...64, doc: "同时核对几个密码，每个占用 32 MiB 内存")
        secondFactorRoles = Set(
            try reader.list("secondFactorRoles", default: [], doc: "哪些角色登录必须二次验证：角色编号"))
    }

    func idleLimit(isElder: Bool) -> Duration { isElder ? max(elderIdleLimit, .seconds(30 * 60)) : idleLimit }
}
