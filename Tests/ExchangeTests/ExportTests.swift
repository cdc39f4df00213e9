import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing
import TestSupport

@testable import Exchange

@Suite("Exports hold what is new, and nothing twice", .covers("R05.1"))
struct ExportTests {
    @Test(
        "new rows go as I, changed ones as U, vanished ones as D, unchanged ones not at all",
        arguments: TestDatabase.all)
    func operations(kind: TestDatabaseKind) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            fixture.put("a", steps: 2)
            fixture.put("b")
            let first = try #require(try await fixture.export().batch)
            #expect(first.counts == ["up_pro_accept": ["I": 2], "up_pro_process": ["I": 3]])
            let guids = Set(try await fixture.rows(first.number).compactMap { $0["row_guid"] })
            #expect(guids.count == 5)

            fixture.put("a", day: 1, steps: 1, change: ["handle_user_name": "赵示例"])
            let second = try #require(try await fixture.export(day: 1).batch)
            #expect(second.counts == ["up_pro_accept": ["U": 1], "up_pro_process": ["D": 1]])
            let again = try await fixture.rows(second.number)
            #expect(Set(again.compactMap { $0["row_guid"] }).isSubset(of: guids), "a row keeps its identifier")
            #expect(again.allSatisfy { $0["cd_batch"] == second.number && $0["data_source"] == "001" })
        }
    }

    @Test("the same period once more finds nothing and makes no batch", arguments: TestDatabase.all)
    func idempotence(kind: TestDatabaseKind) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            fixture.put("a")
            let period = ExchangeFixture.today
            let first = try await fixture.export(from: period, to: period)
            let again = try await fixture.export(from: period, to: period)
            #expect(again.batch == nil && again.previous?.number == first.batch?.number)
            #expect(try await fixture.service.batches(by: fixture.act()).count == 1)
            let types = try await fixture.database.read { snapshot in
                try snapshot.rows("SELECT type FROM journal ORDER BY at, seq").map {
                    try $0.get("type", as: String.self)
                }
            }
            #expect(Set(types) == ["exchange.begun", "exchange.completed", "exchange.nothing_new"])
        }
    }

    @Test(
        "faulty rows are kept out with what hangs on them, told, and sent once they are mended",
        arguments: TestDatabase.all)
    func faults(kind: TestDatabaseKind) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            fixture.put("bad", change: ["org_code": "11430626MYY000196X", "handle_user_name": ""])
            fixture.put("good")
            let first = try await fixture.export()
            #expect(first.batch?.counts == ["up_pro_accept": ["I": 1], "up_pro_process": ["I": 1]])
            #expect(
                first.findings.map { "\($0.subject) \($0.table) \($0.field) \($0.code)" } == [
                    "bad up_pro_accept org_code exchange.form", "bad up_pro_accept handle_user_name exchange.required",
                    "bad up_pro_process project_no exchange.parent_faulty",
                ])
            // Mended without the case itself having changed in a later period, as when the catalogue was completed.
            fixture.put("bad")
            let second = try await fixture.export(day: 5, from: ExchangeFixture.today.adding(days: 3))
            #expect(second.faults == 0)
            #expect(second.batch?.counts == ["up_pro_accept": ["I": 1], "up_pro_process": ["I": 1]])
        }
    }

    @Test("a row that was sent and turned faulty stays as the receiver has it", arguments: TestDatabase.all)
    func keptAsSent(kind: TestDatabaseKind) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            fixture.put("a")
            _ = try await fixture.export()
            fixture.put("a", day: 1, steps: 2, change: ["accept_date": "2026-02-28 08:00:00"])
            let second = try await fixture.export(day: 1)
            #expect(second.batch?.counts == ["up_pro_process": ["I": 1]], "its new step goes, since its case is known")
            #expect(second.findings.map(\.code) == ["exchange.order"])
        }
    }

    @Test("an export that was stopped is gone on with, and comes to the same rows", arguments: TestDatabase.all)
    func resumption(kind: TestDatabaseKind) async throws {
        var whole: Set<String> = []
        try await ExchangeFixture.with(kind) { fixture in
            for index in 100..<450 { fixture.put("k\(index)") }
            let batch = try #require(try await fixture.export().batch)
            whole = Set(try await fixture.rows(batch.number).compactMap { $0["row_guid"] })
        }
        try await ExchangeFixture.with(kind) { fixture in
            for index in 100..<450 { fixture.put("k\(index)") }
            for stop in ["k199", "k299", "k399"] {
                fixture.source.stopsAfter.withLock { $0 = stop }
                await #expect(throws: ChangingSource.Stopped.self) { try await fixture.export() }
            }
            let other = ExchangeFixture.today.adding(days: -1)
            await #expect(throws: ExchangeError.self) { try await fixture.export(from: other, to: other) }
            fixture.source.stopsAfter.withLock { $0 = nil }
            let outcome = try await fixture.export()
            let batch = try #require(outcome.batch)
            #expect(outcome.isResumed)
            let rows = try await fixture.rows(batch.number).compactMap { $0["row_guid"] }
            #expect(rows.count == whole.count && Set(rows) == whole)
        }
    }

    @Test(
        "after any sequence of changes and exports the receiver has what is there", arguments: TestDatabase.all,
        [UInt64(1), 2, 3])
    func replica(kind: TestDatabaseKind, seed: UInt64) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            var random = Steps(seed)
            var replica: [String: [String: String]] = [:]
            for day in 0..<6 {
                for _ in 0..<random.next(8) {
                    let key = "k\(random.next(5))"
                    let by = ["赵示例", "钱示例", ""][random.next(3)]
                    fixture.put(key, day: day, steps: random.next(4), change: ["handle_user_name": by])
                }
                if random.next(3) == 0 { continue }
                let outcome = try await fixture.export(day: day)
                guard let batch = outcome.batch else { continue }
                for row in try await fixture.rows(batch.number, random.next(2) == 0 ? .csv : .json) {
                    let guid = try #require(row["row_guid"])
                    let name = "\(row["table"] ?? "")/\(guid)"
                    let content = row.filter { !ExchangeBatchColumn.names.contains($0.key) && $0.key != "table" }
                    switch row["cd_operation"] {
                    case "I":
                        #expect(replica[name] == nil)
                        replica[name] = content
                    case "U":
                        #expect(replica[name] != nil && replica[name] != content)
                        replica[name] = content
                    default:
                        #expect(replica[name] != nil)
                        replica[name] = nil
                    }
                }
                // Every process row that the receiver has belongs to an accepted case that it has.
                let cases = Set(
                    replica.filter { $0.key.hasPrefix("up_pro_accept/") }.compactMap { $0.value["project_no"] })
                let steps = replica.filter { $0.key.hasPrefix("up_pro_process/") }.compactMap { $0.value["project_no"] }
                #expect(Set(steps).isSubset(of: cases))
                // What is right now is there as it is now.
                for index in 0..<5 {
                    guard let thing = fixture.source["k\(index)"], thing.rows[0].values["handle_user_name"] != nil
                    else { continue }
                    for row in thing.rows {
                        let known = replica["\(row.table)/\(row.guid)"]
                        #expect(known?["handle_user_name"] == row.values["handle_user_name"])
                    }
                }
            }
        }
    }

    @Test("personal numbers leave as digests unless the settings say otherwise", arguments: TestDatabase.all)
    func hashes(kind: TestDatabaseKind) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            fixture.put("a")
            let batch = try #require(try await fixture.export().batch)
            let row = try #require(try await fixture.rows(batch.number).first)
            #expect(
                row["applyer_page_code"]?.hasPrefix("sm3:") == true && row["contact_mobile"]?.hasPrefix("sm3:") == true)
            #expect(row["applyer_name"] == "李示例")
            let stored = try await fixture.database.read { snapshot in
                try snapshot.rows("SELECT body FROM exchange_entry").map { try $0.get("body", as: [UInt8].self) }
            }
            #expect(stored.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("李示例") }, "sealed at rest")
        }
        var plain = ExchangeSettings()
        plain.hashed = []
        try await ExchangeFixture.with(kind, settings: plain) { fixture in
            fixture.put("a")
            let batch = try #require(try await fixture.export().batch)
            #expect(try await fixture.rows(batch.number).first?["applyer_page_code"] == "430602190904265454")
        }
    }

    @Test(
        "its own files pass the check, and a broken one is told by line", arguments: TestDatabase.all,
        ExchangeFormat.allCases)
    func check(kind: TestDatabaseKind, format: ExchangeFormat) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            fixture.put("a", change: ["project_name": "=1+1，“引号\"与,逗号\n换行"])
            fixture.put("b")
            let batch = try #require(try await fixture.export().batch)
            let path = fixture.folder.appendingPathComponent("out").path
            _ = try await fixture.service.save(batch.number, to: path, format: format, by: fixture.act())
            let sound = try fixture.service.fileCheck.check(path)
            #expect(sound.count == 0 && sound.rows["up_pro_accept"] == 2, "\(sound.findings)")
            #expect(try await fixture.rows(batch.number, format)[0]["project_name"] == "=1+1，“引号\"与,逗号\n换行")
            let file = "\(path)/up_pro_accept.\(format.rawValue)"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("11430626MYY000196F,", with: "11430626MYY000196X,")
                .replacing("\"org_code\":\"11430626MYY000196F\"", with: "\"org_code\":\"11430626MYY000196X\"")
                .write(toFile: file, atomically: true, encoding: .utf8)
            let broken = try fixture.service.fileCheck.check(file)
            #expect(
                broken.findings.map { "\($0.field) \($0.code)" } == [
                    "org_code exchange.form", "org_code exchange.form",
                ])
            #expect(broken.findings.allSatisfy { $0.row.hasPrefix("第 ") })
        }
    }

    @Test("whoever lacks the right exports nothing and sees nothing", arguments: TestDatabase.all)
    func access(kind: TestDatabaseKind) async throws {
        try await ExchangeFixture.with(kind) { fixture in
            let clerk = Act(actor: .anonymous(terminal: .portal), now: ExchangeFixture.now)
            await #expect(throws: Problem.self) { try await fixture.service.export(from: nil, to: nil, by: clerk) }
            await #expect(throws: Problem.self) { try await fixture.service.batches(by: clerk) }
        }
    }
}

/// A small generator whose runs can be repeated.
struct Steps {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
