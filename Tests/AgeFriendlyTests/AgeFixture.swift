import Foundation
import Kernel
import Logging
import PluginKit
import StorageTestSupport

@testable import AgeFriendly

/// A city with a county on one of the databases, two persons and three visitors, with the plugin enabled.
///
/// It is Monday, 2 March 2026, 16:00, so that Tuesday morning is the first half day that can be ordered. Synthetic
/// persons are born 1900 to 1913; so the age that entitles is 120 here.
struct AgeFixture: Sendable {
    let kernel: Kernel
    let host: PluginHost
    let register: VisitRegister
    let proactive: ProactiveRegister
    /// 126 years old, at 岳阳.
    let elder: Identifier
    /// 112 years old, too young.
    let younger: Identifier
    let visitor: Act
    let colleague: Act
    /// A visitor of the county.
    let county: Act

    static let now = TestDatabase.now
    static let day = now.day
    static let tuesday = HalfDay(day.adding(days: 1), .morning)
    static let layout = """
        {"divisions": [
            {"code": "430600", "name": "岳阳市", "level": "prefecture"},
            {"code": "430626", "name": "平江县", "level": "county"}],
         "roles": [{"id": "visitor", "title": "上门", "permissions": ["age-friendly.visits"]}],
         "agencies": [
            {"key": "approval", "name": "岳阳市行政审批服务局", "department": "行政审批", "division": "430600"},
            {"key": "county", "name": "平江县行政审批服务局", "department": "行政审批", "division": "430626"}],
         "sites": [{"key": "hall", "division": "430600", "level": "centre"}]}
        """
    static func settings(basis: String) -> String {
        """
        name: 测试
        division: 430600
        plugins: [age-friendly]
        plugin:
          age-friendly:
            visits: {capacity: 2, daysAhead: 3, entitledAge: 120, openAtOnce: 2}
            proactive: {ages: [100], daysBefore: 30, licenceTypes: [居民身份证, 食品经营许可证], basis: "\(basis)"}
            zone: [retirement, retirment]
        """
    }

    /// - Parameters:
    ///   - basis: the rule by which the office may look for occasions without a consent.
    ///   - themes: the folders of the themes on offer.
    static func run(
        _ kind: TestDatabaseKind, basis: String = "", themes: [URL] = [], _ body: (AgeFixture) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations]) { database in
            let path = FileManager.default.temporaryDirectory.path + "/yiciban-age-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let folder = DeploymentFolder(path)
            try folder.create(settings: settings(basis: basis))
            let kernel = try await Kernel.boot(
                folder: folder, plugins: [AgeFriendlyPlugin.self], composition: .standard(themeFolders: themes),
                clock: StillClock(instant: now), withoutBackup: true, database: database,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            do {
                try await body(try await AgeFixture(kernel))
                try await kernel.close()
            } catch {
                try? await kernel.close()
                throw error
            }
        }
    }

    struct Missing: Error {}

    struct StillClock: Now {
        let instant: Instant
        func now() -> Instant { instant }
    }

    static func act(_ actor: Actor = .system("test"), at instant: Instant = now) -> Act {
        Act(actor: actor, now: instant)
    }

    private init(_ kernel: Kernel) async throws {
        guard let host = try kernel.services(PluginHosts.self)["age-friendly"] else { throw Missing() }
        self.kernel = kernel
        self.host = host
        let register = try VisitRegister(host, try host.settings(of: AgeFriendlyPlugin.self))
        self.register = register
        proactive = try ProactiveRegister(host, try host.settings(of: AgeFriendlyPlugin.self))
        let act = Self.act()
        let layout = try OrganisationLayout(json: try JSONValue(parsing: Self.layout))
        (elder, younger) = try await host.database.write { transaction in
            try register.organisation.apply(layout, by: act, in: transaction)
            return (
                try register.identity.addPerson(
                    try SampleIdentities.person(0, today: Self.day), by: act, in: transaction),
                try register.identity.addPerson(
                    try SampleIdentities.person(135, today: Self.day), by: act, in: transaction)
            )
        }
        visitor = try await Self.employ("刘敏", "liumin", at: "approval", register)
        colleague = try await Self.employ("余静", "yujing", at: "approval", register)
        county = try await Self.employ("何平", "heping", at: "county", register)
    }

    /// Somebody who makes visits for an agency.
    private static func employ(
        _ name: String, _ login: String, at key: String, _ register: VisitRegister
    ) async throws -> Act {
        let act = act()
        let password = try await register.identity.hash("Correct-Horse-7", for: try LoginName(login))
        let account = try await register.database.write { transaction in
            let agencies = try register.organisation.snapshot(in: transaction).agencies.values
            guard let agency = agencies.first(where: { $0.key == key }) else { throw Missing() }
            let account = try register.identity.addAccount(
                try LoginName(login), for: .staff(try PersonName(name)), password: password, by: act, in: transaction)
            _ = try register.organisation.addPost(
                for: account, at: agency.id, roles: ["visitor"], by: act, in: transaction)
            return account
        }
        guard let post = try await register.organisation.post(for: account, on: day) else { throw Missing() }
        return Self.act(.staff(post, account: account, person: nil, name: name, terminal: .portal))
    }

    /// What a person does.
    func person(_ person: Identifier, at instant: Instant = now) -> Act {
        let account = Seed.random().identifier("account", at: instant)
        return Self.act(.person(person, account: account, name: "某人", terminal: .portal), at: instant)
    }

    /// The same member of staff in another act of its own.
    func again(_ act: Act) -> Act { Self.act(act.actor) }

    @discardableResult
    func order(
        by act: Act, _ change: (inout VisitInput) -> Void = { _ in }
    ) async throws -> Visit {
        var input = VisitInput()
        change(&input)
        return try await register.order(input, by: again(act))
    }

    /// An order by telephone for somebody who is not registered.
    @discardableResult
    func call(by act: Act, _ change: (inout VisitInput) -> Void = { _ in }) async throws -> Visit {
        try await order(by: act) { input in
            (input.name, input.phone, input.address) = ("王桂芳", "0730-8888888", "五里牌街道示例路1号2单元301")
            input.ground = .age
            change(&input)
        }
    }

    @discardableResult
    func step(
        by act: Act, _ body: @escaping @Sendable (VisitRegister, Act, Transaction) throws -> Visit
    ) async throws -> Visit {
        let (register, act) = (register, again(act))
        return try await register.database.write { try body(register, act, $0) }
    }

    /// What the journal tells of an order, in order.
    func told(of visit: Visit) async throws -> [String] {
        let stream = StreamID(division: visit.division, kind: "age-friendly.visit", id: visit.id.text)
        return try await register.database.read {
            try Journal.entries(of: stream, in: $0).map(\.entry.type)
        }
    }
}

/// The code of a refusal and the fields of its findings.
func refusal(_ body: () async throws -> Void) async -> [String] {
    do {
        try await body()
        return []
    } catch let problem as any ProblemConvertible {
        return [problem.problem.code] + problem.problem.findings.map(\.field)
    } catch {
        return ["\(error)"]
    }
}
