import Cryptography
import Extension
import Messaging
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Hall

/// It is Monday, 2 March 2026, 16:00 in China; slots are 09:00—12:00 and 13:30—17:00 from Monday to Friday.
@Suite("Appointments at a hall")
struct AppointmentTests {
    private static let nine = DayTime(minutes: 9 * 60)

    /// Booking is open with so many places in a slot.
    private func open(_ hall: HallFixture, capacity: Int = 1, _ change: (inout BookingRules) -> Void = { _ in })
        async throws
    {
        try await hall.setRules { rules in
            rules.businesses = [BusinessRule("general", "综合业务", capacity: capacity), BusinessRule("tax", "税务")]
            change(&rules.booking)
        }
    }

    private func slots(_ hall: HallFixture, business: String = "") async throws -> [FreeSlot] {
        let (service, now) = (hall.service, hall.now)
        return try await hall.database.read { try service.slots(at: "city", business: business, now: now, in: $0) }
    }

    private func book(
        _ hall: HallFixture, _ person: UInt8, days: Int = 1, at start: DayTime = nine, business: String = ""
    ) async throws -> Appointment {
        let (service, act, day) = (hall.service, hall.person(person), TestDatabase.now.day.adding(days: days))
        return try await hall.write {
            try service.book(at: "city", business: business, day: day, start: start, by: act, in: $0)
        }
    }

    private func change(
        _ hall: HallFixture, _ appointment: Appointment, by person: UInt8, days: Int, at start: DayTime = nine
    ) async throws -> Appointment {
        let (service, act, day) = (hall.service, hall.person(person), TestDatabase.now.day.adding(days: days))
        return try await hall.write {
            try service.change(appointment.id, business: "", day: day, start: start, by: act, in: $0)
        }
    }

    private func cancel(_ hall: HallFixture, _ appointment: Appointment, by person: UInt8) async throws {
        let (service, act) = (hall.service, hall.person(person))
        _ = try await hall.write { try service.cancel(appointment.id, by: act, in: $0) }
    }

    private func arrive(_ hall: HallFixture, _ code: String) async throws -> Ticket {
        let (service, act) = (hall.service, try await hall.staff())
        return try await hall.write { try service.arriveAtWindow(code, at: "city", by: act, in: $0) }
    }

    private func stored(_ hall: HallFixture, _ appointment: Appointment) async throws -> Appointment? {
        let store = hall.service.store
        return try await hall.database.read { try store.appointment(appointment.id, in: $0) }
    }

    /// Lets days pass and does what the jobs do.
    private func pass(_ hall: HallFixture, days: Int) async throws {
        hall.wait(minutes: days * 24 * 60)
        try await hall.service.closePastDays(by: hall.act(.system("job")))
        try await hall.service.endPastAppointments(by: hall.act(.system("job")))
    }

    @Test(
        "slots are those of working days that have places, and a booking takes one", .covers("R12.5"),
        arguments: TestDatabase.all)
    func booking(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            #expect(await refusal { _ = try await slots(hall) } == ["hall.not_bookable"])
            try await open(hall)
            let all = try await slots(hall)
            // Today's last slot, then thirteen on each working day until Monday a week later.
            #expect(all.first?.day == hall.now.day && all.first?.slot.text == "16:30—17:00")
            #expect(all.count == 1 + 5 * 13 && all.allSatisfy { $0.free == 1 })
            let mine = try await book(hall, 1)
            #expect(mine.code.count == 6 && mine.slot.text == "09:00—09:30")
            #expect(try await slots(hall).filter { $0.free == 0 }.map(\.slot.text) == ["09:00—09:30"])
            #expect(await refusal { _ = try await book(hall, 1, days: 2) } == ["hall.booking_held"])
            #expect(await refusal { _ = try await book(hall, 2) } == ["hall.slot_full"])
            #expect(await refusal { _ = try await book(hall, 2, days: 5) } == ["input.invalid", "day"])
            #expect(await refusal { _ = try await book(hall, 2, days: 8) } == ["input.invalid", "day"])
            #expect(await refusal { _ = try await book(hall, 2, days: 0) } == ["input.invalid", "start"])
            let odd = DayTime(minutes: 545)
            #expect(await refusal { _ = try await book(hall, 2, at: odd) } == ["input.invalid", "start"])
            #expect(await refusal { _ = try await book(hall, 2, business: "tax") } == ["hall.not_bookable"])
        }
    }

    @Test(
        "an appointment is changed and cancelled by its holder until it begins", .covers("R12.5"),
        arguments: TestDatabase.all)
    func changing(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall)
            let mine = try await book(hall, 1)
            let other = try await book(hall, 2, days: 2)
            #expect(await refusal { _ = try await change(hall, mine, by: 1, days: 2) } == ["hall.slot_full"])
            #expect(try await change(hall, mine, by: 1, days: 1).code == mine.code, "its own place is free for it")
            #expect(
                await refusal { _ = try await change(hall, mine, by: 2, days: 3) } == ["hall.appointment_unknown"])
            #expect(await refusal { try await cancel(hall, mine, by: 2) } == ["hall.appointment_unknown"])
            try await cancel(hall, other, by: 2)
            #expect(try await change(hall, mine, by: 1, days: 2).day == hall.now.day.adding(days: 2))
            #expect(try await book(hall, 2).state == .booked)
            #expect(await refusal { try await cancel(hall, other, by: 2) } == ["hall.appointment_over"])
            hall.wait(minutes: 2 * 24 * 60)
            #expect(await refusal { try await cancel(hall, mine, by: 1) } == ["hall.appointment_over"])
        }
    }

    @Test("of many who book the last places at once as many get one as there are", arguments: TestDatabase.all)
    func lastPlaces(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall, capacity: 3)
            let results = await withTaskGroup(of: [String].self) { group in
                for number in 1...12 {
                    group.addTask { await refusal { _ = try await book(hall, UInt8(number)) } }
                }
                return await group.reduce(into: [[String]]()) { $0.append($1) }
            }
            #expect(results.count { $0.isEmpty } == 3)
            #expect(results.count { $0 == ["hall.slot_full"] } == 9)
        }
    }

    @Test("one person that books two times at once gets one", arguments: TestDatabase.all)
    func twoAtOnce(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall, capacity: 3)
            async let one = refusal { _ = try await book(hall, 1, days: 1) }
            async let other = refusal { _ = try await book(hall, 1, days: 2) }
            #expect(Set([await one, await other]) == [[], ["hall.booking_held"]])
        }
    }

    @Test("in random histories no slot is overbooked and nobody holds two", arguments: TestDatabase.all)
    func model(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall, capacity: 2)
            var random = SeededGenerator(seed: 5)
            var held: [UInt8: Appointment] = [:]
            let starts = [Self.nine, DayTime(minutes: 570)]
            for step in 0..<150 {
                let person = UInt8.random(in: 1...12, using: &random)
                let (days, start) = (
                    Int.random(in: 1...2, using: &random), starts.randomElement(using: &random) ?? Self.nine
                )
                let day = hall.now.day.adding(days: days)
                let others = held.filter { $0.key != person && $0.value.day == day && $0.value.slot.start == start }
                switch (held[person], Int.random(in: 0..<3, using: &random)) {
                case (nil, _):
                    let made = try? await book(hall, person, days: days, at: start)
                    #expect((made != nil) == (others.count < 2), "step \(step)")
                    held[person] = made
                case (let mine?, 0):
                    try await cancel(hall, mine, by: person)
                    held[person] = nil
                case (let mine?, 1):
                    let moved = try? await change(hall, mine, by: person, days: days, at: start)
                    #expect((moved != nil) == (others.count < 2), "step \(step)")
                    held[person] = moved ?? mine
                default:
                    #expect(
                        await refusal { _ = try await book(hall, person, days: days, at: start) } == [
                            "hall.booking_held"
                        ])
                }
                for free in try await slots(hall) {
                    let used = held.values.count { $0.day == free.day && $0.slot == free.slot }
                    if used + free.free != 2 { Issue.record("step \(step): \(free) with \(used) of the model") }
                }
            }
        }
    }

    @Test(
        "who comes in time waits from the time it booked, who is late from when it came", .covers("R12.5"),
        arguments: TestDatabase.all)
    func arriving(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall, capacity: 3)
            let (early, late) = (try await book(hall, 1), try await book(hall, 2))
            #expect(await refusal { _ = try await arrive(hall, early.code) } == ["hall.appointment_unknown"])
            let (service, me) = (hall.service, hall.person(1))
            #expect(
                await refusal { _ = try await hall.write { try service.arrive(early.id, by: me, in: $0) } }
                    == ["hall.not_today"])
            // Half past eight on the next day.
            hall.wait(minutes: 16 * 60 + 30)
            let first = try await arrive(hall, early.code)
            #expect(first.label == "B001" && first.ticketClass == .booked && first.person == HallFixture.id(1))
            #expect(first.since == early.begins && first.since > hall.now)
            #expect(await refusal { _ = try await arrive(hall, early.code) } == ["hall.appointment_over"])
            hall.wait(minutes: 90)
            try await hall.openWindow("cash")
            let walkIn = try await hall.phone(2)
            #expect(await refusal { _ = try await arrive(hall, late.code) } == ["hall.ticket_held"])
            try await hall.step(.cancel, walkIn)
            #expect(try await arrive(hall, late.code).since == hall.now)
            try await pass(hall, days: 1)
            #expect(try await stored(hall, early)?.state == .arrived)
        }
    }

    @Test(
        "who lets appointments pass is told, and can't book for a while", .covers("R12.5"), arguments: TestDatabase.all)
    func missing(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall) { ($0.missedLimit, $0.missedDays, $0.blockedDays) = (2, 60, 10) }
            for days in [1, 8] {
                let passed = try await book(hall, 1, days: days)
                try await pass(hall, days: 7)
                #expect(try await stored(hall, passed)?.state == .missed)
            }
            func standing() async throws -> MissedStanding {
                let (service, day) = (hall.service, hall.now.day)
                return try await hall.database.read { snapshot in
                    let place = try service.hall("city", in: snapshot)
                    return try service.missed(by: HallFixture.id(1), at: place, on: day, in: snapshot)
                }
            }
            // The last one was on the eighth day.
            let again = TestDatabase.now.day.adding(days: 19)
            #expect(try await standing() == MissedStanding(count: 2, blockedUntil: again))
            #expect(await refusal { _ = try await book(hall, 1, days: 15) } == ["hall.booking_blocked"])
            #expect(try await book(hall, 2, days: 15).state == .booked)
            try await pass(hall, days: 5)
            #expect(try await standing().blockedUntil == nil)
            #expect(try await book(hall, 1, days: 21).state == .booked)
        }
    }

    @Test("nobody is blamed for a time that came after the hall had ended its day", arguments: TestDatabase.all)
    func dropped(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall, capacity: 2)
            let morning = try await book(hall, 1)
            let afternoon = try await book(hall, 2, at: DayTime(minutes: 14 * 60))
            // Noon on the next day.
            hall.wait(minutes: 20 * 60)
            _ = try await hall.close()
            try await pass(hall, days: 1)
            #expect(try await stored(hall, morning)?.state == .missed)
            #expect(try await stored(hall, afternoon)?.state == .dropped)
        }
    }

    @Test(
        "each appointment is reminded of once, on the day before, and again when it was put off",
        arguments: TestDatabase.all)
    func reminding(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall)
            let mine = try await book(hall, 1)
            func reminders() async throws -> Int {
                try await hall.service.remindOfAppointments(by: hall.act(.system("job")))
                return try await hall.database.read {
                    try Journal.entries(of: mine.stream, in: $0).count { $0.entry.type == AppointmentDueSoon.name }
                }
            }
            #expect(try await reminders() == 1)
            #expect(try await reminders() == 1)
            _ = try await change(hall, mine, by: 1, days: 3)
            #expect(try await reminders() == 1)
            hall.wait(minutes: 2 * 24 * 60 - 8 * 60)
            #expect(try await reminders() == 1, "it is eight in the morning")
            hall.wait(minutes: 60)
            #expect(try await reminders() == 2)
        }
    }

    @Test(
        "notices say everything that their wording needs, and nothing that it doesn't know", arguments: TestDatabase.all
    )
    func notices(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall)
            let mine = try await book(hall, 1)
            let act = hall.act(.system("outbox"))
            let bodies: [String: any Event] = [
                AppointmentBooked.name: AppointmentBooked(appointment: mine.id, site: mine.site, day: mine.day),
                AppointmentChanged.name: AppointmentChanged(appointment: mine.id, day: mine.day),
                AppointmentDueSoon.name: AppointmentDueSoon(appointment: mine.id, day: mine.day),
                AppointmentMissed.name: AppointmentMissed(appointment: mine.id, isDropped: false),
            ]
            let kinds = HallNotices.all
            let notifies = hall.service.contributions.compactMap { $0 as? Notify }
            #expect(Set(notifies.map(\.event)) == Set(bodies.keys))
            for notify in notifies {
                let event = try #require(bodies[notify.event])
                let body = try EventCoding.encode(event)
                let drafts = try await hall.database.read { try notify.drafts(body, act, $0) }
                let draft = try #require(drafts.first)
                let noticeKind = try #require(kinds.first { $0.key == draft.kind })
                #expect(Set(draft.values.keys) == Set(noticeKind.variables.map(\.name)), "\(notify.event)")
                #expect(draft.addressee == .known(Recipient(party: mine.person, person: mine.person)))
                #expect(draft.values.values.allSatisfy { !$0.isEmpty })
            }
        }
    }

    @Test("a clerk reads a day's list in pages with covered names; others don't", arguments: TestDatabase.all)
    func dayList(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall, capacity: 2)
            let later = try await book(hall, 1, at: DayTime(minutes: 600))
            let (first, second) = (try await book(hall, 2), try await book(hall, 3))
            let (service, clerk, county) = (
                hall.service, try await hall.staff(), try await hall.staff(51, division: "430626")
            )
            func lines(_ cursor: String, by act: Act) async throws -> [HallService.DayLine] {
                try await hall.database.read {
                    try service.appointments(
                        at: "city", on: later.day, after: cursor, limit: 2, by: act, in: $0)
                }
            }
            let page = try await lines("", by: clerk)
            #expect(page.map(\.appointment.id) == [first.id, second.id].sorted())
            let rest = try await lines("540.\(page[1].appointment.id)", by: clerk)
            #expect(rest.map(\.appointment.id) == [later.id] && rest.map(\.name) == ["李**"])
            #expect(await refusal { _ = try await lines("", by: county) } == ["access.forbidden"])
        }
    }

    @Test("the journal tells of an appointment and vouches for its row", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await open(hall)
            let mine = try await book(hall, 1)
            _ = try await change(hall, mine, by: 1, days: 2)
            try await cancel(hall, mine, by: 1)
            let told = try await hall.database.read { try Journal.entries(of: mine.stream, in: $0).map(\.entry.type) }
            #expect(told == [AppointmentBooked.name, AppointmentChanged.name, AppointmentCancelled.name])
            let checks = hall.service.contributions.compactMap { $0 as? StateCheck }
            func findings() async throws -> Int {
                try await Journal.verify(
                    hall.database, publicKey: try SM2.PrivateKey.generate().publicKey, checks: checks
                ).findings.count
            }
            #expect(try await findings() == 0)
            try await hall.write { _ = try $0.execute("UPDATE hall_appointment SET state = 'booked'") }
            #expect(try await findings() == 1)
        }
    }

    @Test("hours that hold no slot or overlap are refused", arguments: TestDatabase.all)
    func faultyHours(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let hours = [
                OpenHours("09:00", "09:20"), OpenHours("9:00", "12:00"), OpenHours("10:00", "12:00"),
                OpenHours("11:00", "25:00"), OpenHours("11:30", "24:00"),
            ]
            #expect(
                await refusal { try await open(hall) { $0.hours = hours } } == [
                    "input.invalid", "booking.hours[0]", "booking.hours[1]", "booking.hours[3]", "booking.hours[4]",
                ])
        }
    }
}
