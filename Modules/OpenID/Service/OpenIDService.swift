public import ArgumentParser
public import Extension
public import Identity
import Standards
public import Storage

/// The sign-in of the city for every department's system (OpenID Connect provider, R14.11, R14.13).
///
/// Applications are registered, people consent once, and one sign-in opens all of them. Codes and tokens are random and
/// stored as hashes; only ID tokens and logout tokens are signed. Everything that came of one entering is one *grant*: it
/// ends as a whole, by signing out, by taking the consent back, or when a part of it turns up where it must not.
public struct OpenIDService: ServiceModule {
    public static let id = "openid"
    public static var migrations: MigrationSet { schema }
    public static var commands: [any ParsableCommand.Type] { [ClientCommands.self] }

    /// May register and suspend applications.
    public static let manageClients = Permission("openid.manage_clients", "登记、停用接入统一身份认证的系统")

    static let authorizePath = "/openid/authorize"
    static let tokenPath = "/openid/token"
    static let logoutPath = "/openid/logout"
    /// How long a code may wait for its redemption.
    static let codeLifetime: Duration = .seconds(60)

    let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let identity: IdentityService
    let settings: OpenIDSettings
    let division: String
    /// Our name towards applications, without a slash at its end.
    public let issuer: String
    let keys: SigningKeys
    let clientState: RowState
    let consentState: RowState

    /// - Parameters:
    ///   - database: with the tables of ``migrations``.
    ///   - events: where it is told what happened.
    ///   - cipher: seals the keys and makes the pairwise identifiers.
    ///   - identity: who signed in.
    ///   - settings: lifetimes.
    ///   - issuer: the portal's public address, used unless the settings name one.
    ///   - division: under which the journal stands.
    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, identity: IdentityService,
        settings: OpenIDSettings, issuer: String, division: String
    ) {
        self.database = database
        self.events = events
        self.cipher = cipher
        self.identity = identity
        self.settings = settings
        self.issuer = settings.issuer.isEmpty ? issuer : settings.issuer
        self.division = division
        keys = SigningKeys(database: database, cipher: cipher, lifetime: settings.keyLifetime)
        clientState = RowState(
            kind: "openid.client", title: "接入系统", table: "openid_client",
            columns: OpenIDClient.columns.split(separator: ", ").map(String.init), begins: [ClientRegistered.name],
            cipher: cipher)
        consentState = RowState(
            kind: "openid.consent", title: "接入系统授权", table: "openid_consent",
            columns: ["id", "account", "client", "scopes", "granted_at", "revoked_at"], begins: [ConsentGranted.name],
            cipher: cipher)
    }

    public var contributions: [any Contribution] {
        [
            Self.manageClients, clientState.check(), consentState.check(), rotation, sweep, signedOut, logoutDelivery,
            health,
        ]
            + protocolEndpoints
    }

    /// Scheme, host and port of an address, as browsers name an origin.
    public static func origin(of address: String) -> String { WebAddress.origin(of: address) }

    func tell(
        _ event: any Event, about kind: String, _ id: String, state: [UInt8]? = nil, by act: Act,
        in transaction: Transaction
    ) throws {
        try events.record(
            [event], to: StreamID(division: division, kind: "openid.\(kind)", id: id), state: state, by: act,
            in: transaction)
    }

    /// Changes keys on schedule.
    private var rotation: Job {
        Job("keys", every: .seconds(3600)) { act in try await keys.rotate(by: act) }
    }

    /// Makes new signing keys at once and drops the old ones: for when one may have leaked.
    ///
    /// - Throws: ``OpenIDError`` when the actor may not manage applications.
    public func replaceKeys(by act: Act) async throws {
        guard act.actor.holds(Self.manageClients) else { throw OpenIDError.denied }
        try await keys.rotate(isForced: true, by: act)
    }

    /// Forgets what has ended; a grant is kept for a day after its end, so that a replay is still known as one.
    private var sweep: Job {
        Job("sweep", every: .seconds(3600)) { act in
            let before = act.now.adding(.seconds(-86_400))
            try await database.write { transaction in
                try transaction.execute(
                    "DELETE FROM openid_token WHERE grant_id IN (SELECT id FROM openid_grant WHERE ends_at <= ?)",
                    before)
                try transaction.execute("DELETE FROM openid_grant WHERE ends_at <= ?", before)
                try transaction.execute("DELETE FROM openid_assertion WHERE ends_at <= ?", act.now)
            }
        }
    }

    private var health: HealthCheck {
        HealthCheck("openid", title: "统一身份认证对接") { _ in
            let clients = try await self.clients()
            if clients.isEmpty { return .sound("没有接入的系统") }
            let isLocal = issuer.hasPrefix("http://")
            return isLocal
                ? .warning(
                    "有 \(clients.count) 个接入系统，但对外网址是 \(issuer)",
                    remedy: "在 settings.yaml 的 openid: 下写 issuer: https://门户的网址。")
                : .sound("\(clients.count) 个接入系统，对外网址 \(issuer)")
        }
    }
}
