import Cryptography
import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import AgeFriendly

@Suite("Orders of home visits")
struct VisitTests {
    @Test(
        "one press orders the first free half day at the registered address; each state has one next step, and the person sees who comes",
        .covers("R12.18"), arguments: TestDatabase.all)
    func life(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let register = fixture.register
            let elder = fixture.person(fixture.elder)
            let visit = try await fixture.order(by: elder)
            let profile = try SampleIdentities.person(0, today: AgeFixture.day)
            #expect(visit.slot == AgeFixture.tuesday)
            #expect((visit.state, visit.way, visit.kind) == (.ordered, .portal, .home))
            #expect(visit.details.address == profile.address)
            #expect(visit.details.phone == profile.mobile?.text)
            #expect(visit.details.ground == .age)

            let liumin = try #require(fixture.visitor.actor.account)
            #expect(
                await refusal {
                    try await fixture.step(by: fixture.visitor) { try $0.setOut(visit.id, by: $1, in: $2) }
                }
                    == ["age-friendly.wrong_step"])
            try await fixture.step(by: fixture.colleague) { try $0.assign(visit.id, to: liumin, by: $1, in: $2) }
            let seen = try await register.open(visit.id, by: elder)
            let view = try await register.database.read { try register.view(seen, at: AgeFixture.now, in: $0) }
            #expect((view.visitor, view.visitorAgency) == ("刘敏", "岳阳市行政审批服务局"))
            #expect(view.code?.count == 4)
            #expect(view.time == "2026年3月3日（星期二）上午 9:00—11:30")

            #expect(
                await refusal {
                    try await fixture.step(by: fixture.colleague) { try $0.setOut(visit.id, by: $1, in: $2) }
                }
                    == ["age-friendly.not_yours"])
            try await fixture.step(by: fixture.visitor) { try $0.setOut(visit.id, by: $1, in: $2) }
            #expect(
                await refusal {
                    try await fixture.step(by: elder) { try $0.cancel(visit.id, reason: "", by: $1, in: $2) }
                }
                    == ["age-friendly.wrong_step"])
            #expect(
                await refusal {
                    try await fixture.step(by: fixture.visitor) {
                        try $0.finish(visit.id, result: " ", signature: "", by: $1, in: $2)
                    }
                } == ["input.invalid", "result"])
            let done = try await fixture.step(by: fixture.visitor) {
                try $0.finish(visit.id, result: "高龄津贴已受理", signature: "本人签字", by: $1, in: $2)
            }
            #expect((done.state, done.details.result, done.details.signature) == (.done, "高龄津贴已受理", "本人签字"))
            #expect(
                await refusal {
                    try await fixture.step(by: fixture.visitor) {
                        try $0.cancel(visit.id, reason: "错了", by: $1, in: $2)
                    }
                } == ["age-friendly.wrong_step"])
            #expect(
                try await fixture.told(of: visit) == [
                    VisitOrdered.name, VisitAssigned.name, VisitSetOut.name, VisitFinished.name,
                ])
        }
    }

    @Test(
        "a full half day is refused and the next free one named, an order by itself finds it, and a cancelled place is free again",
        .covers("R12.18"), arguments: TestDatabase.all)
    func capacity(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let first = try await fixture.call(by: fixture.visitor)
            try await fixture.call(by: fixture.visitor)
            #expect(first.slot == AgeFixture.tuesday)
            var told = ""
            do {
                try await fixture.call(by: fixture.visitor) { ($0.day, $0.half) = (AgeFixture.tuesday.day, .morning) }
            } catch let problem as Problem {
                told = problem.detail
            }
            #expect(told == "2026年3月3日（星期二）上午已经约满。最近的空档是2026年3月3日（星期二）下午 14:30—17:00，请改约这个时间。")
            let third = try await fixture.call(by: fixture.visitor)
            #expect(third.slot == HalfDay(AgeFixture.tuesday.day, .afternoon))
            let free = try await fixture.register.halfDays(of: nil, at: AgeFixture.now)
            #expect(free.map(\.free) == [0, 1, 2, 2, 2, 2])
            try await fixture.step(by: fixture.visitor) { try $0.cancel(first.id, reason: "重复了", by: $1, in: $2) }
            #expect(try await fixture.call(by: fixture.visitor).slot == AgeFixture.tuesday)
        }
    }

    @Test("orders that come at the same moment never overfill a half day", arguments: TestDatabase.all)
    func race(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let slots = try await withThrowingTaskGroup(of: HalfDay.self) { group in
                for _ in 0..<6 { group.addTask { try await fixture.call(by: fixture.visitor).slot } }
                return try await group.reduce(into: [HalfDay]()) { $0.append($1) }
            }
            let counts = Dictionary(slots.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(counts.count == 3)
            #expect(counts.values.allSatisfy { $0 == 2 })
        }
    }

    @Test("a bell that is pressed twice at once is one order", arguments: TestDatabase.all)
    func twice(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let elder = fixture.person(fixture.elder)
            let refusals = await withTaskGroup(of: [String].self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        await refusal {
                            try await fixture.order(by: elder) {
                                ($0.day, $0.half) = (AgeFixture.tuesday.day, .morning)
                            }
                        }
                    }
                }
                return await group.reduce(into: [[String]]()) { $0.append($1) }
            }
            #expect(refusals.sorted { $0.count < $1.count } == [[], ["age-friendly.ordered_already"]])
            try await fixture.order(by: elder) { ($0.day, $0.half) = (AgeFixture.tuesday.day, .afternoon) }
            #expect(await refusal { try await fixture.order(by: elder) } == ["age-friendly.too_many_open"])
            #expect(try await fixture.register.own(limit: 9, by: elder).count == 2)
        }
    }

    @Test("what can't be ordered is refused with every finding", .covers("R12.17"), arguments: TestDatabase.all)
    func refusals(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let (elder, younger) = (fixture.person(fixture.elder), fixture.person(fixture.younger))
            #expect(await refusal { try await fixture.order(by: younger) } == ["input.invalid", "ground"])
            #expect(
                await refusal { try await fixture.order(by: younger) { $0.ground = .age } } == [
                    "input.invalid", "ground",
                ])
            #expect(try await fixture.order(by: younger) { $0.ground = .caring }.details.ground == .caring)
            #expect(
                await refusal {
                    try await fixture.order(by: elder) {
                        ($0.phone, $0.address, $0.subject) = ("12", "家", "marriage")
                        ($0.division, $0.day, $0.name) = ("430699", AgeFixture.day, "王桂芳")
                    }
                } == ["input.invalid", "phone", "address", "name", "division", "subject", "half"])
            for day in [AgeFixture.day, AgeFixture.day.adding(days: 4), AgeFixture.day.adding(days: -1)] {
                #expect(
                    await refusal { try await fixture.order(by: elder) { ($0.day, $0.half) = (day, .morning) } }
                        == ["input.invalid", "day"])
            }
            #expect(
                await refusal { try await fixture.order(by: elder) { ($0.kind, $0.division) = (.guide, "430626") } }
                    == ["input.invalid", "site"], "the county has no hall")
            let guided = try await fixture.order(by: elder) { $0.kind = .guide }
            #expect(guided.site != nil)
            #expect(guided.details.address.isEmpty)
            #expect(
                await refusal { try await fixture.call(by: AgeFixture.act(.anonymous(terminal: .portal))) }
                    == ["access.forbidden"])
            #expect(await refusal { try await fixture.call(by: fixture.county) } == ["access.forbidden"])
            #expect(
                await refusal { try await fixture.call(by: fixture.visitor) { ($0.name, $0.idNumber) = ("", "1") } }
                    .prefix(3)
                    == ["input.invalid", "name", "id_number"])
        }
    }

    @Test("the address tells whose visitors come, unless a place is chosen", arguments: TestDatabase.all)
    func divisions(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let county = try await fixture.call(by: fixture.visitor) { $0.address = "湖南省岳阳市平江县示例路1号" }
            #expect(county.division == "430626")
            let chosen = try await fixture.call(by: fixture.visitor) {
                ($0.address, $0.division) = ("湖南省岳阳市平江县示例路1号", "430600")
            }
            #expect(chosen.division == "430600")
            #expect(try await fixture.call(by: fixture.visitor).division == "430600")
            let nobody = try PersonProfile(
                name: "王桂芳", documentKind: .passport, idNumber: "E7654321", address: "五里牌街道示例路1号", today: AgeFixture.day
            )
            let identity = fixture.register.identity
            let person = try await fixture.register.database.write {
                try identity.addPerson(nobody, by: AgeFixture.act(), in: $0)
            }
            let unknown = fixture.person(person)
            #expect(await refusal { try await fixture.order(by: unknown) } == ["input.invalid", "phone", "ground"])
            let order = try await fixture.order(by: unknown) { ($0.phone, $0.ground) = ("19900000001", .age) }
            #expect(order.details.ground == .age, "whose birth day is not known says that it is old enough")
        }
    }

    @Test(
        "staff see the orders of their own place in the order in which they are due, in pages, and who looks at one is written down",
        arguments: TestDatabase.all)
    func lists(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let register = fixture.register
            let late = try await fixture.call(by: fixture.visitor) {
                ($0.day, $0.half) = (AgeFixture.day.adding(days: 3), .morning)
            }
            let soon = try await fixture.call(by: fixture.visitor)
            let far = try await fixture.call(by: fixture.county) { $0.division = "430626" }
            #expect(try await register.list(.open, limit: 9, by: fixture.visitor).map(\.id).first != late.id)
            let page = try await register.list(.open, limit: 2, by: fixture.visitor)
            #expect(Set(page.map(\.id)) == [soon.id, far.id])
            let last = try #require(page.last)
            let rest = try await register.list(
                .open, after: VisitRegister.cursor(last.slot, last.id), limit: 9, by: fixture.visitor)
            #expect(rest.map(\.id) == [late.id])
            #expect(try await register.list(.open, limit: 9, by: fixture.county).map(\.id) == [far.id])
            #expect(
                await refusal { _ = try await register.open(soon.id, by: fixture.county) } == ["resource.not_found"])
            #expect(
                await refusal { _ = try await register.list(.open, limit: 9, by: fixture.person(fixture.elder)) }
                    == ["access.forbidden"])
            #expect(
                await refusal { _ = try await register.open(soon.id, by: fixture.person(fixture.elder)) }
                    == ["resource.not_found"])
            let views = try await register.listed(page, at: AgeFixture.now)
            #expect(views.allSatisfy { $0.name == "王**" && $0.phone == nil && $0.address == nil && $0.code == nil })

            _ = try await register.open(soon.id, by: fixture.visitor)
            #expect(try await fixture.told(of: soon) == [VisitOrdered.name, VisitRead.name])
            let county = try #require(fixture.county.actor.account)
            #expect(
                await refusal {
                    try await fixture.step(by: fixture.visitor) { try $0.assign(soon.id, to: county, by: $1, in: $2) }
                } == ["input.invalid", "account"])
            let own = try #require(fixture.visitor.actor.account)
            try await fixture.step(by: fixture.visitor) { try $0.assign(soon.id, to: own, by: $1, in: $2) }
            #expect(try await register.list(.mine, limit: 9, by: fixture.visitor).map(\.id) == [soon.id])
            try await fixture.step(by: fixture.visitor) { try $0.cancel(soon.id, reason: "家里没人", by: $1, in: $2) }
            #expect(try await register.list(.closed, limit: 9, by: fixture.visitor).map(\.id) == [soon.id])
            #expect(try await register.list(.mine, limit: 9, by: fixture.visitor).isEmpty)
        }
    }

    @Test("the journal vouches for orders, and keys can be rotated", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let visit = try await fixture.order(by: fixture.person(fixture.elder)) { $0.words = "想问高龄津贴" }
            let tools = try fixture.kernel.services(KernelTools.self)
            try await KeyRotation(tools.encryptedColumns).run(
                on: fixture.register.database, keyring: tools.foundation.keyring, at: AgeFixture.now)
            #expect(try await fixture.register.open(visit.id, by: fixture.visitor).details.words == "想问高龄津贴")
            #expect(try await verify(fixture).findings == [])
            try await fixture.register.database.write {
                _ = try $0.execute("UPDATE age_friendly_visit SET state = 'done'")
            }
            #expect(try await verify(fixture).findings.count == 1)
        }
    }

    private func verify(_ fixture: AgeFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.register.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: [fixture.register.state.check()])
    }
}
