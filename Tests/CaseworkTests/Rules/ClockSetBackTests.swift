import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

/// The machine's clock is set back while cases are under way: nothing is lost, nothing is counted as negative.
@Suite("A clock set back")
struct ClockSetBackTests {
    @Test(
        "a case goes its whole way, whatever the clock does between the steps", arguments: TestDatabase.all,
        [.seconds(-1), .seconds(-86_400), .seconds(-40 * 86_400)] as [Duration])
    func wholeWay(_ kind: TestDatabaseKind, jump: Duration) async throws {
        try await World.run(on: kind, from: "2026-06-15T01:00:00Z") { world in
            let id = try await world.begin().id
            _ = try await world.attach(id)
            _ = try await world.submit(id)
            world.wait(jump)
            let clerk = world.clerk
            var file = try await world.write { [casework = world.casework] in
                try casework.requestCorrection(
                    id, faults: [Fault(target: "form.birth_weight", text: "请核对。")], by: clerk, in: $0)
            }
            world.wait(jump)
            let mother = world.mother
            file = try await world.write { [casework = world.casework] in
                try casework.fill(id, values: ["birth_weight": "3300"], by: mother, in: $0)
            }
            file = try await world.submit(id)
            world.wait(jump)
            file = try await world.accept(id)
            let health = world.officer("卫健")
            file = try await world.write { [casework = world.casework] in
                try casework.pause(
                    "P01", of: id, for: .expertReview, reason: "需要评审", expectedDays: 5, by: health, in: $0)
            }
            #expect(file.state == .suspended)
            world.wait(jump)
            let later = world.officer("卫健")
            file = try await world.write { [casework = world.casework] in
                try casework.resume("P01", of: id, by: later, in: $0)
            }
            for item in ["P01", "P02", "P03", "P04", "P05"] {
                try await grant(item, id, world)
            }
            file = try await world.casework.sight(of: id, by: world.system).file
            #expect(file.state == .completed)
            let spent = file.timeSpent(at: world.now)
            #expect(spent.office >= 0 && spent.applicant >= 0)
            let pauses = file.items.flatMap(\.pauses)
            #expect(!pauses.isEmpty && pauses.allSatisfy { ($0.end ?? $0.start) >= $0.start })
            let sequence = try await world.journal(of: file).map(\.entry.type)
            #expect(sequence.first == "case.created" && sequence.last == "case.completed")
        }
    }

    private func grant(_ item: String, _ id: Identifier, _ world: World) async throws {
        let result = try #require(World.results[item])
        let today = world.now.day.text
        let values = result.values.mapValues { fields in
            fields.mapValues { $0.hasPrefix("2026-") ? today : $0 }
        }
        _ = try await world.grant(item, id, values, by: world.officer(result.department))
    }

    @Test("numbers stay unique when a day comes a second time", arguments: TestDatabase.all)
    func numbers(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind, from: "2026-06-15T01:00:00Z") { world in
            var numbers: [String] = []
            for (index, jump) in [Duration.zero, .seconds(86_400), .seconds(-86_400), .seconds(86_400)].enumerated() {
                world.wait(jump)
                var form = world.newbornForm
                form["child_name"] = ["李一", "李二", "李三", "李四"][index]
                numbers.append(try #require(try await world.submitted(form).number))
            }
            #expect(Set(numbers).count == 4)
            #expect(
                numbers.map { String($0.suffix(14)) } == [
                    "20260615000001", "20260616000001", "20260615000002", "20260616000002",
                ])
        }
    }

    @Test("a list shows each case once, page by page", arguments: TestDatabase.all)
    func pages(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind, from: "2026-06-15T01:00:00Z") { world in
            var made: Set<String> = []
            for jump in [Duration.zero, .seconds(-3600), .seconds(-86_400), .seconds(7200), .seconds(-1)] {
                world.wait(jump)
                made.insert("\(try await world.begin().id)")
            }
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await world.casework.mine(after: cursor, limit: 2, by: world.mother)
                seen += page.items.map { "\($0.id)" }
                cursor = page.next
            } while cursor != nil
            #expect(made.count == 5)
            #expect(seen.count == 5 && Set(seen) == made)
        }
    }
}
