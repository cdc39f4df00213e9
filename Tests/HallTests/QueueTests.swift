import Cryptography
import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Hall

@Suite("Queues at a hall")
struct QueueTests {
    @Test(
        "numbers run for each site, day and class without gaps, refused ones included", .covers("R12.16"),
        arguments: TestDatabase.all)
    func numbers(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.openWindow()
            try await hall.openWindow("far")
            let labels = [
                try await hall.take().label, try await hall.take(.pregnant).label, try await hall.phone(1).label,
            ]
            #expect(labels == ["A001", "G001", "A002"])
            #expect(await refusal { _ = try await hall.phone(1) } == ["hall.ticket_held"])
            #expect(await refusal { try await hall.take(business: "nothing") } == ["input.invalid", "business"])
            #expect(try await hall.take().label == "A003")
            #expect(try await hall.phone(1, at: "county").label == "A001")
            hall.wait(minutes: 24 * 60)
            try await hall.openWindow()
            #expect(try await hall.phone(1).label == "A001")
        }
    }

    @Test(
        "an ID that is shown tells the age, keeps its holder to one ticket, and is not kept",
        arguments: TestDatabase.all)
    func shownIDs(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let (old, young) = ("430682190603084141", "430602199003072691")
            let elder = try await hall.take(idNumber: old)
            #expect(elder.ticketClass == .green && elder.ground == .elder)
            #expect(await refusal { try await hall.take(idNumber: old) } == ["hall.ticket_held"])
            #expect(await refusal { try await hall.take(.elder, idNumber: "123") } == ["input.invalid", "id_number"])
            let valid = (try? ResidentID(young)) != nil ? young : try Self.number("43060219900307269")
            #expect(await refusal { try await hall.take(.elder, idNumber: valid) } == ["input.invalid", "ground"])
            #expect(try await hall.take(idNumber: valid).ticketClass == .ordinary)
            let rows = try await hall.database.read {
                try $0.rows("SELECT holder FROM hall_ticket").map { try $0.get("holder", as: String.self) }
            }
            #expect(rows.allSatisfy { !$0.contains(old) && !$0.contains(valid) && $0.count == 64 })
        }
    }

    /// The number with the check character that its first seventeen digits demand.
    private static func number(_ stem: String) throws -> String {
        try #require("0123456789X".map { stem + String($0) }.first { (try? ResidentID(exactly: $0)) != nil })
    }

    @Test("a ticket goes its way, and the journal tells it", arguments: TestDatabase.all)
    func way(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let ticket = try await hall.take()
            #expect(await refusal { try await hall.step(.serve, ticket) } == ["hall.wrong_state"])
            #expect(try await hall.call()?.id == ticket.id)
            #expect(await refusal { try await hall.call() } == ["hall.window_busy"])
            #expect(await refusal { try await hall.step(.miss, ticket) } == ["hall.call_again"])
            try await hall.step(.again, ticket)
            try await hall.step(.serve, ticket)
            try await hall.step(.move, ticket, to: "cash")
            #expect(try await hall.call("w1") == nil, "it waits for another window")
            let cashier = try await hall.staff(43)
            #expect(try await hall.call("cash", by: cashier)?.id == ticket.id)
            try await hall.step(.serve, ticket)
            #expect(try await hall.step(.finish, ticket).state == .done)
            #expect(
                try await hall.events(ticket) == [
                    TicketTaken.name, TicketCalled.name, TicketCalled.name, TicketServed.name, TicketMoved.name,
                    TicketCalled.name, TicketServed.name, TicketEnded.name,
                ])
        }
    }

    @Test("who doesn't come is passed over after so many calls, and may wait anew", arguments: TestDatabase.all)
    func missing(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.setRules { $0.callsBeforeMissed = 2 }
            let (first, second) = (try await hall.take(), try await hall.take())
            hall.wait(minutes: 1)
            try await hall.call()
            try await hall.step(.again, first)
            #expect(try await hall.step(.miss, first).state == .missed)
            #expect(try await hall.call()?.id == second.id)
            hall.wait(minutes: 1)
            let again = try await hall.step(.rejoin, first)
            #expect(again.state == .waiting && again.since == hall.now && again.calls == 0)
            try await hall.step(.serve, second)
            #expect(try await hall.call()?.id == first.id, "calling next ends what was being served")
            #expect(try await hall.sight(second).ticket.state == .done)
        }
    }

    @Test("two windows that call at once never get the same ticket", arguments: TestDatabase.all)
    func atOnce(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            var made: Set<Identifier> = []
            for _ in 0..<12 { made.insert(try await hall.take().id) }
            var called: [Identifier] = []
            for _ in 0..<6 {
                async let one = hall.call("w1")
                async let other = hall.call("w2")
                for ticket in [try await one, try await other] {
                    called.append(try #require(ticket).id)
                    try await hall.step(.serve, ticket)
                }
            }
            #expect(called.count == 12 && Set(called) == made)
        }
    }

    @Test("tickets that are taken at once have numbers without gap or double", arguments: TestDatabase.all)
    func takenAtOnce(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.openWindow()
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...20 { group.addTask { try await hall.phone(UInt8(number)).number } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(1...20))
        }
    }

    @Test(
        "what was said of a ticket's holder is for the clerk alone, and forgotten when the ticket is over",
        arguments: TestDatabase.all)
    func forgetting(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.setRules { $0.callsBeforeMissed = 1 }
            let number = "430682190603084141"
            let ticket = try await hall.take(.disabled, idNumber: number)
            let sight = try await hall.sight(ticket)
            #expect(HallTicketView(sight).ground == nil)
            #expect(HallTicketView(sight, isForStaff: true).ground == .disabled)
            try await hall.call()
            try await hall.step(.serve, ticket)
            let done = try await hall.step(.finish, ticket)
            #expect(done.ground == nil && done.holder.isEmpty && done.ticketClass == .green)
            let missed = try await hall.take(.pregnant, idNumber: number)
            try await hall.call()
            #expect(try await hall.step(.miss, missed).ground == .pregnant, "it may wait anew")
            try await hall.take(.soldier)
            _ = try await hall.close()
            let left = try await hall.database.read {
                try $0.rows("SELECT id FROM hall_ticket WHERE ground IS NOT NULL OR holder <> ''").count
            }
            #expect(left == 0)
            #expect(try await hall.events(missed).last == TicketForgotten.name)
            let checks = hall.service.contributions.compactMap { $0 as? StateCheck }
            let report = try await Journal.verify(
                hall.database, publicKey: try SM2.PrivateKey.generate().publicKey, checks: checks)
            #expect(report.findings == [])
        }
    }

    @Test("the end of the day closes what is left, by hand or by itself", arguments: TestDatabase.all)
    func dayEnds(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let (first, second) = (try await hall.take(), try await hall.take())
            try await hall.call()
            try await hall.step(.serve, first)
            #expect(try await hall.close() == 1)
            #expect(try await hall.sight(first).ticket.state == .done)
            #expect(try await hall.sight(second).ticket.state == .closed)
            #expect(await refusal { try await hall.take() } == ["hall.closed"])
            #expect(await refusal { try await hall.call() } == ["hall.closed"])
            #expect(await refusal { _ = try await hall.close() } == ["hall.closed"])
            hall.wait(minutes: 24 * 60)
            let third = try await hall.take()
            hall.wait(minutes: 24 * 60)
            try await hall.service.closePastDays(by: hall.act(.system("job")))
            #expect(try await hall.sight(third).ticket.state == .closed)
            #expect(try await hall.sight().isClosed == false)
        }
    }

    @Test("rights end at the own site and the own division", arguments: TestDatabase.all)
    func rights(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let elsewhere = try await hall.staff(50, site: "county")
            let county = try await hall.staff(51, division: "430626")
            let clerk = try await hall.staff(52, [HallService.serve], site: "city")
            let nobody = hall.person(9)
            for act in [elsewhere, county, nobody, hall.kiosk] {
                #expect(await refusal { try await hall.call(by: act) } == ["access.forbidden"])
            }
            #expect(await refusal { try await hall.call(by: clerk) } == [])
            #expect(await refusal { _ = try await hall.close(by: clerk) } == ["access.forbidden"])
            #expect(await refusal { try await hall.setRules({ _ in }, by: county) } == ["access.forbidden"])
            let mine = try await hall.phone(9)
            let other = hall.person(8)
            let service = hall.service
            #expect(
                await refusal { _ = try await hall.write { try service.giveBack(mine.id, by: other, in: $0) } }
                    == ["hall.ticket_unknown"])
            #expect(try await hall.write { try service.giveBack(mine.id, by: nobody, in: $0) }.state == .cancelled)
        }
    }

    @Test("nobody takes a number from home before a window is open", arguments: TestDatabase.all)
    func phonesWait(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            #expect(await refusal { _ = try await hall.phone(1) } == ["hall.not_serving"])
            #expect(try await hall.take().label == "A001", "at the hall one may")
            try await hall.call("w2")
            #expect(try await hall.phone(1).label == "A002")
            hall.wait(minutes: 24 * 60)
            #expect(await refusal { _ = try await hall.phone(2) } == ["hall.not_serving"])
        }
    }

    @Test("a kiosk takes tickets by the code of its address alone", arguments: TestDatabase.all)
    func kiosks(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            let (service, act, staff) = (hall.service, hall.kiosk, try await hall.staff())
            let path = try await hall.database.read { snapshot in
                try service.kioskPath(of: try service.hall("city", in: snapshot), by: staff, in: snapshot)
            }
            let code = String(path.split(separator: "/").last ?? "")
            let far = try await hall.write { transaction in
                service.kioskCode(of: try service.hall("county", in: transaction).site.id)
            }
            func take(_ code: String) async throws -> Ticket {
                try await hall.write { transaction in
                    try service.takeAtKiosk(TicketRequest(), at: "city", code: code, by: act, in: transaction)
                }
            }
            #expect(try await take(code).source == .kiosk)
            for wrong in ["", far, String(code.dropLast())] {
                #expect(await refusal { _ = try await take(wrong) } == ["hall.kiosk"])
            }
        }
    }

    @Test(
        "windows call what their rules say, and faulty rules are refused with every finding",
        arguments: TestDatabase.all)
    func rules(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.setRules { rules in
                rules.businesses = [BusinessRule("social", "社保"), BusinessRule("tax", "税务")]
                var first = WindowRule()
                (first.window, first.businesses) = ("w1", ["tax"])
                var second = WindowRule()
                (second.window, second.classes) = ("w2", [.green])
                rules.windows = [first, second]
            }
            #expect(await refusal { try await hall.take(business: "social") } == ["input.invalid", "business"])
            let (tax, green) = (
                try await hall.take(business: "tax"), try await hall.take(.soldier, business: "social")
            )
            #expect(try await hall.call("w1")?.id == tax.id)
            #expect(try await hall.call("w2")?.id == green.id)
            #expect(
                await refusal {
                    try await hall.setRules { rules in
                        rules.classes[0].prefix = "g"
                        rules.businesses.append(.standard)
                        var window = WindowRule()
                        (window.window, window.classes, window.businesses) = ("w9", [], ["nothing"])
                        rules.windows = [window]
                    }
                } == [
                    "input.invalid", "classes[0].prefix", "businesses[1].key", "windows[0].window",
                    "windows[0].businesses",
                ])
        }
    }

    @Test("whoever waits is told how many are before, and how long by today's pace", arguments: TestDatabase.all)
    func forecast(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            for _ in 0..<6 { try await hall.take() }
            let last = try await hall.take()
            #expect(try await hall.sight(last).forecast == Forecast(ahead: 6, minutes: nil))
            for _ in 0..<3 { _ = try await hall.serveNext(minutes: 5) }
            #expect(try await hall.sight(last).forecast == Forecast(ahead: 3, minutes: 15...15))
            try await hall.call("w2")
            #expect(try await hall.sight(last).forecast == Forecast(ahead: 2, minutes: 5...5))
        }
    }

    @Test("the screen shows numbers and windows and nothing of a person", arguments: TestDatabase.all)
    func screen(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.openWindow()
            _ = try await hall.phone(1)
            try await hall.take(.disabled)
            hall.wait(minutes: 1)
            try await hall.call("w2")
            let view = HallView(try await hall.sight())
            #expect(view.called.map(\.label) == ["G001"] && view.called.map(\.window) == ["综合窗口2号"])
            #expect((view.ordinary, view.green, view.openWindows) == (1, 0, 1))
            let text = String(decoding: view.json, as: UTF8.self)
            #expect(!text.contains(HallFixture.id(1).text) && !text.contains("disabled"))
        }
    }

    @Test("the journal vouches for tickets, days and rules", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await HallFixture.run(kind) { hall in
            try await hall.setRules { $0.longestWait = 20 }
            let ticket = try await hall.take()
            try await hall.call()
            try await hall.step(.serve, ticket)
            _ = try await hall.close()
            let checks = hall.service.contributions.compactMap { $0 as? StateCheck }
            func findings() async throws -> Int {
                try await Journal.verify(
                    hall.database, publicKey: try SM2.PrivateKey.generate().publicKey, checks: checks
                ).findings.count
            }
            #expect(checks.count == 4)
            #expect(try await findings() == 0)
            for forged in [
                "UPDATE hall_ticket SET since = since - 1", "UPDATE hall_day SET closed_at = NULL",
                "UPDATE hall_rules SET body = '{}'",
            ] {
                let before = try await findings()
                try await hall.write { _ = try $0.execute(forged) }
                #expect(try await findings() == before + 1)
            }
        }
    }
}
