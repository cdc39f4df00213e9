import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@Suite("Deciding")
struct DecisionRuleTests {
    private func refuse(_ world: World, _ item: String, _ id: Identifier, by act: Act) async throws -> CaseFile {
        try await world.write { [casework = world.casework] in
            try casework.refuse(item, of: id, reason: "户主不同意落户", remedy: "可在六十日内申请行政复议", by: act, in: $0)
        }
    }

    @Test("one refused item ends those that depend on it and lets the others go on", arguments: TestDatabase.all)
    func partialRefusal(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            _ = try await world.grant("P01", id)
            var file = try await refuse(world, "P03", id, by: world.officer("公安"))
            #expect(file.task("P04")?.state == .notNeeded)
            #expect(file.task("P05")?.state == .notNeeded)
            #expect(file.task("P04")?.note?.contains("出生登记") == true)
            #expect(file.state == .inProgress)
            file = try await world.grant("P02", id)
            #expect(file.state == .completed)
            #expect(try await world.events(of: file).filter { $0 == "case.item_ended" }.count == 2)
        }
    }

    @Test("when the first item is refused the whole case is refused")
    func allRefused() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            let file = try await refuse(world, "P01", id, by: world.officer("卫健"))
            #expect(file.state == .refused)
            #expect(file.items.filter { $0.state == .notNeeded }.count == 4)
        }
    }

    @Test("who accepted cannot decide", .covers("R03.8"))
    func dutySeparation() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            let both = world.clerk(deciding: "卫健")
            _ = try await world.accept(id, by: both)
            do {
                _ = try await world.grant("P01", id, World.results["P01"]!.values, by: world.clerk(deciding: "卫健"))
                Issue.record("the clerk decided what the clerk had accepted")
            } catch let error as CaseworkError {
                #expect(error.code == .dutySeparation)
            }
            #expect(try await world.grant("P01", id).task("P01")?.decision?.isForSampling == false)
        }
    }

    @Test("an item that allows it may be decided by who accepted, and is flagged for sampling")
    func sameOfficer() async throws {
        try await World.run(on: .sqlite) { world in
            try await world.apply(World.bundled.map { $0.id == "birth" ? $0.allowingSameOfficer() : $0 })
            let id = try await world.submitted().id
            _ = try await world.accept(id, by: world.clerk(deciding: "卫健"))
            let file = try await world.grant(
                "P01", id, World.results["P01"]!.values, by: world.clerk(deciding: "卫健"))
            #expect(file.task("P01")?.decision?.isForSampling == true)
        }
    }

    @Test("of two officers who decide at once exactly one does", arguments: TestDatabase.all)
    func race(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            let outcomes = await withTaskGroup(of: Result<CaseFile, any Error>.self) { group in
                for number in UInt8(20)..<28 {
                    let officer = world.officer("卫健", number: number)
                    group.addTask {
                        do {
                            return .success(
                                try await world.grant("P01", id, World.results["P01"]!.values, by: officer))
                        } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { if case .success = $0 { true } else { false } }.count == 1)
            for case .failure(let error) in outcomes { #expect((error as? CaseworkError)?.code == .wrongState) }
            #expect(world.register.orders.filter { $0.item.id == "P01" }.count >= 1)
        }
    }

    @Test("an officer sees only the fields and papers of the own items", .covers("R03.8"))
    func sight() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            let labour = try await world.casework.sight(of: id, by: world.officer("人社"))
            #expect(labour.ownItems == ["P04"])
            #expect(labour.file.form["birth_weight"] == nil)
            #expect(labour.file.form["household_address"] == nil)
            #expect(labour.file.form["card_bank"] == "中国银行")
            #expect(labour.file.materials.isEmpty)
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.sight(of: id, by: world.officer("税务"))
            }
            await #expect(throws: CaseworkError.self) {
                _ = try await world.casework.sight(of: id, by: world.stranger)
            }
        }
    }

    @Test("who looked at a case is on record, except the applicant", arguments: TestDatabase.all)
    func lookUps(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            _ = try await world.casework.sight(of: file.id, by: world.mother)
            _ = try await world.casework.sight(of: file.id, by: world.clerk)
            try await world.casework.flushLookUps()
            let stream = StreamID(division: file.division, kind: "case-lookup", id: file.id.text)
            let records = try await world.database.read { try Journal.entries(of: stream, in: $0) }
            #expect(records.map(\.entry.type) == ["case.viewed"])
            #expect(records.first?.entry.actor == world.clerk.actor.journalName)
        }
    }

    @Test("the original of a result issued elsewhere is recorded and goes with the decision")
    func original() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            _ = try await world.grant("P01", id)
            let police = world.officer("公安")
            let paper = try world.casework.prepare(World.paper, by: police)
            _ = try await world.write { [casework = world.casework] in
                try casework.recordOriginal(
                    paper, of: "household-register", item: "P03", of: id, by: police, in: $0)
            }
            let file = try await world.grant("P03", id)
            #expect(world.register.orders.last?.original?.name == "登记表.pdf")
            #expect(try await world.events(of: file).contains("case.original_recorded"))
            await #expect(throws: CaseworkError.self) {
                _ = try await world.write { [casework = world.casework] in
                    try casework.recordOriginal(
                        paper, of: "vaccination-record", item: "P02", of: id, by: world.officer("卫健"), in: $0)
                }
            }
        }
    }

    @Test("a theme version that an earlier program stored is still read")
    func earlierVersion() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            try await world.database.write { transaction in
                for row in try transaction.rows("SELECT hash, body FROM catalogue_theme_version") {
                    let body: String = try row.get("body")
                    let older = body.replacing(/"content":\[[^\]]*\],?/, with: "")
                    try transaction.execute(
                        "UPDATE catalogue_theme_version SET body = ? WHERE hash = ?", older,
                        row.get("hash", as: String.self))
                }
            }
            let fresh = CatalogueService(
                database: world.database, events: EventLog(),
                cipher: try await Keyring.forTests(world.database).cipher)
            let theme = try await world.database.read { try fresh.theme(hash: file.theme.hash, in: $0) }
            #expect(theme.items.first?.item.results.first?.content.isEmpty == true)
        }
    }

    @Test("results of a department's own system come in batches, each line on its own", arguments: TestDatabase.all)
    func batch(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            let number = try #require(file.number)
            _ = try await world.accept(file.id)
            _ = try await world.grant("P01", file.id)
            let entry = BatchEntry(number: number, item: "P03", results: try #require(World.results["P03"]).values)
            let entries = [
                BatchEntry(number: "无此办件", item: "P03", results: entry.results),
                BatchEntry(number: number, item: "P03", results: ["household-register": ["number": "H1"]]), entry,
                entry,
            ]
            let outcomes = try await world.casework.grantAll(entries, by: world.officer("公安"))
            #expect(outcomes.map(\.isGranted) == [false, false, true, false])
            #expect(outcomes.map(\.code) == ["casework.not_found", "input.invalid", nil, "casework.wrong_state"])
            let granted = try await world.casework.sight(of: file.id, by: world.system).file
            #expect(granted.task("P03")?.decision?.outcome == .granted)
        }
    }

    @Test("another agency's officer can't decide")
    func foreignOfficer() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            await #expect(throws: CaseworkError.self) {
                _ = try await world.grant("P01", id, World.results["P01"]!.values, by: world.officer("公安"))
            }
        }
    }

    @Test("an officer's worklist shows what is due first", arguments: TestDatabase.all)
    func worklist(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            for day in [3, 1, 2] {
                var form = World.birthForm
                form["child_name"] = "李望\(["一", "二", "三"][day - 1])"
                try world.set("2026-03-0\(day + 1)T01:00:00Z")
                _ = try await world.accept(try await world.submitted(form).id)
            }
            let first = try await world.casework.worklist(limit: 2, by: world.officer("卫健"))
            #expect(first.items.count == 2)
            let rest = try await world.casework.worklist(after: first.next, limit: 2, by: world.officer("卫健"))
            #expect(rest.items.count == 1)
            let days = (first.items + rest.items).compactMap(\.due)
            #expect(days == days.sorted())
            #expect(Set((first.items + rest.items).map(\.caseID)).count == 3)
        }
    }
}

extension Theme {
    /// The theme with items that one person may accept and decide.
    func allowingSameOfficer() -> Theme {
        replacing(
            items: items.map { item in
                ThemeItem(
                    item: ItemDefinition(
                        id: item.item.id, title: item.item.title, department: item.item.department,
                        kind: item.item.kind, promisedLimit: item.item.promisedLimit, results: item.item.results,
                        handling: item.item.handling, separation: .sameOfficer),
                    when: item.when, after: item.after)
            })
    }
}
