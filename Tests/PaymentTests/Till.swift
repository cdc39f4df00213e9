import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing

@testable import Payment

/// A till on one of the databases, with a clock that a test moves and fees that a test publishes.
final class Till: Sendable {
    let database: any Database
    let service: PaymentService
    let fees = Fees()
    private let time: Mutex<Instant>
    private let count = Mutex(0)

    init(
        _ database: any Database, channels: [any PaymentChannel] = [], from start: Instant = TestDatabase.now
    ) async throws {
        self.database = database
        time = Mutex(start)
        let keyring = try await Keyring.forTests(database)
        service = PaymentService(
            database: database, events: EventLog(), cipher: keyring.cipher, catalogue: fees, channels: channels,
            division: "430602")
    }

    static func run(
        on kind: TestDatabaseKind, channels: [any PaymentChannel] = [], _ body: (Till) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, PaymentService.migrations]) { database in
            try await body(try await Till(database, channels: channels))
        }
    }

    var now: Instant { time.withLock { $0 } }

    func wait(_ seconds: Int) { time.withLock { $0 = $0.adding(.seconds(seconds)) } }

    /// An act of the system; each has a seed of its own, as each request has.
    var act: Act { act(.system("test")) }

    func act(_ actor: Actor) -> Act {
        let turn = count.withLock { count -> Int in
            count += 1
            return count
        }
        var seed = [UInt8](repeating: 0, count: Seed.length)
        for index in 0..<8 { seed[index] = UInt8(truncatingIfNeeded: turn >> (8 * index)) }
        return Act(actor: actor, now: now, seed: Seed(bytes: seed))
    }

    static func id(_ number: UInt8) -> Identifier {
        Identifier(at: Instant(milliseconds: 3), random: [UInt8](repeating: number, count: 10))
    }

    /// A cashier with all rights at the till.
    func cashier(_ number: UInt8 = 40) -> Act {
        let permissions = [
            PaymentService.collect, PaymentService.refund, PaymentService.approve, PaymentService.books,
        ]
        let post = StaffPost(
            id: Self.id(number + 100), agency: Self.id(200), agencyName: "不动产登记中心", division: "430602", site: nil,
            permissions: Set(permissions.map(\.id)))
        return act(.staff(post, account: Self.id(number), person: nil, name: "收费员", terminal: .window))
    }

    /// Charges the item of a new case.
    func charge(
        _ lines: [FeeDemand.Line] = [.init(fee: "不动产登记费")], item: String = "E23"
    ) async throws -> PaymentOrder? {
        let act = act
        let service = service
        return try await database.write { transaction in
            try service.demand(
                FeeDemand(
                    division: "430602", caseID: act.identifier("case"), caseNumber: "430602-1", theme: "v1", item: item,
                    party: Self.id(1), person: Self.id(1), lines: lines), by: act, in: transaction)
        }
    }

    func file(_ id: Identifier) async throws -> OrderFile {
        let store = service.store
        return try #require(try await database.read { try store.find(id, in: $0) })
    }

    /// The names of an order's events.
    func events(_ order: PaymentOrder) async throws -> [String] {
        try await database.read {
            try Journal.entries(of: PaymentStore.stream(order), in: $0).map(\.entry.type)
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value {
        try await database.write(body)
    }
}

/// Fees as they are published on the test's day.
final class Fees: FeeCatalogue, Sendable {
    private let published = Mutex<[PublishedFee]>([
        PublishedFee(
            title: "不动产登记费", basis: "发改价格规〔2016〕2559号", amount: Money(fen: 8_000),
            reductions: ["小微企业免收": .zero, "减半": Money(fen: 4_000)], refundRule: [.refused])
    ])

    func publish(_ fees: [PublishedFee]) { published.withLock { $0 = fees } }

    func fees(
        theme: String, item: String, division: String, on day: LegalDay, in snapshot: Snapshot
    ) throws -> [PublishedFee] { published.withLock { $0 } }
}
