import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Hall

@Suite("Figures of a hall")
struct HallFigureTests {
    private func figures(_ hall: HallFixture, days: Int = 0, by act: Act? = nil) async throws -> HallFigures {
        let manager = try await hall.staff()
        let (service, act, last) = (hall.service, act ?? manager, hall.now.day)
        return try await hall.database.read {
            try service.figures(of: "city", from: last.adding(days: -days), until: last, by: act, in: $0)
        }
    }

    @Test(
        "tickets, waits and no-shows are counted by day and class", .covers("R12.5", "R12.16"),
        arguments: TestDatabase.all)
    func counts(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.setRules { rules in
                rules.callsBeforeMissed = 1
                rules.businesses = [BusinessRule("general", "综合业务", capacity: 5)]
            }
            #expect(try await figures(hall).days == [])
            let (service, first) = (hall.service, hall.now.day)
            let start = DayTime(minutes: 9 * 60)
            for number in 1...2 {
                let act = hall.person(UInt8(number))
                _ = try await hall.write {
                    try service.book(
                        at: "city", business: "", day: first.adding(days: 1), start: start, by: act, in: $0)
                }
            }
            // Half past eight on the next day; one of the two comes, before its time.
            hall.wait(minutes: 16 * 60 + 30)
            let mine = hall.person(1)
            _ = try await hall.write { transaction in
                let booked = try service.openAppointment(
                    of: HallFixture.id(1), at: try service.hall("city", in: transaction), in: transaction)
                _ = try service.arrive(try #require(booked).id, by: mine, in: transaction)
            }
            let early = try await hall.serveNext(minutes: 0)
            #expect(early?.ticketClass == .booked)
            for _ in 0..<4 { try await hall.take() }
            try await hall.take(.elder)
            hall.wait(minutes: 4)
            #expect(try await hall.serveNext(minutes: 6)?.ticketClass == .green)
            let missed = try await hall.call()
            try await hall.step(.miss, missed)
            hall.wait(minutes: 10)
            _ = try await hall.serveNext(minutes: 0)
            let back = try await hall.take()
            try await hall.step(.cancel, back)
            // The time that was booked is over when the hall ends its day, so who didn't come has missed it.
            hall.wait(minutes: 60)
            _ = try await hall.close()
            hall.wait(minutes: 24 * 60)
            try await service.endPastAppointments(by: hall.act(.system("job")))

            let found = try await figures(hall, days: 2)
            #expect(found.days.map(\.day) == [first.adding(days: 1)])
            var expected = HallFigures.Day(first.adding(days: 1))
            (expected.tickets, expected.done, expected.missed, expected.cancelled, expected.left) = (7, 3, 1, 1, 2)
            // Waits of 0, 4, 10 and 20 minutes.
            (expected.medianWait, expected.longestWait) = (7 * 60, 20 * 60)
            (expected.appointments, expected.arrived, expected.noShows) = (2, 1, 1)
            #expect(found.days.first == expected)
            #expect(found.classes.map(\.tickets) == [5, 1, 1])
            #expect(found.classes.map(\.medianWait) == [15 * 60, 0, 4 * 60])
        }
    }

    @Test("only who manages the hall sees them, and not for more days than are told", arguments: TestDatabase.all)
    func access(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let clerk = try await hall.staff(52, [HallService.serve], site: "city")
            let county = try await hall.staff(51, division: "430626")
            #expect(await refusal { _ = try await figures(hall, by: clerk) } == ["access.forbidden"])
            #expect(await refusal { _ = try await figures(hall, by: county) } == ["access.forbidden"])
            #expect(await refusal { _ = try await figures(hall, days: 92) } == ["input.invalid", "until"])
            #expect(await refusal { _ = try await figures(hall, days: -1) } == ["input.invalid", "until"])
            #expect(await refusal { _ = try await figures(hall, days: 91) } == [])
        }
    }
}
