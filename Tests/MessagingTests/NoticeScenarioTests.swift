import Documents
import Extension
import Standards
import Storage
import StorageTestSupport
import Testing

@testable import Messaging

@Suite("Notices, from the event to the proof")
struct NoticeScenarioTests {
    @Test(
        "a notice lies in the inbox, goes by SMS once, and its first opening is the proof", arguments: TestDatabase.all)
    func story(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let notice = try #require(try await world.post(world.draft()))
            #expect(try await world.service.unread(by: world.person().actor) == 1)
            #expect(try await world.send() == 1)
            #expect(try await world.send() == 0)
            let message = try #require(world.provider.sent.first)
            #expect(world.provider.sent.count == 1)
            #expect(message.template == "test.decided")
            #expect(message.variables == ["出生一件事", "A1"])
            #expect(message.text == "您的“出生一件事”有了决定，编号A1。")
            world.wait(.seconds(60))
            let opened = try await world.service.open(notice, by: world.person())
            #expect(opened.readAt == world.now)
            let first = world.now
            world.wait(.seconds(60))
            #expect(try await world.service.open(notice, by: world.person()).readAt == first)
            #expect(try await world.service.unread(by: world.person().actor) == 0)
            #expect(try await world.events(notice) == ["message.posted", "message.sent", "message.read"])
        }
    }

    @Test("what is told twice is one notice", arguments: TestDatabase.all)
    func once(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            #expect(try await world.post(world.draft()) != nil)
            #expect(try await world.post(world.draft()) == nil)
            #expect(try await world.post(world.draft(occasion: "2")) != nil)
            try await world.send()
            #expect(world.provider.sent.count == 2)
        }
    }

    @Test("nobody opens another's message, nor through a clerk at the window", arguments: TestDatabase.all)
    func privacy(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let notice = try #require(try await world.post(world.draft()))
            await #expect(throws: MessagingError.notFound) {
                _ = try await world.service.open(notice, by: world.person(MessagingWorld.father))
            }
            await #expect(throws: MessagingError.notFound) {
                _ = try await world.service.open(
                    notice, by: world.person(for: MessagingWorld.id(9)))
            }
            let post = try #require(world.clerk().actor.post)
            let assisted = Act(
                actor: .assisted(
                    MessagingWorld.mother, by: Assistant(account: MessagingWorld.id(22), post: post), session: nil,
                    name: "李晓梅"), now: world.now)
            await #expect(throws: MessagingError.notFound) { _ = try await world.service.open(notice, by: assisted) }
            #expect(try await world.service.unread(by: assisted.actor) == 0)
        }
    }

    @Test("a provider that took a message and whose answer was lost sends it once", arguments: TestDatabase.all)
    func lostAnswer(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.provider.answer(.takenAndLost)
            let notice = try await world.post(world.draft())
            try await world.send()
            #expect(try await world.ways(notice) == ["phone waiting"])
            world.wait(.seconds(31))
            try await world.send()
            #expect(world.provider.requests == 2)
            #expect(world.provider.sent.count == 1)
            #expect(try await world.ways(notice) == ["phone sent"])
        }
    }

    @Test(
        "what a server had taken when it died is sent by another after the lease, with the same key",
        arguments: TestDatabase.all)
    func crash(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let notice = try await world.post(world.draft())
            let lease = world.now.adding(.seconds(70))
            try await world.database.write { transaction in
                _ = try transaction.execute(
                    "UPDATE message_delivery SET state = 'sending', attempts = 1, lease_until = ?", lease)
            }
            #expect(try await world.send() == 0)
            world.wait(.seconds(71))
            #expect(try await world.send() == 1)
            #expect(try await world.ways(notice) == ["phone sent"])
        }
    }

    @Test(
        "a provider that is down is asked again with growing pauses; then the notice goes on paper",
        arguments: TestDatabase.all)
    func down(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let busy = Provider.Answer.refused(ChannelFailure("http_503", isPassing: true))
            world.provider.answer(busy, busy, busy)
            let notice = try await world.post(world.draft())
            try await world.send()
            world.wait(.seconds(29))
            #expect(try await world.send() == 0)
            world.wait(.seconds(1))
            #expect(try await world.send() == 1)
            world.wait(.seconds(60))
            #expect(try await world.send() == 1)
            #expect(try await world.ways(notice) == ["phone failed", "paper to-print"])
            #expect(try await world.events(notice) == ["message.posted", "message.failed"])
            world.wait(.seconds(86_400))
            #expect(try await world.send() == 0)
        }
    }

    @Test("a telephone that does not exist is not asked again; a reminder ends with it", arguments: TestDatabase.all)
    func noSuchPhone(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            let gone = Provider.Answer.refused(ChannelFailure("INVALID_PHONE", isPassing: false))
            world.provider.answer(gone, gone)
            let due = try await world.post(world.draft())
            try await world.send()
            #expect(try await world.ways(due) == ["phone failed", "paper to-print"])
            let reminder = try await world.post(world.draft("test.reminder"))
            try await world.send()
            #expect(try await world.ways(reminder) == ["phone failed"])
        }
    }

    @Test(
        "without telephone the helper gets a message that names for whom it is, and a paper is printed",
        arguments: TestDatabase.all)
    func helper(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: "岳阳楼区某路1号"), of: MessagingWorld.mother)
            try await world.name(MessagingWorld.helper)
            let notice = try await world.post(world.draft())
            #expect(try await world.ways(notice) == ["helper waiting", "paper to-print"])
            try await world.send()
            let message = try #require(world.provider.sent.first)
            #expect(message.phone.text == "13900000009")
            #expect(message.template == "test.decided.helper")
            #expect(message.variables == ["李晓梅", "出生一件事", "A1"])
            #expect(message.text.hasPrefix("您是李晓梅的指定联系人，请转告："))
        }
    }

    @Test(
        "who has no registered telephone is told at the one that it stated for the matter", arguments: TestDatabase.all)
    func stated(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: nil), of: MessagingWorld.mother)
            var draft = world.draft()
            draft.stated = NoticeDraft.Stated(phone: "13700000007", address: nil)
            try await world.post(draft)
            try await world.send()
            #expect(world.provider.sent.map(\.phone.text) == ["13700000007"])
        }
    }

    @Test("a helper whose time is over is told nothing", arguments: TestDatabase.all)
    func helperEnded(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: nil), of: MessagingWorld.mother)
            var input = MessagingWorld.helper
            input.helperEndsOn = world.now.day
            try await world.name(input)
            #expect(try await world.ways(try await world.post(world.draft())) == ["helper waiting"])
            world.wait(.seconds(86_400))
            #expect(try await world.ways(try await world.post(world.draft(occasion: "2"))) == ["staff undelivered"])
        }
    }

    @Test(
        "what no way leads to waits for a member of staff, who settles it or sends it again",
        arguments: TestDatabase.all)
    func undelivered(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(nil, of: MessagingWorld.mother)
            let first = try #require(try await world.post(world.draft()))
            world.wait(.seconds(1))
            let second = try #require(try await world.post(world.draft(occasion: "2")))
            #expect(try await world.ways(first) == ["staff undelivered"])
            let list = try await world.service.deliveries(.undelivered, by: world.system)
            #expect(list.items.map(\.notice) == [first.text, second.text])
            let ids = try list.items.map { try Identifier($0.id) }
            let act = world.system
            await #expect(throws: MessagingError.self) {
                _ = try await world.write { try $0.resend(ids[0], by: act, in: $1) }
            }
            _ = try await world.write { try $0.resolve(ids[0], note: "12月1日电话告知", by: act, in: $1) }
            #expect(try await world.ways(first) == ["staff resolved"])
            world.town.know(
                Contact(name: "李晓梅", phone: try MobileNumber("13800000001"), address: nil), of: MessagingWorld.mother)
            _ = try await world.write { try $0.resend(ids[1], by: act, in: $1) }
            #expect(try await world.ways(second) == ["staff cancelled", "phone waiting"])
            #expect(try await world.events(second) == ["message.posted", "message.resent"])
            #expect(try await world.service.deliveries(.undelivered, by: world.system).items.isEmpty)
        }
    }

    @Test("a paper is posted, comes back, and then a member of staff sees to it", arguments: TestDatabase.all)
    func returned(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: "某路1号"), of: MessagingWorld.mother)
            let notice = try #require(try await world.post(world.draft()))
            let id = try #require(try await world.service.notice(notice, by: world.system).deliveries.first?.id)
            let act = world.system
            _ = try await world.write { try $0.recordPosting(id, tracking: "EM100000001CN", by: act, in: $1) }
            await #expect(throws: MessagingError.self) {
                _ = try await world.write { try $0.recordPosting(id, tracking: "EM100000001CN", by: act, in: $1) }
            }
            _ = try await world.write { try $0.recordReturn(id, by: act, in: $1) }
            #expect(try await world.ways(notice) == ["paper failed", "staff undelivered"])
            #expect(
                try await world.events(notice) == ["message.posted", "message.paper_posted", "message.failed"])
        }
    }

    @Test(
        "serving a paper of legal force is recorded with the paper, and serving it elsewhere takes it off the list",
        arguments: TestDatabase.all)
    func legalPaper(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: "某路1号"), of: MessagingWorld.mother)
            let notice = try #require(try await world.post(world.draft(paper: MessagingWorld.paper)))
            let id = try #require(try await world.service.notice(notice, by: world.system).deliveries.first?.id)
            let act = world.system
            let printed = try await world.service.print(id, by: act)
            #expect(printed.name == "岳审决〔2026〕1号.pdf")
            let service = NoticeService(way: .inPerson, recipient: "李小红（女儿）", day: act.now.day, tracking: nil)
            _ = try await world.write { try $0.recordService(id, service, by: act, in: $1) }
            #expect(world.papers.served[MessagingWorld.paper.id] == service)
            #expect(try await world.events(notice) == ["message.posted", "message.served"])

            let other = try #require(
                try await world.post(world.draft(occasion: "2", paper: MessagingWorld.paper)))
            try await world.write { try $0.paperServed(MessagingWorld.paper.id, by: act, in: $1) }
            #expect(try await world.ways(other) == ["paper served"])
        }
    }

    @Test("an enterprise is told through who may act for it in the matter", arguments: TestDatabase.all)
    func enterprise(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            func draft(covering names: [String]) -> NoticeDraft {
                NoticeDraft(
                    kind: "test.decided",
                    to: .enterprise(creditCode: MessagingWorld.creditCode, covering: names), division: "430600",
                    sender: "岳阳市行政审批局", values: ["事项": "企业开办", "编号": "A1"], subject: "c1")
            }
            #expect(try await world.post(draft(covering: ["birth"])) == nil)
            let notice = try #require(try await world.post(draft(covering: ["enterprise-setup"])))
            let found = try await world.service.notice(notice, by: world.system).notice
            #expect(found.recipient == Recipient(party: MessagingWorld.company, person: MessagingWorld.father))
        }
    }

    @Test(
        "opening a paper serves it to who agreed to electronic service, and to nobody else", arguments: TestDatabase.all
    )
    func electronic(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: "某路1号"), of: MessagingWorld.mother)
            let act = world.person()
            let first = try #require(try await world.post(world.draft(paper: MessagingWorld.paper)))
            _ = try await world.service.open(first, by: act)
            #expect(world.papers.served.isEmpty)

            var agreed = ContactInput()
            agreed.acceptsElectronic = true
            let input = agreed
            _ = try await world.write { try $0.changeOwnContact(input, expected: 0, by: act, in: $1) }
            #expect(try await world.service.ownContact(by: act).acceptsElectronic)
            let second = try #require(
                try await world.post(world.draft(occasion: "2", paper: MessagingWorld.paper)))
            _ = try await world.service.open(second, by: act)
            #expect(world.papers.served.keys.map(\.self) == [MessagingWorld.paper.id])
        }
    }

    @Test("our own letters are numbered without gaps, and a letter says where it goes", arguments: TestDatabase.all)
    func letters(_ kind: TestDatabaseKind) async throws {
        try await MessagingWorld.run(kind) { world in
            world.town.know(Contact(name: "李晓梅", phone: nil, address: "某路1号"), of: MessagingWorld.mother)
            var numbers: [String] = []
            for occasion in ["1", "2", "3"] {
                let notice = try #require(try await world.post(world.draft(occasion: occasion)))
                let found = try await world.service.notice(notice, by: world.system)
                let delivery = try #require(found.deliveries.first)
                numbers.append(delivery.number ?? "")
                let blocks = Letter(delivery, found.notice, from: "岳阳市政务服务中心").document.blocks
                #expect(blocks.first == .line("某路1号"))
            }
            #expect(numbers == ["通〔2026〕1号", "通〔2026〕2号", "通〔2026〕3号"])
        }
    }
}
