import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import Synchronization

@testable import Exchange

/// Things that a test changes between exports.
final class ChangingSource: ExchangeSource {
    struct Thing: Sendable {
        var changedAt: Instant
        var rows: [ExchangeRow]
    }

    let name = "things"
    private let things = Mutex<[String: Thing]>([:])
    /// After which key reading fails, as when the machine stops; nil for never.
    let stopsAfter = Mutex<String?>(nil)

    struct Stopped: Error {}

    subscript(key: String) -> Thing? {
        get { things.withLock { $0[key] } }
        set { things.withLock { $0[key] = newValue } }
    }

    func units(
        changed changes: Range<Instant>, after: String, limit: Int, in snapshot: Snapshot
    ) throws -> [ExchangeUnit] {
        let stop = stopsAfter.withLock { $0 }
        let found = things.withLock { things in
            things.filter { $0.key > after && changes.contains($0.value.changedAt) }.sorted { $0.key < $1.key }
                .prefix(limit).map { ExchangeUnit(key: $0.key, subject: $0.key, rows: $0.value.rows) }
        }
        if let stop, after >= stop { throw Stopped() }
        return found
    }

    func units(keys: [String], in snapshot: Snapshot) throws -> [ExchangeUnit] {
        things.withLock { things in
            keys.compactMap { key in things[key].map { ExchangeUnit(key: key, subject: key, rows: $0.rows) } }
        }
    }
}

/// An exchange with one source that tests fill.
struct ExchangeFixture {
    let database: any Database
    let service: ExchangeService
    let source: ChangingSource
    let folder: URL

    static let now = TestDatabase.now
    static let today = now.day

    static func with(
        _ kind: TestDatabaseKind, settings: ExchangeSettings = ExchangeSettings(),
        _ body: (ExchangeFixture) async throws -> Void
    ) async throws {
        try await withDatabase(kind, migrations: [StorageSchema.migrations, ExchangeService.migrations]) { database in
            let keyring = try await Keyring.forTests(database)
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("yiciban-exchange-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let source = ChangingSource()
            let service = ExchangeService(
                database: database, events: EventLog(), cipher: keyring.cipher, schemas: try ExchangeSchemas.load(),
                settings: settings, sources: [source], division: "430600")
            try await body(ExchangeFixture(database: database, service: service, source: source, folder: folder))
        }
    }

    func act(day offset: Int = 0) -> Act {
        Act(actor: .system("test"), now: Self.now.adding(.seconds(offset * 86_400)))
    }

    /// Puts a case with its steps; it changed on a day.
    func put(_ key: String, day offset: Int = 0, steps: Int = 1, change: [String: String] = [:]) {
        var accept = SampleRows.accept.merging(change) { $1 }
        accept["project_no"] = "\(key)-01"
        var rows = [ExchangeRow("up_pro_accept", key: key, accept)]
        for step in 0..<steps {
            var values = SampleRows.all["up_pro_process"] ?? [:]
            values["project_no"] = "\(key)-01"
            values["process_name"] = "第 \(step + 1) 步"
            rows.append(ExchangeRow("up_pro_process", key: "\(key)/\(step)", values))
        }
        source[key] = ChangingSource.Thing(
            changedAt: Self.now.adding(.seconds(offset * 86_400)), rows: rows)
    }

    func export(day offset: Int = 0, from: LegalDay? = nil, to: LegalDay? = nil) async throws -> ExchangeOutcome {
        try await service.export(from: from, to: to, by: act(day: offset + 0))
    }

    /// What a batch says, as `operation table key` lines without the rows' content.
    func rows(_ batch: String, _ format: ExchangeFormat = .csv) async throws -> [[String: String]] {
        let path = folder.appendingPathComponent("\(batch)-\(format.rawValue)").path
        _ = try await service.save(batch, to: path, format: format, by: act())
        var rows: [[String: String]] = []
        for table in ["up_pro_accept", "up_pro_process"] {
            try ExchangeFileReader(path: "\(path)/\(table).\(format.rawValue)").forEachRow { line in
                rows.append(line.values.merging(["table": table]) { $1 })
            }
        }
        return rows
    }
}
