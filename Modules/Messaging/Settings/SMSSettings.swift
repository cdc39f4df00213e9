public import Extension

/// How short messages are sent (`messaging.sms`).
public struct SMSSettings: PluginSettings {
    /// Where short messages go.
    public enum Channel: String, Sendable, CaseIterable {
        /// Nowhere: who would be told by SMS is told on paper.
        case none
        /// Into an outbox that the operator reads; nobody's telephone rings (演练).
        case sandbox
        /// To a provider over HTTP.
        case http
    }

    public var channel = Channel.none
    /// The provider's address.
    public var url = ""
    /// The signature before each text (短信签名), such as 岳阳政务服务.
    public var sign = ""
    /// Who signs requests to the provider.
    public var keyID = ""
    /// With which secret.
    public var secret = ""
    /// How long one request may take, in seconds.
    public var timeoutSeconds = 10
    /// After how many attempts a message counts as failed.
    public var attempts = 8
    /// The time of day in which nobody's telephone rings; nil for none.
    public var quietHours: QuietHours? = QuietHours(from: 22 * 60, to: 8 * 60)
    /// How many messages one telephone gets in an hour at most.
    public var perPhonePerHour = 10
    /// And in twenty-four hours.
    public var perPhonePerDay = 30
    /// The provider's template for sign-in codes, whose one variable is the code; empty for none.
    public var codeTemplate = ""
    /// The provider's templates by the keys of notices, not yet held against them.
    var templates: [String: SMSTemplateSetting] = [:]

    public init() {}

    public init(from reader: SettingsReader) throws {
        let named = try reader.text(
            "channel", default: Channel.none.rawValue, doc: "短信渠道：none 不发、sandbox 演练（发件箱可看）、http 短信平台")
        if let channel = Channel(rawValue: named) {
            self.channel = channel
        } else {
            reader.report(
                Finding(
                    reader.place("channel"), "settings.malformed", "channel 应当是 none、sandbox 或 http，现在写的是“\(named)”。"))
        }
        url = try reader.text("url", default: "", doc: "短信平台的接口地址，http 渠道必填")
        sign = try reader.text("sign", default: "", doc: "短信签名，例如 岳阳政务服务；http 渠道必填")
        keyID = try reader.text("keyID", default: "", doc: "短信平台的访问账号，http 渠道必填")
        secret = try reader.text("secret", default: "", doc: "短信平台的密钥，请求和回执都用它签名；http 渠道必填", secret: true)
        timeoutSeconds = try reader.int("timeoutSeconds", default: 10, in: 1...60, doc: "一次请求最多等多少秒")
        attempts = try reader.int("attempts", default: 8, in: 1...20, doc: "最多试几次；再不成的改用别的方式送达")
        codeTemplate = try reader.text(
            "codeTemplate", default: "", doc: "登录验证码在短信平台的模板编号，变量只有验证码；不写就不能用短信登录")
        perPhonePerHour = try reader.int("perPhonePerHour", default: 10, in: 1...1000, doc: "同一号码每小时最多几条")
        perPhonePerDay = try reader.int("perPhonePerDay", default: 30, in: 1...1000, doc: "同一号码一天最多几条")
        let quiet = try reader.text(
            "quietHours", default: "22:00-08:00", doc: "夜间不发短信的时段，等到时段结束再发，以免打扰休息；写 off 表示不限")
        if quiet == "off" {
            quietHours = nil
        } else if let hours = QuietHours(quiet) {
            quietHours = hours
        } else {
            reader.report(
                Finding(reader.place("quietHours"), "settings.malformed", "quietHours 应当写成 22:00-08:00 这样，或写 off。"))
        }
        readTemplates(reader)
        if channel == .http { demandProvider(reader) }
    }

    private mutating func readTemplates(_ reader: SettingsReader) {
        guard
            let value = reader.value(
                "templates", doc: "各种通知在短信平台的模板，例如 case.accepted: {id: SMS_1, variables: [事项, 办件编号]}")
        else { return }
        guard case .object(let members) = value else {
            reader.report(Finding(reader.place("templates"), "settings.malformed", "templates 应当按通知种类分组缩进书写。"))
            return
        }
        for (key, member) in members.sorted(by: { $0.key < $1.key }) {
            var findings: [Finding] = []
            if let template = SMSTemplateSetting.schema.decode(member, findings: &findings) {
                templates[key] = template
            }
            let place = "\(reader.place("templates")).\(key)"
            for finding in findings {
                reader.report(
                    Finding(finding.field.isEmpty ? place : "\(place).\(finding.field)", finding.code, finding.message))
            }
        }
    }

    private func demandProvider(_ reader: SettingsReader) {
        for (key, value) in [("url", url), ("sign", sign), ("keyID", keyID), ("secret", secret)] where value.isEmpty {
            reader.report(Finding(reader.place(key), "settings.required", "channel 是 http 时必须设置 \(key)。"))
        }
        if !url.isEmpty, ProviderAddress(url) == nil {
            reader.report(
                Finding(reader.place("url"), "settings.malformed", "url 应当是 https:// 开头的地址；http:// 只能用于本机。"))
        }
    }
}

/// Settings of messaging (`messaging`).
public struct MessagingSettings: PluginSettings {
    public var sms = SMSSettings()
    /// For how many days a paper may lie before the list marks it as late.
    public var paperDays = 3
    /// Where recipients of paper read more, and where letters come from.
    public var returnAddress = ""

    public init() {}

    public init(from reader: SettingsReader) throws {
        paperDays = try reader.int("paperDays", default: 3, in: 1...30, doc: "纸质通知应在几天内打印寄出，超过的在清单里标出")
        returnAddress = try reader.text("returnAddress", default: "", doc: "纸质通知上的寄件人地址和电话")
        sms = try SMSSettings(from: reader.section("sms", doc: "短信"))
    }
}
