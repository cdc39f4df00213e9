import Cryptography
import ESeal
import Extension
import Organisation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Sealing licences", .covers("R06.11", "R06.12"))
struct LicenceSealingTests {
    /// A licence service with seals, on a fresh database with one agency.
    private struct Fixture: Sendable {
        let database: any Database
        let licences: LicenceService
        let seals: ESealService
        let agency: Identifier

        static func run(_ kind: TestDatabaseKind, _ body: (Fixture) async throws -> Void) async throws {
            let migrations = [
                StorageSchema.migrations, OrganisationService.migrations, ESealService.migrations,
                LicenceService.migrations,
            ]
            try await withDatabase(kind, migrations: migrations) { database in
                let cipher = try await Keyring.forTests(database).cipher
                let events = EventLog()
                let organisation = OrganisationService(database: database, events: events, cipher: cipher)
                let layout = try OrganisationLayout(
                    json: try JSONValue(
                        parsing: """
                            {"divisions": [{"code": "430600", "name": "岳阳市", "level": "prefecture"}],
                             "agencies": [{"key": "health", "name": "岳阳市卫生健康委员会", "department": "卫健",
                                           "division": "430600"}]}
                            """))
                let act = Seedling.act()
                try await database.write { _ = try organisation.apply(layout, by: act, in: $0) }
                let seals = ESealService(
                    database: database, events: events, cipher: cipher, organisation: organisation,
                    trustedRoots: [], division: "430600")
                let made = try LicenceFixture()
                let licences = LicenceService(
                    database: database, events: events, cipher: cipher, blobs: BlobStore(cipher: cipher),
                    signer: try made.signer, types: try .standard(), seals: seals,
                    division: "430600")
                let agency = try #require(try await organisation.snapshot().agencies.values.first)
                try await body(Fixture(database: database, licences: licences, seals: seals, agency: agency.id))
                try await licences.flushLookUps()
            }
        }

        /// The agency's seal, in force.
        func seal() async throws {
            let act = Seedling.act(.system("test"), "seal")
            try await seals.authority.found("岳阳市行政审批服务局", by: act)
            let id = try await seals.apply(SealApplication(agency: agency), by: act)
            try await seals.take(.approve, id, by: act)
            try await seals.make(id, by: act)
            try await seals.take(.receive, id, by: act)
        }

        func issue(_ label: String, _ change: (inout LicenceDraft) -> Void = { _ in }) async throws -> Licence {
            var draft = ServiceFixture.birth {
                $0.issuer = LicenceIssuer(
                    agency: agency, name: "岳阳市卫生健康委员会", creditCode: try? CreditCode(LicenceFixture.issuer))
                $0.number = label
                $0.holders = [LicenceHolder(party: Seedling.identifier("child \(label)"), name: "王𬱖")]
            }
            change(&draft)
            let (draftOfAct, licences) = (draft, licences)
            let act = Seedling.act(.system("test"), label)
            return try await database.write { try licences.issue(draftOfAct, by: act, in: $0) }
        }

        func events(of licence: Licence) async throws -> [String] {
            try await database.read {
                try Journal.entries(of: LicenceService.stream(of: licence), in: $0).map(\.entry.type)
            }
        }
    }

    @Test(
        "a licence issued here is sealed once, with its metadata, and the holder gets both files",
        arguments: TestDatabase.all)
    func sealing(_ kind: TestDatabaseKind) async throws {
        try await Fixture.run(kind) { fixture in
            try await fixture.seal()
            let licence = try await fixture.issue("P1")
            #expect(try await fixture.licences.seal(licence.id, by: Seedling.act(.system("test"), "a")) == .sealed)
            #expect(try await fixture.licences.seal(licence.id, by: Seedling.act(.system("test"), "b")) == .unneeded)
            #expect(try await fixture.events(of: licence) == ["licence.issued", "licence.sealed"])
            let act = Seedling.act(Seedling.person("mother"), "read")
            let ofd = try await fixture.licences.ofd(of: licence.id, by: act)
            #expect(try await fixture.seals.verify(ofd.bytes, at: act.now).verdict == .demonstration)
            #expect(ofd.name.hasSuffix(".ofd"))
            #expect(try await fixture.licences.pdf(of: licence.id, by: act).bytes.starts(with: "%PDF".utf8))
            // A stranger learns not even that there is one.
            let stranger = Seedling.act(Seedling.person("stranger"), "pry")
            await #expect(throws: LicenceError.self) { try await fixture.licences.ofd(of: licence.id, by: stranger) }
        }
    }

    @Test("what was issued elsewhere, or without a case, is never sealed", arguments: TestDatabase.all)
    func elsewhere(_ kind: TestDatabaseKind) async throws {
        try await Fixture.run(kind) { fixture in
            try await fixture.seal()
            let others = try await fixture.issue("X1") { $0.origin = .elsewhere }
            let caseless = try await fixture.issue("X2") { $0.caseID = nil }
            for licence in [others, caseless] {
                #expect(
                    try await fixture.licences.seal(licence.id, by: Seedling.act(.system("test"), "s")) == .unneeded)
                #expect(try await !fixture.licences.isSealed(licence.id))
            }
        }
    }

    @Test("a batch goes on where it was stopped, and past what waits for a seal", arguments: TestDatabase.all)
    func batch(_ kind: TestDatabaseKind) async throws {
        try await Fixture.run(kind) { fixture in
            for number in 1...7 { _ = try await fixture.issue("B\(number)") }
            let act: @Sendable () async throws -> Act = { Act(actor: .system("test"), now: Seedling.act().now) }
            let before = try await fixture.licences.sealAll(act: act) { _ in }
            #expect(before.sealed == 0 && before.withoutSeal == 7)
            try await fixture.seal()
            let first = try await fixture.licences.sealAll(limit: 3, act: act) { _ in }
            #expect(first.sealed == 3)
            var told: [Int] = []
            let rest = try await fixture.licences.sealAll(act: act) { told.append($0.count) }
            #expect(rest.sealed == 4 && rest.failures.isEmpty && told == [1, 2, 3, 4])
            #expect(try await fixture.licences.sealAll(act: act) { _ in }.count == 0)
        }
    }
}
