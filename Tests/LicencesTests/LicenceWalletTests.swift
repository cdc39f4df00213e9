import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Wallets and access")
struct LicenceWalletTests {
    private static let child = Seedling.identifier("child")
    private static let mother = Seedling.identifier("mother")

    @Test(
        "held tells the newest licence in force of each type and party, and nothing a viewer may only see",
        arguments: TestDatabase.all)
    func held(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let birth = try await fixture.issue(ServiceFixture.birth())
            let expiring = ServiceFixture.marriage(party: Self.mother) {
                $0.type = "居住证"
                $0.validUntil = LicenceFixture.now.day
            }
            let imported = try await fixture.database.write {
                try service.importHeld(
                    [ServiceFixture.marriage(party: Self.mother), expiring],
                    by: Seedling.act(.system("seed"), "import"), in: $0)
            }
            #expect(imported.map(\.isImported) == [true, true])
            #expect(!birth.isImported)
            let types = ["出生医学证明", "结婚证", "居住证", "营业执照"]
            let parties = [Self.child, Self.mother]
            let today = LicenceFixture.now.day
            let held = try await fixture.database.read {
                try service.held(by: parties, types: types, on: today, in: $0)
            }
            #expect(
                held == [
                    Self.child: ["出生医学证明": birth.id],
                    Self.mother: ["结婚证": imported[0].id, "居住证": imported[1].id],
                ])
            let tomorrow = try await fixture.database.read {
                try service.held(by: [Self.mother], types: types, on: today.adding(days: 1), in: $0)
            }
            #expect(tomorrow == [Self.mother: ["结婚证": imported[0].id]])
            let nothing = try await fixture.database.read {
                try service.held(by: [], types: types, on: today, in: $0)
            }
            #expect(nothing.isEmpty)
        }
    }

    @Test(
        "whose licences lapse within some days is told in order and in pages, without those that ended or of unknown holders",
        arguments: TestDatabase.all)
    func ending(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let today = LicenceFixture.now.day
            func draft(_ days: Int, type: String = "居住证", of party: Identifier? = Self.mother) -> LicenceDraft {
                ServiceFixture.marriage(party: party) { ($0.type, $0.validUntil) = (type, today.adding(days: days)) }
            }
            let drafts = [
                draft(9), draft(3, of: Self.child), draft(-1), draft(31), draft(3, type: "护照"), draft(4, of: nil),
            ]
            let made = try await fixture.database.write { transaction in
                try drafts.enumerated().flatMap { index, draft in
                    try service.importHeld(
                        [draft], by: Seedling.act(.system("seed"), "import-\(index)"), in: transaction)
                }
            }
            func ending(after: LicenceEnding? = nil, limit: Int = 9) async throws -> [LicenceEnding] {
                try await fixture.database.read {
                    try service.ending(
                        ["居住证", "残疾人证"], from: today, through: today.adding(days: 30), after: after, limit: limit,
                        in: $0)
                }
            }
            let found = try await ending()
            #expect(found.map(\.licence) == [made[1].id, made[0].id])
            #expect(found.map(\.holder) == [Self.child, Self.mother])
            #expect(found.map(\.endsOn) == [today.adding(days: 3), today.adding(days: 9)])
            #expect(found.map(\.division) == ["430602", "430602"])
            #expect(try await ending(limit: 1) == [found[0]])
            #expect(try await ending(after: found[0]) == [found[1]])
            #expect(try await ending(after: found[1]) == [])
        }
    }

    @Test("who may look at a licence, and by which right", arguments: TestDatabase.all)
    func access(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth { $0.division = "430602" })
            let read: Set<String> = [LicenceService.read.id]
            let cases: [(Actor, LicenceAccessGround?)] = [
                (Seedling.person("child"), .party), (Seedling.person("mother"), .party),
                (Seedling.person("agent", for: Self.child), .party),
                (Seedling.person("mother", for: Seedling.identifier("shop")), nil),
                (Seedling.person("stranger"), nil), (Seedling.staff(agency: "卫健委"), .agency),
                (Seedling.staff(agency: "公安局"), nil), (Seedling.staff(agency: "公安局", read), .permission),
                (Seedling.staff(agency: "公安局", division: "430621", read), nil),
                (Seedling.staff(agency: "公安局", division: "430602", read), .permission),
                (.anonymous(terminal: .portal), nil), (.system("job"), .system),
            ]
            for (actor, expected) in cases {
                let ground = try await fixture.database.read { try service.ground(for: actor, to: licence, in: $0) }
                #expect(ground == expected, "\(actor.displayName)")
            }
        }
    }

    @Test(
        "a refused look-up looks like a missing licence, and the refusal is recorded", arguments: TestDatabase.all)
    func refusal(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let stranger = Seedling.act(Seedling.person("stranger"), "look")
            let refused = await #expect(throws: LicenceError.self) {
                try await fixture.service.licence(licence.id, by: stranger)
            }
            let missing = await #expect(throws: LicenceError.self) {
                try await fixture.service.licence(Seedling.identifier("nothing"), by: stranger)
            }
            #expect(refused == missing)
            _ = try await fixture.service.licence(licence.id, by: Seedling.act(Seedling.person("mother"), "own"))
            let bodies = try await fixture.bodies(of: licence).dropFirst()
            #expect(bodies.map { $0.contains("\"ground\":\"party\"") } == [false, true])
        }
    }

    @Test(
        "a wallet pages from the newest, holds what a guardian may see, and is nobody else's",
        arguments: TestDatabase.all)
    func wallet(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            var issued: [Identifier] = []
            for number in 0..<5 {
                let act = Seedling.act(.system("test"), "wallet-\(number)")
                let draft = number == 2 ? ServiceFixture.birth() : ServiceFixture.marriage(party: Self.mother)
                issued.append(try await fixture.issue(draft, by: act).id)
            }
            issued.sort(by: >)
            let act = Seedling.act(Seedling.person("mother"), "list")
            let first = try await service.page(of: Self.mother, before: nil, limit: 3, by: act)
            #expect(first.items.map(\.licence.id) == issued.prefix(3).map(\.text))
            let cursor = try Identifier(try #require(first.next))
            let second = try await service.page(of: Self.mother, before: cursor, limit: 3, by: act)
            #expect(second.items.map(\.licence.id) == issued.suffix(2).map(\.text))
            #expect(second.next == nil)
            await #expect(throws: Problem.forbidden) {
                try await service.licences(of: Self.child, by: act)
            }
            let identity = first.items.flatMap(\.licence.holders).compactMap(\.idNumber)
            #expect(identity.allSatisfy { !$0.contains("19900101") })
        }
    }

    @Test("a licence recorded under a number becomes the party's once the party is known", arguments: TestDatabase.all)
    func claim(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.marriage())
            let act = Seedling.act(Seedling.person("mother"), "claim")
            let mother = RegisteredParty(id: Self.mother, name: "李春梅")
            await #expect(throws: LicenceError.self) { try await service.licence(licence.id, by: act) }
            let counts = try await fixture.database.write { transaction in
                [
                    try service.claim("43060219900101002x", for: mother, by: act, in: transaction),
                    try service.claim("43060219900101002X", for: mother, by: act, in: transaction),
                ]
            }
            #expect(counts == [1, 0])
            #expect(try await service.licence(licence.id, by: act).id == licence.id)
        }
    }
}
