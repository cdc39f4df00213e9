import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Showing licences by a code")
struct PresentationTests {
    private static let child = Seedling.act(Seedling.person("child", for: Seedling.identifier("child")), "show")

    private static func clerk(_ agency: String = "银行", at minutes: Int = 0) -> Act {
        let act = Seedling.act(Seedling.staff(agency: agency), "read/\(agency)/\(minutes)")
        return Act(actor: act.actor, now: act.now.adding(.seconds(60 * minutes)), seed: act.seed)
    }

    private static func input(_ licence: Licence?, audience: String = "staff", uses: Int = 1) -> PresentationInput {
        var input = PresentationInput()
        input.licences = licence.map { [$0.id.text] } ?? []
        input.labels = ["持证主体", "性别"]
        (input.audience, input.minutes, input.uses, input.purpose) = (audience, 5, uses, "入学")
        return input
    }

    private static func begin(
        _ fixture: ServiceFixture, _ input: PresentationInput, by act: Act = child
    ) async throws -> BegunPresentation {
        try await fixture.database.write { [service = fixture.service] in
            try service.present(input, by: act, in: $0)
        }
    }

    private static func read(
        _ fixture: ServiceFixture, _ code: PresentationCode, by act: Act
    ) async throws -> PresentationReading {
        try await fixture.database.write { [service = fixture.service] in
            try service.readPresentation(code, by: act, in: $0)
        }
    }

    /// Why a code can't be read; nil when it can.
    private static func refusal(
        _ fixture: ServiceFixture, _ code: PresentationCode, by act: Act
    ) async -> LicenceError.Code? {
        do {
            _ = try await read(fixture, code, by: act)
            return nil
        } catch {
            return (error as? LicenceError)?.code
        }
    }

    /// What is wrong with a presentation that somebody wants to begin.
    private static func faults(_ fixture: ServiceFixture, _ input: PresentationInput, by act: Act) async -> [String] {
        do {
            _ = try await begin(fixture, input, by: act)
            return []
        } catch {
            return (error as? LicenceError)?.findings.map(\.code) ?? ["\(error)"]
        }
    }

    @Test(
        "the reader sees what was consented to and nothing else, and both sides have it on record",
        .covers("R14.15"), arguments: TestDatabase.all)
    func shown(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let begun = try await Self.begin(fixture, Self.input(licence))
            let reading = try await Self.read(fixture, begun.code, by: Self.clerk())
            let shown = try #require(reading.licences.first)
            #expect(shown.fields == [LicenceField("持证主体", "王𬱖"), LicenceField("性别", "男")])
            #expect(shown.title == "出生医学证明" && shown.standing == "有效" && reading.purpose == "入学")
            let mine = try await fixture.service.presentations(by: Self.child)
            #expect(mine.map(\.titles) == [["出生医学证明"]])
            #expect(mine.first?.readings.map(\.agency) == [Seedling.identifier("银行")])
            #expect(try await fixture.events(of: licence) == ["licence.issued", "licence.looked_up"])
            let desk = StreamID(division: "430600", kind: "licence-desk", id: Seedling.identifier("银行").text)
            let records = try await fixture.database.read { try Journal.entries(of: desk, in: $0) }
            #expect(records.map(\.entry.type) == ["licence.presentation_read"])
            #expect(try await LicenceAuditTests.verify(fixture).findings == [])
        }
    }

    @Test(
        "a code is read as often as was agreed, by whom it was bound to, in its time, and not after it was stopped",
        arguments: TestDatabase.all)
    func bounds(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            func refused(_ code: PresentationCode, by act: Act) async -> LicenceError.Code? {
                await Self.refusal(fixture, code, by: act)
            }
            func begin(_ input: PresentationInput, _ label: String) async throws -> BegunPresentation {
                try await Self.begin(fixture, input, by: Seedling.act(Self.child.actor, label))
            }
            let once = try await begin(Self.input(licence), "once").code
            _ = try await Self.read(fixture, once, by: Self.clerk())
            #expect(await refused(once, by: Self.clerk()) == .code)

            let bound = try await begin(Self.input(licence, uses: 3), "bound").code
            #expect(await refused(bound, by: Seedling.act(.anonymous(terminal: .portal))) == .onlyForStaff)
            _ = try await Self.read(fixture, bound, by: Self.clerk("学校"))
            #expect(await refused(bound, by: Self.clerk("银行")) == .code)
            _ = try await Self.read(fixture, bound, by: Self.clerk("学校"))

            let named = Self.input(licence, audience: Seedling.identifier("学校").text)
            let other = try await begin(named, "named").code
            #expect(await refused(other, by: Self.clerk("银行")) == .code)
            _ = try await Self.read(fixture, other, by: Self.clerk("学校"))

            let late = try await begin(Self.input(licence), "late").code
            #expect(await refused(late, by: Self.clerk(at: 5)) == .code)
            let stopped = try await begin(Self.input(licence, audience: "anyone"), "stopped")
            try await fixture.database.write { [service = fixture.service] in
                try service.endPresentation(stopped.presentation.id, by: Self.child, in: $0)
            }
            #expect(await refused(stopped.code, by: Self.clerk()) == .code)
            let open = try await begin(Self.input(licence, audience: "anyone"), "open").code
            _ = try await Self.read(fixture, open, by: Seedling.act(.anonymous(terminal: .portal)))
            #expect(await refused(PresentationCode("AAAAA AAAAA AAAAA AAAAA")!, by: Self.clerk()) == .code)
            #expect(try await LicenceAuditTests.verify(fixture).findings == [])
        }
    }

    @Test("two readers at once get one reading", arguments: TestDatabase.all)
    func race(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let code = try await Self.begin(fixture, Self.input(licence)).code
            let read = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    let act = Self.clerk("银行\(number)")
                    group.addTask { (try? await Self.read(fixture, code, by: act)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(read == 1)
        }
    }

    @Test(
        "one code stands for everything in force that an enterprise holds", .covers("R04.6"),
        arguments: TestDatabase.all)
    func everything(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let kept = try await fixture.issue(ServiceFixture.birth())
            let gone = try await fixture.issue(
                ServiceFixture.birth {
                    $0.type = "预防接种证"; $0.title = "预防接种证"
                },
                by: Seedling.act(.system("test"), "gone"))
            try await fixture.database.write { [service = fixture.service] in
                try service.revoke(gone.id, reason: .penalty, basis: "文1", by: LicenceLifeTests.keeper, in: $0)
            }
            let code = try await Self.begin(fixture, Self.input(nil)).code
            let reading = try await Self.read(fixture, code, by: Self.clerk())
            #expect(reading.licences.map(\.title) == [kept.title])
        }
    }

    @Test("only who holds a licence shows it, in force, with lines that it has, and not at a window")
    func faults() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let mother = Seedling.act(Seedling.person("mother", for: Seedling.identifier("mother")), "show")
            func codes(_ input: PresentationInput, by act: Act = Self.child) async -> [String] {
                await Self.faults(fixture, input, by: act)
            }
            #expect(await codes(Self.input(licence), by: mother).contains("licences.not_held"), "she is a viewer")
            var wrong = Self.input(licence, audience: "?")
            wrong.labels = ["血型"]
            (wrong.minutes, wrong.uses, wrong.purpose) = (0, 6, String(repeating: "用", count: 61))
            #expect(
                await codes(wrong) == [
                    "field.range", "field.range", "field.too_long", "licences.audience", "licences.label",
                ])
            try await fixture.database.write { [service = fixture.service] in
                try service.suspend(licence.id, basis: "文1", by: LicenceLifeTests.keeper, in: $0)
            }
            #expect(await codes(Self.input(licence)) == ["licences.not_in_force"])
            await #expect(throws: Problem.forbidden) {
                _ = try await Self.begin(fixture, Self.input(licence), by: Self.clerk())
            }
        }
    }

    @Test(
        "a scanner's text is read however it comes",
        arguments: [
            "ABCDEFGHIJ234567ABCD", "abcde fghij 23456 7abcd", "https://zwfw.example.cn/show/ABCDE-FGHIJ-23456-7ABCD",
        ])
    func typed(_ text: String) {
        #expect(PresentationCode(text)?.text == "ABCDEFGHIJ234567ABCD")
    }

    @Test(
        "anything else is no code", arguments: ["", "ABC", "ABCDEFGHIJ234567ABC1", "/", "ABCDEFGHIJ234567ABCDE", "出生"])
    func noCode(_ text: String) {
        #expect(PresentationCode(text) == nil)
    }
}
