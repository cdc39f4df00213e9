public import PluginKit

/// Everything that the plugin's surfaces ask: lists, partners, cases, and the wire between deployments.
public struct CrossRegionService: Sendable {
    /// Collect applications for partners at a window (异地代收).
    public static let collect = Permission("cross-region.collect", "窗口代收外地事项的申请、交接材料")
    /// Decide what partners collected.
    public static let decide = Permission("cross-region.decide", "办理合作地区代收的申请")

    let database: any Database
    let division: String
    /// How partners call this deployment.
    let ownCode: String
    let ownName: String
    let settings: CrossRegionPlugin.Settings
    let organisation: OrganisationService
    let casework: CaseworkService
    let identity: IdentityService
    let lists: ItemLists
    let partners: PartnerRegister
    let cases: CaseBook
    let messages: MessageLog
    let incidents: IncidentLog
    let ownKeys: OwnKeys
    let transport: any Transport
    let versions: ClosedRange<Int>

    init(
        _ host: PluginHost, settings: CrossRegionPlugin.Settings, transport: (any Transport)? = nil,
        versions: ClosedRange<Int> = Wire.versions
    ) throws {
        database = host.database
        division = host.division
        ownCode = settings.code.isEmpty ? host.division : settings.code
        ownName = host.deploymentName
        self.settings = settings
        organisation = try host.service(OrganisationService.self)
        casework = try host.service(CaseworkService.self)
        identity = try host.service(IdentityService.self)
        lists = ItemLists(host)
        partners = try PartnerRegister(host, ownCode: settings.code.isEmpty ? host.division : settings.code)
        cases = CaseBook(host)
        messages = MessageLog(cipher: host.cipher, cases: cases)
        incidents = IncidentLog(events: host.events, division: host.division)
        ownKeys = OwnKeys(database: host.database, cipher: host.cipher)
        self.transport = transport ?? HTTPTransport(timeoutSeconds: settings.answerSeconds)
        self.versions = versions
    }

    /// What is done when a partner speaks.
    func system(_ act: Act) -> Act {
        Act(actor: .system("cross-region"), now: act.now, seed: act.seed, requestID: act.requestID)
    }
}
