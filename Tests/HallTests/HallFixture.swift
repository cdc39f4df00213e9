import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing

@testable import Hall

/// A hall with three windows on one of the databases, with a clock that a test moves.
final class HallFixture: Sendable {
    let database: any Database
    let service: HallService
    private let organisation: OrganisationService
    private let time = Mutex(TestDatabase.now)
    private let count = Mutex(0)

    static let layout = """
        {"divisions": [
            {"code": "430600", "name": "岳阳市", "level": "prefecture"},
            {"code": "430626", "name": "平江县", "level": "county"}],
         "agencies": [{"key": "approval", "name": "岳阳市行政审批服务局", "department": "行政审批", "division": "430600"}],
         "sites": [
            {"key": "city", "division": "430600", "level": "centre"},
            {"key": "county", "division": "430626", "level": "centre"}],
         "windows": [
            {"key": "w1", "site": "city", "name": "综合窗口1号"},
            {"key": "w2", "site": "city", "name": "综合窗口2号"},
            {"key": "cash", "site": "city", "name": "收费窗口", "kind": "special"},
            {"key": "far", "site": "county", "name": "综合窗口"}]}
        """

    private init(_ database: any Database) async throws {
        self.database = database
        let keyring = try await Keyring.forTests(database)
        let events = EventLog()
        let organisation = OrganisationService(database: database, events: events, cipher: keyring.cipher)
        self.organisation = organisation
        service = HallService(
            database: database, events: events, cipher: keyring.cipher, organisation: organisation,
            calendar: Weekdays(), directory: Nameless())
        let layout = try OrganisationLayout(json: try JSONValue(parsing: Self.layout))
        let act = act(.system("test"))
        try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
    }

    static func run(_ kind: TestDatabaseKind, _ body: (HallFixture) async throws -> Void) async throws {
        let sets = [StorageSchema.migrations, OrganisationService.migrations, HallService.migrations]
        try await withDatabase(kind, migrations: sets) { try await body(try await HallFixture($0)) }
    }

    var now: Instant { time.withLock { $0 } }

    func wait(minutes: Int) { time.withLock { $0 = $0.adding(.seconds(60 * minutes)) } }

    static func id(_ number: UInt8) -> Identifier {
        Identifier(at: Instant(milliseconds: 3), random: [UInt8](repeating: number, count: 10))
    }

    /// An act with a seed of its own, as each request has.
    func act(_ actor: Actor) -> Act {
        let turn = count.withLock { count -> Int in
            count += 1
            return count
        }
        var seed = [UInt8](repeating: 0, count: Seed.length)
        for index in 0..<8 { seed[index] = UInt8(truncatingIfNeeded: turn >> (8 * index)) }
        return Act(actor: actor, now: now, seed: Seed(bytes: seed))
    }

    func person(_ number: UInt8) -> Act {
        act(.person(Self.id(number), account: Self.id(number), name: "某人", terminal: .portal))
    }

    var kiosk: Act { act(.anonymous(terminal: .kiosk)) }

    /// Somebody with rights at the halls of a division, or at one site alone.
    func staff(
        _ number: UInt8 = 40, _ permissions: [Permission] = [HallService.serve, HallService.manage],
        division: String = "430600", site: String? = nil
    ) async throws -> Act {
        let known = try await organisation.snapshot()
        let own = site.flatMap { key in known.sites.values.first { $0.key == key }?.id }
        let post = StaffPost(
            id: Self.id(number), agency: Self.id(200), agencyName: "某局", division: division, site: own,
            permissions: Set(permissions.map(\.id)))
        return act(.staff(post, account: Self.id(number), person: nil, name: "某人", terminal: .window))
    }

    // MARK: What people do

    /// Opens a window while nobody waits there.
    func openWindow(_ window: String = "w2") async throws {
        let called = try await call(window)
        #expect(called == nil)
    }

    @discardableResult
    func take(_ ground: GreenGround? = nil, business: String = "", idNumber: String = "") async throws -> Ticket {
        let (act, service) = (try await staff(), service)
        let request = TicketRequest(business: business, ground: ground, idNumber: idNumber)
        return try await database.write { try service.takeAtWindow(request, at: "city", by: act, in: $0) }
    }

    func phone(_ number: UInt8, at site: String = "city") async throws -> Ticket {
        let (act, service) = (person(number), service)
        return try await database.write { try service.takeByPhone(TicketRequest(), at: site, by: act, in: $0) }
    }

    /// Calls next; the clerk of a window is always the same.
    @discardableResult
    func call(_ window: String = "w1", by act: Act? = nil) async throws -> Ticket? {
        let clerk = try await staff(window == "w1" ? 41 : 42)
        let (act, service) = (act ?? clerk, service)
        return try await database.write { try service.callNext(at: window, by: act, in: $0) }
    }

    @discardableResult
    func step(_ step: TicketStep, _ ticket: Ticket?, to window: String? = nil) async throws -> Ticket {
        let (id, act, service) = (try #require(ticket).id, try await staff(), service)
        return try await database.write { try service.take(step, with: id, to: window, by: act, in: $0) }
    }

    /// Calls, serves for some minutes, and is done.
    func serveNext(_ window: String = "w1", minutes: Int = 5) async throws -> Ticket? {
        guard let ticket = try await call(window) else { return nil }
        try await step(.serve, ticket)
        wait(minutes: minutes)
        return try await step(.finish, ticket)
    }

    func sight(_ ticket: Ticket) async throws -> TicketSight {
        let (now, service) = (now, service)
        return try await database.read { try service.sight(ofTicket: ticket.id, at: now, in: $0) }
    }

    func sight(_ site: String = "city") async throws -> HallSight {
        let (now, service) = (now, service)
        return try await database.read { try service.sight(of: site, at: now, in: $0) }
    }

    func setRules(_ change: (inout HallRules) -> Void, by act: Act? = nil) async throws {
        var rules = HallRules()
        change(&rules)
        let manager = try await staff()
        let (act, service, changed) = (act ?? manager, service, rules)
        try await database.write { try service.setRules(changed, of: "city", by: act, in: $0) }
    }

    func close(by act: Act? = nil) async throws -> Int {
        let manager = try await staff()
        let (act, service) = (act ?? manager, service)
        return try await database.write { try service.closeDay("city", by: act, in: $0) }
    }

    /// The names of a ticket's events.
    func events(_ ticket: Ticket) async throws -> [String] {
        try await database.read { try Journal.entries(of: ticket.stream, in: $0).map(\.entry.type) }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.write(body)
    }
}

/// Monday to Friday.
private struct Weekdays: HallCalendar {
    func isWorkingDay(_ day: LegalDay, in snapshot: Snapshot) -> Bool { day.weekday <= 5 }
}

/// Knows nobody's name but that of the first person.
private struct Nameless: HallDirectory {
    func maskedName(of person: Identifier, in snapshot: Snapshot) -> String? {
        person == HallFixture.id(1) ? "李**" : nil
    }
}

/// The code of what was refused, with the fields of its findings; empty when nothing was.
func refusal(_ body: () async throws -> Void) async -> [String] {
    do {
        try await body()
        return []
    } catch let error as any ProblemConvertible {
        return [error.problem.code] + error.problem.findings.map(\.field)
    } catch {
        return ["\(error)"]
    }
}
