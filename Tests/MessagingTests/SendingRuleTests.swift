import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Messaging

@Suite("When short messages go")
struct SendingRuleTests {
    @Test(
        "at night a notice waits for the morning and says why; a one-time code goes at once",
        arguments: TestDatabase.all)
    func night(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            try world.set("2026-03-02T15:30:00Z")
            let notice = try await world.post(world.draft())
            _ = try await world.post(world.draft("test.code", ["验证码": "482913"]))
            try await world.send()
            #expect(world.provider.sent.map(\.text) == ["验证码482913，五分钟内有效。"])
            let waiting = try await world.service.notice(try #require(notice), by: world.system).deliveries[0]
            #expect(waiting.reasonText == "夜间不打扰，等到早上再发")
            let morning = try Instant("2026-03-03T00:00:00Z")
            #expect(waiting.dueAt == morning)
            try world.set("2026-03-03T00:00:00Z")
            try await world.send()
            #expect(world.provider.sent.count == 2)
        }
    }

    @Test("the one-time code lies in no inbox", arguments: TestDatabase.all)
    func code(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let id = try #require(try await world.post(world.draft("test.code", ["验证码": "482913"])))
            #expect(try await world.service.inbox(by: world.person()).items.isEmpty)
            #expect(try await world.service.unread(by: world.person().actor) == 0)
            await #expect(throws: MessagingError.notFound) { _ = try await world.service.open(id, by: world.person()) }
        }
    }

    @Test(
        "one telephone gets only so many messages in an hour; the rest follow when it may", arguments: TestDatabase.all)
    func rate(_ kind: TestDatabaseKind) async throws {
        var settings = MessagingWorld.settings
        settings.sms.perPhonePerHour = 2
        settings.sms.perPhonePerDay = 3
        settings.sms.quietHours = nil
        try await MessagingWorld.run(kind, settings: settings) { world in
            for occasion in ["1", "2", "3", "4"] {
                try await world.post(world.draft(occasion: occasion))
                world.wait(.seconds(60))
            }
            try await world.send()
            #expect(world.provider.sent.count == 2)
            world.wait(.seconds(3_601))
            try await world.send()
            #expect(world.provider.sent.count == 3)
            world.wait(.seconds(3_600))
            try await world.send()
            #expect(world.provider.sent.count == 3)
            world.wait(.seconds(86_400))
            try await world.send()
            #expect(world.provider.sent.count == 4)
        }
    }

    @Test("quiet hours end when they say, for every minute of a day")
    func quietHours() throws {
        let start = try Instant("2026-03-02T16:00:00Z")  // midnight in Shanghai
        for text in ["22:00-08:00", "00:00-06:30", "12:00-14:00"] {
            let hours = try #require(QuietHours(text))
            let ends = text.suffix(5).split(separator: ":").map { Int($0) ?? 0 }
            for minute in 0..<1440 {
                let now = start.adding(.seconds(minute * 60))
                let earliest = hours.earliest(at: now)
                #expect(earliest >= now)
                #expect(earliest - now < .seconds(86_400))
                #expect(hours.earliest(at: earliest) == earliest)
                if earliest > now {
                    let minutes = Int((earliest.milliseconds - start.milliseconds) / 60_000) % 1440
                    #expect(minutes == ends[0] * 60 + ends[1])
                }
            }
        }
        for text in ["", "22:00", "22-8", "24:00-08:00", "8:00-9:00", "08:00-08:00"] {
            #expect(QuietHours(text) == nil)
        }
    }

    @Test(
        "a report with the right signature tells what became of a message, once; a failure goes on to paper",
        arguments: TestDatabase.all)
    func reports(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let notice = try #require(try await world.post(world.draft()))
            let other = try #require(try await world.post(world.draft(occasion: "2")))
            try await world.send()
            let key = try await world.service.notice(notice, by: world.system).deliveries[0].id.text
            let otherKey = try await world.service.notice(other, by: world.system).deliveries[0].id.text
            var report = DeliveryReport()
            report.requestID = key
            report.timestamp = 7
            report.signature = sign([key, "delivered", "", "7"])
            let forged = Self.failed(report)
            await #expect(throws: MessagingError.badSignature) {
                try await world.service.take(forged, by: world.system)
            }
            for _ in 0..<2 { try await world.service.take(report, by: world.system) }
            #expect(try await world.events(notice) == ["message.posted", "message.sent", "message.delivered"])
            report.requestID = otherKey
            report.status = .failed
            report.reason = "PHONE_OFF"
            report.signature = sign([otherKey, "failed", "PHONE_OFF", "7"])
            for _ in 0..<2 { try await world.service.take(report, by: world.system) }
            #expect(try await world.ways(other) == ["phone failed", "paper to-print"])
        }
    }

    private static func failed(_ report: DeliveryReport) -> DeliveryReport {
        var report = report
        report.status = .failed
        return report
    }

    private func sign(_ fields: [String]) -> String {
        // What a provider computes on its side.
        ProviderSignature.code(fields, secret: "secret")
    }

    @Test("the sandbox keeps each message once, for who may read it", arguments: TestDatabase.all)
    func sandbox(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind, isSandbox: true) { world in
            let notice = try await world.post(world.draft())
            try await world.send()
            #expect(try await world.ways(notice) == ["phone delivered"])
            let messages = try await world.service.sandboxMessages(by: world.clerk("430600", [MessagingService.manage]))
            #expect(messages.items.map(\.phone) == ["13800000001"])
            #expect(messages.items.map(\.text) == ["您的“出生一件事”有了决定，编号A1。"])
            await #expect(throws: MessagingError.forbidden) {
                _ = try await world.service.sandboxMessages(by: world.clerk())
            }
        }
    }

    @Test("without a channel a due notice goes on paper", arguments: TestDatabase.all)
    func none(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind, settings: MessagingSettings(), isSandbox: true) { world in
            let notice = try await world.post(world.draft())
            #expect(try await world.ways(notice) == ["paper to-print"])
        }
    }
}
