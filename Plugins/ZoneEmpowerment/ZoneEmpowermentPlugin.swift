public import ArgumentParser
public import PluginKit

/// 园区赋权: who was given which power, whether it may be used yet, and whether a zone's business stays in the zone
/// (R01.1–R01.7, R01.11).
public struct ZoneEmpowermentPlugin: ServicePlugin {
    public static let manifest = PluginManifest(
        id: "zone-empowerment", version: "1.0.0", title: "园区赋权", owner: "行政审批服务局",
        requires: [.organisation, .casework])

    public static let migrations = [
        Migration(
            "0001-powers",
            """
            CREATE TABLE zone_empowerment_power (
                division TEXT NOT NULL,
                id TEXT NOT NULL,
                item TEXT NOT NULL,
                title TEXT NOT NULL,
                field TEXT NOT NULL,
                level TEXT NOT NULL,
                from_organ TEXT NOT NULL,
                agency TEXT NOT NULL,
                mode TEXT NOT NULL,
                basis TEXT NOT NULL,
                starts_on BIGINT NOT NULL,
                ends_on BIGINT,
                end_reason TEXT NOT NULL,
                PRIMARY KEY (division, id)
            );
            CREATE UNIQUE INDEX zone_empowerment_power_id ON zone_empowerment_power (id);
            CREATE TABLE zone_empowerment_leak (
                division TEXT NOT NULL,
                case_id TEXT NOT NULL,
                item TEXT NOT NULL,
                agency TEXT NOT NULL,
                has_power BIGINT NOT NULL,
                found_at BIGINT NOT NULL,
                PRIMARY KEY (division, case_id, item)
            );
            CREATE INDEX zone_empowerment_leak_found ON zone_empowerment_leak (found_at)
            """)
    ]

    public static var commands: [any ParsableCommand.Type] {
        [ListPowers.self, DelegatePower.self, TakePowerBack.self]
    }

    /// Its settings.
    public struct Settings: PluginSettings {
        let parkTarget: Int
        let grassRootsTarget: Int

        public init(from reader: SettingsReader) throws {
            parkTarget = try reader.int(
                "parkTarget", default: 150, in: 0...10_000, doc: "每个园区直接办理的涉企经营、工程建设类事项的目标数")
            grassRootsTarget = try reader.int(
                "grassRootsTarget", default: 150, in: 0...10_000, doc: "乡镇（街道）、村（社区）办理便民服务事项的目标数")
        }
    }

    private let settings: Settings
    private let register: PowerRegister
    private let watch: LoopWatch

    public init(settings: Settings, host: PluginHost) throws {
        self.settings = settings
        register = try PowerRegister(host)
        watch = LoopWatch(casework: try host.service(CaseworkService.self), register: register)
    }

    public var contributions: [any Contribution] {
        PowerRegister.delegate
        register.state.check()
        PowerEndpoints(register: register, settings: settings).all
        PowerPages(register: register, settings: settings).all
        On(
            "case.submitted", as: LoopWatch.Submitted.self,
            // A zone's code is a local one; nobody else's submission pays for the watch.
            hears: { (try? DivisionCode($0.division))?.isLocal == true }
        ) { [watch] event, act, transaction in
            try watch.look(event, by: act, in: transaction)
        }
    }
}
