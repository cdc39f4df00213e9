import Casework
import Catalogue
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@Suite("出生 from the draft to the last result")
struct BirthScenarioTests {
    @Test(
        "the whole way leaves exactly these events", .covers("R11.7", "R10.4", "R11.5"), arguments: TestDatabase.all)
    func wholeWay(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let draft = try await world.begin()
            #expect(draft.form["applicant_name"] == "李晓梅")
            _ = try await world.attach(draft.id)
            var file = try await world.submit(draft.id)
            #expect(file.state == .submitted)
            #expect(file.acceptBy?.day.text == "2026-03-09")

            file = try await world.accept(file.id)
            #expect(file.state == .inProgress)
            #expect(file.items.filter { $0.state == .open }.map(\.id) == ["P01"])
            file = try await world.grant("P01", file.id)
            #expect(file.items.filter { $0.state == .open }.map(\.id) == ["P02", "P03"])
            _ = try await world.grant("P02", file.id)
            file = try await world.grant("P03", file.id)
            #expect(file.form["subject_id_number"] == "43060319060617135X")
            #expect(file.items.filter { $0.state == .open }.map(\.id) == ["P04", "P05"])
            _ = try await world.grant("P04", file.id)
            file = try await world.grant("P05", file.id)
            #expect(file.state == .completed)

            #expect(
                try await world.events(of: file) == [
                    "case.created", "case.draft_saved", "case.draft_saved", "case.submitted", "case.accepted",
                    "case.item_opened", "case.item_decided", "case.item_opened", "case.item_opened",
                    "case.item_decided", "case.item_decided", "case.item_opened", "case.item_opened",
                    "case.item_decided", "case.item_decided", "case.completed",
                ])
        }
    }

    @Test("results go to the newborn, with the number as soon as it is known", arguments: TestDatabase.all)
    func holders(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let file = try await world.submitted()
            _ = try await world.accept(file.id)
            for item in ["P01", "P02", "P03", "P04", "P05"] { _ = try await world.grant(item, file.id) }
            let orders = world.register.orders
            #expect(orders.map(\.item.id) == ["P01", "P02", "P03", "P04", "P05"])
            #expect(orders.map(\.holder.name) == Array(repeating: "李望舒", count: 5))
            #expect(orders.map(\.holder.idNumber) == [nil, nil] + Array(repeating: "43060319060617135X", count: 3))
            #expect(orders.map(\.result.issuer) == [.here, .here, .elsewhere, .elsewhere, .here])
        }
    }

    @Test("the journal holds nothing personal", arguments: TestDatabase.all)
    func nothingPersonal(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            var file = try await world.submitted()
            file = try await world.accept(file.id)
            file = try await world.grant("P01", file.id)
            let journal = try await world.journal(of: file)
            let text = journal.map { $0.entry.body + $0.entry.actor }.joined()
            for secret in ["李望舒", "李晓梅", "430623191011229428", "13800000000", "U430000001"] {
                #expect(!text.contains(secret))
            }
        }
    }

    @Test("waiting for the applicant and the offices' own time stand apart", .covers("R12.3"))
    func times() async throws {
        try await World.run(on: .sqlite) { world in
            let file = try await world.submitted()
            world.wait(.seconds(3600))
            let clerk = world.clerk
            _ = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    file.id, faults: [Fault(target: "form.birth_weight", text: "体重与登记表不一致，请核对。")], by: clerk, in: $0)
            }
            world.wait(.seconds(7200))
            let mother = world.mother
            _ = try await world.write { [casework = world.casework] in
                try casework.fill(file.id, values: ["birth_weight": "3300"], by: mother, in: $0)
            }
            _ = try await world.submit(file.id)
            world.wait(.seconds(1800))
            let sight = try await world.casework.sight(of: file.id, by: world.mother)
            let spent = sight.file.timeSpent(at: world.now)
            #expect(spent.applicant == 7_200_000)
            #expect(spent.office == 5_400_000)
        }
    }
}
