import Foundation
import Kernel
import Logging
import PluginKit
import StorageTestSupport

@testable import CrossRegion

/// Two deployments with an agreement: 岳阳 collects, 苏州 decides, each with a database of its own.
struct Places: Sendable {
    let net: Net
    let here: CrossRegionService
    let there: CrossRegionService
    /// The deployment that collects.
    let kernel: Kernel

    static let hereAddress = "https://here.test"
    static let thereAddress = "https://there.test"
    static let number = "跨域〔2026〕1号"
    static let item = "S01"
    static let idNumber = "110101199003074477"

    /// - Parameters:
    ///   - kind: the database of the side under test; the other one has SQLite.
    ///   - versions: what each side speaks.
    static func run(
        _ kind: TestDatabaseKind, here: ClosedRange<Int> = 1...1, there: ClosedRange<Int> = 1...1,
        mode: Mode = .collect, _ body: (Places) async throws -> Void
    ) async throws {
        let net = Net()
        try await deployment("430600", "岳阳市", kind, net, here) { first, firstKernel in
            try await deployment("320500", "苏州市", .sqlite, net, there) { second, _ in
                net.add(first, at: hereAddress)
                net.add(second, at: thereAddress)
                let places = Places(net: net, here: first, there: second, kernel: firstKernel)
                try await places.befriend(mode)
                try await body(places)
            }
        }
    }

    static func deployment(
        _ code: String, _ name: String, _ kind: TestDatabaseKind, _ net: Net, _ versions: ClosedRange<Int>,
        _ body: (CrossRegionService, Kernel) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations]) { database in
            let path = FileManager.default.temporaryDirectory.path + "/yiciban-region-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let folder = DeploymentFolder(path)
            try folder.create(settings: "name: \(name)\ndivision: \(code)\nplugins: [cross-region]\n")
            let kernel = try await Kernel.boot(
                folder: folder, plugins: [CrossRegionPlugin.self], composition: .standard(),
                clock: NetClock(net: net), withoutBackup: true, database: database,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            do {
                let organisation = try kernel.services(OrganisationService.self)
                let layout = try OrganisationLayout(json: try JSONValue(parsing: Self.layout(code, name)))
                let act = net.act()
                try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
                guard let host = try kernel.services(PluginHosts.self)["cross-region"] else { throw Missing() }
                let service = try CrossRegionService(
                    host, settings: try host.settings(of: CrossRegionPlugin.self), transport: net,
                    versions: versions)
                try await body(service, kernel)
                try await kernel.close()
            } catch {
                try? await kernel.close()
                throw error
            }
        }
    }

    struct Missing: Error {}

    struct NetClock: Now {
        let net: Net
        func now() -> Instant { net.now }
    }

    private static func layout(_ code: String, _ name: String) -> String {
        """
        {"divisions": [{"code": "\(code)", "name": "\(name)", "level": "prefecture"}],
         "roles": [{"id": "officer", "title": "审批", "permissions": ["cross-region.decide"]}],
         "agencies": [
            {"key": "social", "name": "\(name)人力资源和社会保障局", "department": "人社", "division": "\(code)"},
            {"key": "hall", "name": "\(name)政务服务中心", "department": "行政审批", "division": "\(code)"}]}
        """
    }

    /// Each registers the other and the agreement, as both keepers would.
    func befriend(_ mode: Mode) async throws {
        try await partner(here, knows: there, at: Self.thereAddress, "苏州市")
        try await partner(there, knows: here, at: Self.hereAddress, "岳阳市")
        try await agree(here, with: "320500", .theirs, mode)
        try await agree(there, with: "430600", .ours, mode)
    }

    func partner(
        _ service: CrossRegionService, knows other: CrossRegionService, at address: String, _ name: String
    ) async throws {
        let card = try await other.card(by: net.act())
        var input = PartnerInput()
        input.code = card.code
        input.name = name
        input.address = address
        input.signing = card.signing
        input.reading = card.reading
        input.startsOn = net.now.day
        let (made, act) = (input, net.act())
        _ = try await service.database.write { try service.partners.record(made, by: act, in: $0) }
    }

    func agree(
        _ service: CrossRegionService, with code: String, _ decider: Decider, _ mode: Mode, number: String = number,
        _ change: (inout AgreementInput) -> Void = { _ in }
    ) async throws {
        var item = AgreementItem()
        item.item = Self.item
        item.title = "社会保险关系转移接续"
        item.days = 5
        item.agency = decider == .ours ? "social" : ""
        var input = AgreementInput()
        input.partner = code
        input.number = number
        input.mode = mode
        input.decider = decider
        input.items = [item]
        input.basis = "长江经济带政务服务协议（示例）"
        input.startsOn = net.now.day
        change(&input)
        let (made, act) = (input, net.act())
        _ = try await service.database.write { try service.partners.agree(made, by: act, in: $0) }
    }

    // MARK: What people do

    static let paper = PaperFile(name: "身份证.pdf", bytes: Array("%PDF-1.4 张三".utf8))

    func filing(_ partners: [String] = ["320500"], number: String = number) -> FilingInput {
        var input = FilingInput()
        input.parts = partners.map { code in
            var part = FilingInput.Part()
            part.partner = code
            part.agreement = number
            part.item = Self.item
            return part
        }
        input.name = "张三"
        input.idNumber = Self.idNumber
        input.phone = "13800000000"
        return input
    }

    @discardableResult
    func file(_ input: FilingInput? = nil, papers: [PaperFile] = [paper]) async throws -> [CrossCase] {
        let (input, act) = (input ?? filing(), net.act(at: Self.hereAddress))
        return try await here.database.write { [here] in try here.file(input, papers: papers, by: act, in: $0) }
    }

    func accept(_ id: Identifier) async throws {
        let calendar = try await there.casework.calendar()
        let act = net.act(at: Self.thereAddress)
        _ = try await there.database.write { [there] in
            try there.accept(id, calendar: calendar, by: act, in: $0)
        }
    }

    func correct(_ id: Identifier) async throws {
        let act = net.act(at: Self.thereAddress)
        _ = try await there.database.write { [there] in
            try there.correct(id, missing: ["缺参保凭证", "缺户口簿"], by: act, in: $0)
        }
    }

    func supplement(_ id: Identifier) async throws {
        let act = net.act(at: Self.hereAddress)
        let paper = PaperFile(name: "参保凭证.pdf", bytes: Array("%PDF-1.4 凭证".utf8))
        _ = try await here.database.write { [here] in
            try here.supplement(id, note: "已补齐", papers: [paper], by: act, in: $0)
        }
    }

    func decide(_ id: Identifier, isGranted: Bool = true) async throws {
        let act = net.act(at: Self.thereAddress)
        let file = PaperFile(name: "结果.pdf", bytes: Array("%PDF-1.4 结果".utf8))
        _ = try await there.database.write { [there] in
            try there.decide(id, isGranted: isGranted, text: "准予转移。", files: [file], by: act, in: $0)
        }
    }

    func move(
        _ service: CrossRegionService, _ id: Identifier, _ thing: CustodyStep.Thing, _ step: CustodyStep.Step
    ) async throws {
        var input = CustodyInput()
        input.thing = thing
        input.step = step
        input.courier = "邮政"
        input.tracking = "EMS0001"
        let (made, act) = (input, net.act())
        _ = try await service.database.write { try service.move(id, made, by: act, in: $0) }
    }

    // MARK: What is seen

    /// Sends until nothing of either side is open, as outbox and job do in the end.
    func settle() async throws {
        for _ in 0..<20 {
            net.pass(.seconds(1))
            let first = try await here.sendOpen(before: net.now, by: net.act(at: Self.hereAddress))
            let second = try await there.sendOpen(before: net.now, by: net.act(at: Self.thereAddress))
            if first.settled + second.settled == 0 { return }
        }
    }

    func find(_ service: CrossRegionService, _ id: Identifier) async throws -> CrossCase? {
        try await service.database.read { try service.cases.find(id.text, in: $0) }
    }

    func states(_ id: Identifier) async throws -> [CrossCase.State?] {
        [try await find(here, id)?.state, try await find(there, id)?.state]
    }

    func notes(_ service: CrossRegionService, _ direction: Direction, _ id: Identifier) async throws -> [MessageLog
        .Note]
    {
        let partner = service.ownCode == "430600" ? "320500" : "430600"
        return try await service.database.read {
            try service.messages.notes(direction, partner, id.text, in: $0)
        }
    }

    /// The journal's words about a case: each event's name, and what it says of states and messages.
    func journal(_ service: CrossRegionService, _ id: Identifier) async throws -> [(type: String, body: JSONValue)] {
        try await service.database.read { snapshot in
            let stream = StreamID(division: service.division, kind: "cross-region.case", id: id.text)
            return try Journal.entries(of: stream, after: 0, limit: 1000, in: snapshot).map {
                ($0.entry.type, try JSONValue(parsing: $0.entry.body))
            }
        }
    }

    func incidents(_ service: CrossRegionService) async throws -> [String: Int] {
        try await service.database.read { snapshot in
            try service.incidents.list(since: .first, limit: 100, in: snapshot)
        }.reduce(into: [:]) { $0[$1.code] = $1.times }
    }

    /// What a service says no with.
    func refusal(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch let problem as Problem {
            return [problem.code] + problem.findings.map(\.field)
        } catch {
            return ["\(error)"]
        }
    }
}
