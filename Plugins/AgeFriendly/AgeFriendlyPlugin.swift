public import ArgumentParser
public import PluginKit

/// 适老化: home visits at the press of a bell, visits that the office offers by itself, and a zone for the elderly
/// (R12.15, R12.17, R12.18).
public struct AgeFriendlyPlugin: ServicePlugin {
    public static let manifest = PluginManifest(
        id: "age-friendly", version: "1.0.0", title: "适老化服务", owner: "行政审批服务局",
        requires: [.identity, .organisation, .catalogue, .casework, .licences])

    public static let migrations = [VisitSchema.migration, ProactiveRegister.migration]
    public static let encryptedColumns = [VisitSchema.body, ProactiveRegister.body]

    public static var commands: [any ParsableCommand.Type] {
        [
            ListVisits.self, ShowVisit.self, OrderVisit.self, ListHalfDays.self, AssignVisit.self, SetOut.self,
            FinishVisit.self, CancelVisit.self, ListProactive.self, MakeProactive.self, CloseProactive.self,
        ]
    }

    /// Its settings.
    public struct Settings: PluginSettings {
        let visits: VisitRules
        let proactive: ProactiveRules
        let zone: [String]

        public init(from reader: SettingsReader) throws {
            visits = try VisitRules(reader.section("visits", doc: "上门服务的时间、容量和对象"))
            proactive = try ProactiveRules(reader.section("proactive", doc: "敲门办：主动上门的名单"))
            zone = try reader.list("zone", default: [], doc: "老年人专区里放哪些事：主题或事项代号，按显示的顺序")
            for (index, id) in zone.enumerated() where id.trimmed.isEmpty || zone[..<index].contains(id) {
                reader.report(
                    Finding("\(reader.place("zone"))[\(index)]", "settings.malformed", "专区的清单里有空的或者重复的“\(id)”，请删去。"))
            }
        }
    }

    private let register: VisitRegister
    private let proactive: ProactiveRegister

    public init(settings: Settings, host: PluginHost) throws {
        register = try VisitRegister(host, settings)
        proactive = try ProactiveRegister(host, settings)
    }

    public var contributions: [any Contribution] {
        VisitRegister.permission
        register.state.check()
        register.zone.check
        register.gauge
        VisitEndpoints(register: register).all
        VisitDeskEndpoints(register: register).all
        VisitNotices(register: register).all
        BellPages(register: register).all
        DeskPages(register: register).all
        proactive.state.check()
        proactive.choices.check()
        ProactiveEndpoints(register: proactive).all
        KnockPages(register: proactive).all
        ChoicePages(register: proactive).all
        ZonePages(zone: register.zone, rules: register.rules).all
        Job("proactive-list", every: .seconds(86_400)) { [proactive] act in try await proactive.make(by: act) }
    }
}
