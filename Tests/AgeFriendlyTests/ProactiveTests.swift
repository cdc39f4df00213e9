import Cryptography
import Kernel
import PluginKit
import StorageTestSupport
import TestSupport
import Testing

@testable import AgeFriendly

@Suite("Visits that the office offers by itself")
struct ProactiveTests {
    /// Three persons who become a hundred on 20 March 2026: one agreed, one said nothing, one wants none.
    private struct Hundred {
        let willing: Identifier
        let silent: Identifier
        let unwilling: Identifier
    }

    private func hundred(_ fixture: AgeFixture) async throws -> Hundred {
        let birth = try LegalDay(year: 1926, month: 3, day: 20)
        let addresses = ["湖南省岳阳市平江县示例路1号", "湖南省岳阳市示例路2号", "湖南省岳阳市示例路3号"]
        let identity = fixture.register.identity
        let persons = try await fixture.register.database.write { transaction in
            try addresses.enumerated().map { index, address in
                try identity.addPerson(
                    try PersonProfile(
                        name: "王桂芳", documentKind: .passport, idNumber: "E1234567\(index)", address: address,
                        birthDay: birth, today: AgeFixture.day), by: AgeFixture.act(), in: transaction)
            }
        }
        let hundred = Hundred(willing: persons[0], silent: persons[1], unwilling: persons[2])
        try await choose(.welcome, hundred.willing, fixture)
        try await choose(.unwanted, hundred.unwilling, fixture)
        return hundred
    }

    private func choose(_ choice: ProactiveChoice, _ person: Identifier, _ fixture: AgeFixture) async throws {
        let (proactive, act) = (fixture.proactive, fixture.person(person))
        try await fixture.register.database.write { try proactive.choose(choice, by: act, in: $0) }
    }

    /// Gives a party a licence that ends on a day.
    private func issue(_ type: String, to party: Identifier, until end: LegalDay, _ fixture: AgeFixture) async throws {
        let licences = fixture.proactive.licences
        var draft = LicenceDraft(
            type: type, number: "N-\(party)", holders: [LicenceHolder(party: party, name: "王桂芳", idNumber: nil)],
            issuer: LicenceIssuer(name: "岳阳市公安局", creditCode: nil), origin: .elsewhere,
            issuedOn: end.adding(days: -3650), division: "430600")
        draft.validUntil = end
        let made = draft
        try await fixture.register.database.write { _ = try licences.importHeld([made], by: AgeFixture.act(), in: $0) }
    }

    /// Who opened a person's profile, by the journal.
    private func looks(at person: Identifier, _ fixture: AgeFixture) async throws -> [String] {
        let stream = StreamID(division: "430600", kind: "identity.person", id: person.text)
        return try await fixture.register.database.read {
            try Journal.entries(of: stream, in: $0).filter { $0.entry.type == "identity.profile_read" }.map(
                \.entry.actor)
        }
    }

    private func made(_ fixture: AgeFixture) async throws -> Int {
        try await fixture.proactive.make(by: AgeFixture.act())
    }

    private func list(
        _ state: ProactiveVisit.State = .toVisit, after: String? = nil, limit: Int = 9, by act: Act,
        _ fixture: AgeFixture
    ) async throws -> [ProactiveVisit] {
        try await fixture.proactive.list(state, after: after, limit: limit, by: act)
    }

    private func close(
        _ visit: ProactiveVisit, as state: ProactiveVisit.State, note: String = "", isForGood: Bool = false,
        by act: Act,
        _ fixture: AgeFixture
    ) async throws {
        let (proactive, act) = (fixture.proactive, fixture.again(act))
        _ = try await fixture.register.database.write {
            try proactive.close(visit.id, as: state, note: note, isForGood: isForGood, by: act, in: $0)
        }
    }

    @Test(
        "without a rule only those who agreed are listed, once, and nobody else's profile is opened", .covers("R12.18"),
        arguments: TestDatabase.all)
    func consent(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            let persons = try await hundred(fixture)
            #expect(try await made(fixture) == 1)
            #expect(try await made(fixture) == 0)
            let listed = try await list(by: fixture.visitor, fixture)
            #expect(listed.map(\.person) == [persons.willing])
            #expect(listed.map(\.occasion) == ["2026年3月20日满 100 周岁"])
            #expect(listed.map(\.basis) == [.consent])
            #expect(listed.map(\.division) == ["430626"], "the address names the county")
            #expect(try await looks(at: persons.willing, fixture) == ["system:age-friendly"])
            #expect(try await looks(at: persons.silent, fixture) == [])
            #expect(try await looks(at: persons.unwilling, fixture) == [])
            try await choose(.welcome, persons.silent, fixture)
            #expect(try await made(fixture) == 1)
        }
    }

    @Test(
        "with a rule named, everybody is listed who does not object, and the daily job does it", .covers("R12.18"),
        arguments: TestDatabase.all)
    func duty(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind, basis: "示例办法第三条") { fixture in
            let persons = try await hundred(fixture)
            let job = try #require(fixture.kernel.registry.jobs.first { $0.value.name.hasSuffix("proactive-list") })
            try await job.value.run(AgeFixture.act())
            try await job.value.run(AgeFixture.act())
            let listed = try await list(by: fixture.visitor, fixture)
            #expect(Set(listed.map(\.person)) == [persons.willing, persons.silent])
            let silent = try #require(listed.first { $0.person == persons.silent })
            #expect(silent.basis == .duty)
            let views = try await fixture.proactive.listed([silent], on: AgeFixture.day)
            #expect(views.map(\.basisText) == ["法定职责：示例办法第三条"])
            #expect(try await looks(at: persons.unwilling, fixture) == [])
            try await choose(.unwanted, persons.silent, fixture)
            #expect(try await list(by: fixture.visitor, fixture).map(\.person) == [persons.willing])
            #expect(try await list(.declined, by: fixture.visitor, fixture).map(\.person) == [persons.silent])
            #expect(try await made(fixture) == 0)
        }
    }

    @Test(
        "licences of persons that lapse soon are an occasion, those of enterprises are none",
        arguments: TestDatabase.all)
    func licences(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind, basis: "示例办法第三条") { fixture in
            let (elder, today) = (fixture.elder, AgeFixture.day)
            try await issue("居民身份证", to: elder, until: today.adding(days: 10), fixture)
            try await issue("居民身份证", to: fixture.younger, until: today.adding(days: 31), fixture)
            let identity = fixture.register.identity
            let shop = try await fixture.register.database.write {
                try identity.addEnterprise(try SampleIdentities.enterprise(1), by: AgeFixture.act(), in: $0)
            }
            try await issue("食品经营许可证", to: shop, until: today.adding(days: 5), fixture)
            #expect(try await made(fixture) == 1)
            #expect(try await made(fixture) == 0)
            let listed = try await list(by: fixture.visitor, fixture)
            #expect(listed.map(\.person) == [elder])
            #expect(listed.map(\.occasion) == ["居民身份证2026年3月12日到期"])
        }
    }

    @Test(
        "staff see their own place by the day, masked; opening one is in both logs; it is closed once, and for good where wanted",
        .covers("R12.18"), arguments: TestDatabase.all)
    func visiting(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind, basis: "示例办法第三条") { fixture in
            let persons = try await hundred(fixture)
            try await issue("居民身份证", to: persons.silent, until: AgeFixture.day.adding(days: 3), fixture)
            #expect(try await made(fixture) == 3)
            let all = try await list(by: fixture.visitor, fixture)
            #expect(all.map(\.reason) == [.licence, .birthday, .birthday])
            let first = try await list(limit: 1, by: fixture.visitor, fixture)
            let cursor = ProactiveRegister.cursor(first[0].due, first[0].id)
            #expect(try await list(after: cursor, by: fixture.visitor, fixture).map(\.id) == all.dropFirst().map(\.id))
            let own = try await list(by: fixture.county, fixture)
            #expect(own.map(\.person) == [persons.willing])
            #expect(own.map(\.body.maskedName) == ["王**"])
            #expect(
                await refusal { _ = try await fixture.proactive.open(all[0].id, by: fixture.county) } == [
                    "resource.not_found"
                ])
            #expect(
                await refusal { _ = try await list(by: fixture.person(fixture.elder), fixture) } == ["access.forbidden"]
            )

            let opened = try await fixture.proactive.open(own[0].id, by: fixture.county)
            #expect(opened.profile?.name.text == "王桂芳")
            #expect(try await looks(at: persons.willing, fixture).count == 2)
            #expect(
                await refusal { try await close(own[0], as: .visited, by: fixture.county, fixture) } == [
                    "input.invalid", "note",
                ])
            try await close(own[0], as: .visited, note: "百岁津贴已经办好", by: fixture.county, fixture)
            #expect(
                await refusal { try await close(own[0], as: .declined, by: fixture.county, fixture) } == [
                    "age-friendly.wrong_step"
                ])
            let stream = StreamID(division: "430626", kind: "age-friendly.proactive", id: own[0].id.text)
            let told = try await fixture.register.database.read {
                try Journal.entries(of: stream, in: $0).map(\.entry.type)
            }
            #expect(told == [ProactiveVisitListed.name, ProactiveVisitRead.name, ProactiveVisitClosed.name])
            let closed = try await fixture.proactive.open(own[0].id, by: fixture.county)
            #expect(closed.profile == nil, "who is closed is nobody's business any more")

            try await close(all[0], as: .declined, isForGood: true, by: fixture.visitor, fixture)
            #expect(
                try await list(by: fixture.visitor, fixture).isEmpty,
                "the other occasion of the same person is closed too")
            #expect(try await made(fixture) == 0)
        }
    }

    @Test("the journal vouches for the list and for what persons chose", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await AgeFixture.run(kind) { fixture in
            _ = try await hundred(fixture)
            #expect(try await made(fixture) == 1)
            #expect(try await verify(fixture).findings == [])
            try await fixture.register.database.write {
                _ = try $0.execute("UPDATE age_friendly_choice SET choice = 'welcome' WHERE choice = 'unwanted'")
                _ = try $0.execute("UPDATE age_friendly_proactive SET basis = 'duty'")
            }
            #expect(try await verify(fixture).findings.count == 2)
        }
    }

    private func verify(_ fixture: AgeFixture) async throws -> JournalReport {
        try await Journal.verify(
            fixture.register.database, publicKey: try SM2.PrivateKey.generate().publicKey,
            checks: [fixture.proactive.state.check(), fixture.proactive.choices.check()])
    }

    @Test("somebody born on 29 February reaches an age on 1 March of a common year, and is found there")
    func leapDays() throws {
        let reader = SettingsReader(area: "x", values: ["ages": [100, 80], "daysBefore": 1])
        let rules = try ProactiveRules(reader)
        #expect(reader.findings == [])
        let birth = try LegalDay(year: 1928, month: 2, day: 29)
        #expect(ProactiveRules.day(of: 99, bornOn: birth) == (try LegalDay(year: 2027, month: 3, day: 1)))
        #expect(ProactiveRules.day(of: 100, bornOn: birth) == (try LegalDay(year: 2028, month: 2, day: 29)))
        let found = rules.birthDays(reaching: 80, on: try LegalDay(year: 2025, month: 2, day: 28))
        #expect(found.map(\.text) == ["1945-02-28", "1945-03-01"])
        let common = rules.birthDays(reaching: 81, on: try LegalDay(year: 2025, month: 2, day: 28))
        #expect(common.map(\.text) == ["1944-02-28", "1944-03-01", "1944-02-29"])
        let bad = SettingsReader(area: "x", values: ["ages": [80, "九十"]])
        _ = try ProactiveRules(bad)
        #expect(bad.findings.map(\.field) == ["x.ages"])
    }
}
