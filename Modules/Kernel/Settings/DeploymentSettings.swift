public import PluginKit

/// What the operator of a deployment decides: `settings.yaml`, read strictly (DESIGN §4).
public struct DeploymentSettings: Sendable {
    /// Which database holds the data.
    public enum DatabaseChoice: Sendable, Hashable {
        /// `yiciban.db` in the deployment's folder.
        case sqlite
        /// A PostgreSQL server by its connection string, which may hold a password and is never shown.
        case postgreSQL(conninfo: String)
    }

    /// Which theme bundles are offered, and the local values of their parameters.
    public struct Themes: Sendable, Hashable {
        /// The IDs of the enabled themes.
        public var enabled: [String] = []
        /// The values by theme and parameter.
        public var parameters: [String: [String: JSONValue]] = [:]
        /// How many the plan wants.
        public var targets = ThemeTargets()

        public init() {}
    }

    /// The deployment's name, shown on every page, such as 岳阳市“一件事一次办”.
    public var name: String
    /// Who runs the site (主办单位), shown at the foot of every page; empty when nobody is named.
    public var agency = ""
    /// The division that it serves.
    public var division: DivisionCode
    public var database: DatabaseChoice = .sqlite
    public var http = HTTPSettings()
    /// The IDs of the enabled plugins.
    public var plugins: [String] = []
    /// The plugins' own settings by ID.
    public var pluginSettings: [String: JSONValue] = [:]
    public var themes = Themes()
    public var sessions = IdentitySettings()
    /// The figures of acceptance, correction and materials that the deployment may set.
    public var casework = CaseworkRules()
    /// How notices reach people.
    public var messaging = MessagingSettings()

    /// How other systems let people sign in with their account here.
    public var openID = OpenIDSettings()
    public var backup = BackupSettings()
    /// How the site presents itself.
    public var face = FaceSettings()
    /// Which fees are collected on which channels.
    public var payment = PaymentSettings()
    /// What is delivered to the national platform and how.
    public var exchange = ExchangeSettings()

    /// Settings made by a program, such as a test.
    public init(name: String, division: DivisionCode) {
        self.name = name
        self.division = division
    }
}
