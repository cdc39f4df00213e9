import Casework
import Catalogue
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing
import TestSupport

@Suite("Clocks")
struct ClockRuleTests {
    @Test("a deadline in a year without a published calendar is provisional and stops nothing", .covers("R12.3"))
    func provisional() async throws {
        try await World.run(on: .sqlite, from: "2026-12-28T01:00:00Z") { world in
            let id = try await world.submitted().id
            let file = try await world.accept(id)
            #expect(file.due?.isProvisional == true)
            #expect(file.due?.day.text == "2027-01-11")
        }
    }

    @Test("importing a year recomputes the open clocks and journals each change", arguments: TestDatabase.all)
    func imported(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind, from: "2026-12-28T01:00:00Z") { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            let year = try CalendarYear(
                year: 2027, source: "测试", offDays: [LegalDay("2027-01-01"), LegalDay("2027-01-04")],
                adjustedWorkdays: [])
            let proposal = try await world.casework.proposal([year], by: world.system)
            #expect((proposal.open, proposal.moved, proposal.implausible.count) == (1, 1, 1))
            #expect(try await world.casework.calendar().isPublished(2027) == false)
            let changed = try await world.casework.importCalendar([year], by: world.system)
            #expect(changed == proposal.moved)
            let file = try await world.casework.sight(of: id, by: world.system).file
            #expect(file.due?.isProvisional == false)
            #expect(file.due?.day.text == "2027-01-13")
            #expect(try await world.events(of: file).last == "case.clocks_recomputed")
            #expect(try await world.casework.importCalendar([year], by: world.system) == 0)
        }
    }

    @Test("a special procedure stops the item's clock and suspends a case that waits for nothing else")
    func pause() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            for item in ["P01", "P02", "P03", "P05"] { _ = try await world.grant(item, id) }
            let before = try await world.casework.sight(of: id, by: world.system).file.task("P04")?.due?.day
            let officer = world.officer("人社")
            let paused = try await world.write { [casework = world.casework] in
                try casework.pause(
                    "P04", of: id, for: .siteVisit, reason: "需要现场核实照片", expectedDays: 3, by: officer, in: $0)
            }
            #expect(paused.state == .suspended)
            world.wait(.seconds(3 * 86_400))
            let later = world.officer("人社")
            let resumed = try await world.write { [casework = world.casework] in
                try casework.resume("P04", of: id, by: later, in: $0)
            }
            #expect(resumed.state == .inProgress)
            // Paused on Monday, resumed on Thursday: Tuesday to Thursday do not count.
            #expect(before?.text == "2026-03-09")
            #expect(resumed.task("P04")?.due?.day.text == "2026-03-12")
        }
    }

    @Test("a procedure moves the day of an item that is decided at once, and while it lasts no days are counted")
    func pausedAtOnce() async throws {
        // 2 January 2027 is a Saturday, in a year without a published calendar.
        try await World.run(on: .sqlite, from: "2027-01-02T01:00:00Z") { world in
            let casework = world.casework
            let id = try await world.submitted().id
            _ = try await world.accept(id)
            let planned = try await casework.sight(of: id, by: world.system).plan.items.first { $0.id == "P01" }
            #expect(planned?.item.promisedLimit == .onTheSpot)
            let officer = world.officer("卫健")
            _ = try await world.write {
                try casework.pause("P01", of: id, for: .siteVisit, reason: "核实", expectedDays: 5, by: officer, in: $0)
            }
            try world.set("2027-01-08T01:00:00Z")
            let during = try await casework.sight(of: id, by: world.officer("卫健")).file
            #expect(during.task("P01")?.due?.day.text == "2027-01-11")
            let line = try await casework.worklist(state: .paused, by: world.officer("卫健")).items.first
            #expect(line?.daysLeft == nil)
            try world.set("2027-01-12T01:00:00Z")
            let later = world.officer("卫健")
            let resumed = try await world.write { try casework.resume("P01", of: id, by: later, in: $0) }
            #expect(resumed.task("P01")?.due?.day.text == "2027-01-13")
        }
    }

    @Test("a clock that was set back breaks nothing")
    func setBack() async throws {
        try await World.run(on: .sqlite) { world in
            let id = try await world.submitted().id
            world.wait(.seconds(-7200))
            _ = try await world.accept(id)
            let file = try await world.grant("P01", id)
            let spent = file.timeSpent(at: world.now)
            #expect(spent.office >= 0 && spent.applicant >= 0)
        }
    }
}
