import Foundation
public import PluginKit

extension DeploymentSettings {
    /// Reads the settings file of a deployment.
    ///
    /// - Throws: ``KernelError`` when there is no such file or it is no YAML; ``BootFindings`` with everything that is
    ///   wrong in it at once.
    public static func load(_ folder: DeploymentFolder) throws -> DeploymentSettings { try parse(text(of: folder)) }

    /// What must be known of a deployment to back it up, also while something else in its settings is wrong.
    public struct Essentials: Sendable {
        public let name: String
        public let division: DivisionCode
        public let database: DatabaseChoice
        /// What keeps the service from starting.
        public let faults: [Finding]
    }

    /// Reads what a backup needs, whatever else is wrong in the file.
    ///
    /// - Throws: as ``load(_:)`` when name, division or database can't be read.
    public static func essentials(of folder: DeploymentFolder) throws -> Essentials {
        let text = try text(of: folder)
        let values = try SettingsDocument.parse(text)
        let whole = SettingsReader(area: "", values: values)
        _ = read(whole)
        let reader = SettingsReader(area: "", values: values)
        guard let name = try? reader.text("name", doc: ""), let division = division(reader),
            let database = database(reader)
        else { throw BootFindings(whole.findings) }
        return Essentials(name: name, division: division, database: database, faults: whole.findings)
    }

    private static func text(of folder: DeploymentFolder) throws -> String {
        guard let text = try? String(contentsOfFile: folder.settingsPath, encoding: .utf8) else {
            throw KernelError(
                .noDeployment,
                "读不到 \(folder.settingsPath)。请先运行 yiciban init --from yueyang --data \(folder.path)，或检查文件的权限。")
        }
        return text
    }

    /// Reads settings from text.
    ///
    /// - Throws: ``KernelError`` when it is no YAML; ``BootFindings`` with everything that is wrong in it at once.
    public static func parse(_ text: String) throws -> DeploymentSettings {
        let reader = SettingsReader(area: "", values: try SettingsDocument.parse(text))
        let settings = read(reader)
        let findings = reader.findings
        guard let settings, findings.isEmpty else { throw BootFindings(findings) }
        return settings
    }

    /// Reads settings; nil when something without a default is missing or malformed. All findings stay with the reader.
    static func read(_ reader: SettingsReader) -> DeploymentSettings? {
        // Every setting is asked for before any of them can end the reading, so that all findings come at once.
        let name = try? reader.text("name", doc: "部署的名称，显示在每一页上")
        let agency = try? reader.text("agency", default: "", doc: "主办单位，显示在页脚；不写就不显示")
        let division = division(reader)
        let database = database(reader)
        let http = try? HTTPSettings(from: reader.section("http", doc: "网络服务"))
        let plugins = try? reader.list("plugins", default: [], doc: "启用的插件")
        let pluginSettings = objects(reader, "plugin", doc: "各插件的设置")
        let themes = themes(reader.section("themes", doc: "主题"))
        let sessions = try? IdentitySettings(from: reader.section("sessions", doc: "登录和会话"))
        let openID = try? OpenIDSettings(from: reader.section("openid", doc: "其他系统用这里的账号登录（OpenID Connect）"))
        let casework = try? CaseworkRules(from: reader.section("casework", doc: "受理、补正和材料"))
        let messaging = try? MessagingSettings(from: reader.section("messaging", doc: "通知和短信"))
        let backup = try? BackupSettings(from: reader.section("backup", doc: "备份"))
        let face = try? FaceSettings(from: reader.section("face", doc: "门户形象：徽标、颜色、热线、备案号和各区划的子站"))
        let exchange = try? ExchangeSettings(from: reader.section("exchange", doc: "国家平台数据交换"))
        let payment = try? PaymentSettings(from: reader.section("payment", doc: "缴费：网上支付商户、二维码时效、退费复核"))
        guard let name, let agency, let division, let database, let http, let plugins, let themes, let sessions,
            let openID,
            let casework, let messaging, let backup, let exchange, let face, let payment
        else {
            return nil
        }
        var settings = DeploymentSettings(name: name, division: division)
        settings.agency = agency
        settings.database = database
        settings.http = http
        settings.plugins = plugins
        settings.pluginSettings = pluginSettings
        settings.themes = themes
        settings.sessions = sessions
        settings.openID = openID
        settings.casework = casework
        settings.messaging = messaging
        settings.backup = backup
        settings.exchange = exchange
        settings.face = face
        settings.payment = payment
        return settings
    }

    private static func division(_ reader: SettingsReader) -> DivisionCode? {
        let doc = "服务的区划代码，例如 430600"
        // A code without quotes is a number to YAML, and everybody writes it so.
        let text: String
        switch reader.value("division", doc: doc) {
        case .string(let code): text = code
        case .integer(let code): text = String(code)
        case nil:
            reader.report(Finding(reader.place("division"), "settings.required", "必须设置 division（\(doc)）。"))
            return nil
        default:
            reader.report(Finding(reader.place("division"), "settings.malformed", "division 应当是区划代码，例如 430600。"))
            return nil
        }
        do { return try DivisionCode(text) } catch {
            reader.report(Finding(reader.place("division"), "settings.malformed", error.message))
            return nil
        }
    }

    private static func database(_ reader: SettingsReader) -> DatabaseChoice? {
        let place = reader.place("database")
        switch reader.value("database", doc: "sqlite，或 postgresql: 连接串") {
        case nil, "sqlite": return .sqlite
        case .object(let members) where members.count == 1:
            guard let conninfo = members["postgresql"]?.string, !conninfo.isEmpty else { break }
            return .postgreSQL(conninfo: conninfo)
        default: break
        }
        // The value is not shown: it may hold a password.
        reader.report(
            Finding(place, "settings.malformed", "database 应当是 sqlite，或者下一行缩进写 postgresql: \"连接串\"。"))
        return nil
    }

    private static func themes(_ reader: SettingsReader) -> Themes? {
        var themes = Themes()
        guard let enabled = try? reader.list("enabled", default: [], doc: "启用的主题") else { return nil }
        themes.enabled = enabled
        guard let targets = try? ThemeTargets(from: reader.section("targets", doc: "主题的目标数")) else { return nil }
        themes.targets = targets
        for (theme, value) in objects(reader, "parameters", doc: "各主题的本地参数") {
            guard case .object(let members) = value else { continue }
            themes.parameters[theme] = members
        }
        return themes
    }

    /// A table of objects by name; what is none is a finding.
    private static func objects(_ reader: SettingsReader, _ key: String, doc: String) -> [String: JSONValue] {
        guard let value = reader.value(key, doc: doc) else { return [:] }
        guard case .object(let members) = value else {
            reader.report(Finding(reader.place(key), "settings.malformed", "\(key) 应当按名称分组缩进书写。"))
            return [:]
        }
        return members.filter { name, member in
            if case .object = member { return true }
            if member == .null { return false }
            reader.report(
                Finding("\(reader.place(key)).\(name)", "settings.malformed", "\(name) 应当是一组设置，每项一行“名称: 值”。"))
            return false
        }
    }
}
