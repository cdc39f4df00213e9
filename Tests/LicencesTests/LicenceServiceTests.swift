import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("The licence service")
struct LicenceServiceTests {
    @Test(
        "a licence issued here has an identifier, a signed file that verifies, and one event",
        arguments: TestDatabase.all)
    func issuing(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let identifier = try LicenceIdentifier(try #require(licence.identifier))
            #expect(identifier.typeCode == "11100000000013338W011")
            #expect(identifier.issuer == LicenceFixture.issuer)
            #expect(identifier.serial == licence.id.text.uppercased())
            #expect(identifier.version == 1)
            let act = Seedling.act(Seedling.person("mother"), "read")
            #expect(try await fixture.service.licence(licence.id, by: act) == licence)
            let file = try await fixture.service.file(of: licence.id, by: act)
            #expect(file.name == "出生医学证明-\(licence.id).licence")
            #expect(try await fixture.service.verify(file.bytes, at: act.now).verdict == .valid)
            #expect(
                try await fixture.events(of: licence) == ["licence.issued", "licence.looked_up", "licence.looked_up"])
        }
    }

    @Test("while the signer's root is not trusted, every licence is for drills", arguments: TestDatabase.all)
    func drill(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind, trusted: false) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            #expect(fixture.service.isDemonstration)
            let verification = try await fixture.service.verification(of: licence.id, by: Seedling.act())
            #expect(verification.verdict == .demonstration)
            #expect(LicenceView(licence, on: LicenceFixture.now.day, isDemonstration: true).notice == "演练·无法律效力")
        }
    }

    @Test("a licence from elsewhere is recorded with its original and never signed", arguments: TestDatabase.all)
    func elsewhere(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let bytes = Array("<original/>".utf8)
            let blob = try fixture.blobs.prepare(trusted: bytes, type: .xml, division: "430602")
            let act = Seedling.act()
            try await fixture.database.write { try fixture.blobs.put(blob, at: act.now, in: $0) }
            let licence = try await fixture.issue(ServiceFixture.marriage { $0.original = blob.id })
            #expect(licence.identifier == nil)
            let original = try await fixture.service.original(of: licence.id, by: act)
            #expect(original.bytes == bytes)
            #expect(original.name.hasSuffix(".xml"))
            let verification = try await fixture.service.verification(of: licence.id, by: act)
            #expect(verification.verdict == .elsewhere)
            #expect(verification.steps.first?.note?.contains("岳阳楼区民政局") == true)
            await #expect(throws: LicenceError.self) { try await fixture.service.file(of: licence.id, by: act) }
        }
    }

    @Test("all faults of a draft are told at once", arguments: TestDatabase.all)
    func faults(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let draft = ServiceFixture.birth {
                $0.holders = []
                $0.issuer.creditCode = nil
                $0.issuedOn = LicenceFixture.now.day.adding(days: 1)
                $0.validUntil = LicenceFixture.now.day
                $0.original = "x"
            }
            let error = await #expect(throws: LicenceError.self) { try await fixture.issue(draft) }
            #expect(
                error?.findings.map(\.code) == [
                    "licences.draft.no_holder", "licences.draft.future", "licences.draft.before_issue",
                    "licences.draft.no_credit_code", "licences.draft.own_original",
                ])
            let unnumbered = ServiceFixture.marriage {
                $0.number = nil
                $0.original = "unknown"
            }
            let other = await #expect(throws: LicenceError.self) { try await fixture.issue(unnumbered) }
            #expect(
                other?.findings.map(\.code) == ["licences.draft.no_number", "licences.draft.unknown_original"])
            let hidden = ServiceFixture.birth { $0.fields = [LicenceField("姓名", "王\u{7}𬱖"), LicenceField("", "")] }
            let control = await #expect(throws: LicenceError.self) { try await fixture.issue(hidden) }
            #expect(control?.findings.map(\.field) == ["fields[0].value", "fields[1].label"])
        }
    }

    @Test("a revoked licence fails verification and can't be revoked again", arguments: TestDatabase.all)
    func revoking(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth())
            let file = try await service.file(of: licence.id, by: Seedling.act()).bytes
            let act = Seedling.act(Seedling.staff(agency: "卫健委", [LicenceService.manage.id]), "revoke")
            try await fixture.database.write {
                try service.revoke(licence.id, reason: .withdrawn, basis: "文1", by: act, in: $0)
            }
            let verification = try await service.verify(file, at: act.now)
            #expect(verification.failures.map(\.code) == ["licence.status.revoked"])
            let error = await #expect(throws: LicenceError.self) {
                try await fixture.database.write {
                    try service.revoke(licence.id, reason: .withdrawn, basis: "文1", by: act, in: $0)
                }
            }
            #expect(error?.code == .notInForce)
            #expect(try await fixture.events(of: licence).filter { $0 == "licence.revoked" }.count == 1)
            let held = try await fixture.database.read {
                try service.held(by: [Seedling.identifier("child")], types: ["出生医学证明"], on: act.now.day, in: $0)
            }
            #expect(held.isEmpty)
        }
    }

    @Test("only the issuing agency with the right may revoke", arguments: TestDatabase.all)
    func revokingIsGuarded(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth())
            let others = [
                Seedling.staff(agency: "公安局", [LicenceService.manage.id]), Seedling.staff(agency: "卫健委"),
                Seedling.person("child"),
            ]
            for actor in others {
                let act = Seedling.act(actor, "revoke")
                await #expect(throws: Problem.forbidden) {
                    try await fixture.database.write {
                        try service.revoke(licence.id, reason: .corrected, basis: "文1", by: act, in: $0)
                    }
                }
            }
        }
    }

    @Test("a re-issue raises the version and supersedes the old licence", arguments: TestDatabase.all)
    func reissue(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let old = try await fixture.issue(ServiceFixture.birth())
            let file = try await service.file(of: old.id, by: Seedling.act()).bytes
            let draft = ServiceFixture.birth { $0.replaces = old.id }
            let new = try await fixture.issue(draft, by: Seedling.act(.system("test"), "second"))
            let (first, second) = (
                try LicenceIdentifier(try #require(old.identifier)), try LicenceIdentifier(try #require(new.identifier))
            )
            let next = try first.nextVersion()
            #expect(second == next)
            let verification = try await service.verify(file, at: LicenceFixture.now)
            #expect(verification.failures.map(\.code) == ["licence.status.superseded"])
            let again = ServiceFixture.birth { $0.replaces = old.id }
            let error = await #expect(throws: LicenceError.self) {
                try await fixture.issue(again, by: Seedling.act(.system("test"), "third"))
            }
            #expect(error?.code == .notInForce)
            let held = try await fixture.database.read {
                try service.held(
                    by: [Seedling.identifier("child")], types: ["出生医学证明"], on: LicenceFixture.now.day, in: $0)
            }
            #expect(held == [Seedling.identifier("child"): ["出生医学证明": new.id]])
        }
    }

    @Test(
        "no personal content stands in the tables or the journal in clear, and rotation keeps it readable",
        arguments: TestDatabase.all)
    func sealing(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.marriage(party: Seedling.identifier("mother")))
            let number = "43060219900101002X"
            let clear = try await fixture.database.read { snapshot in
                try snapshot.rows("SELECT content FROM licence").map { row -> [UInt8] in try row.get("content") }
            }
            #expect(clear.count == 1)
            #expect(clear.allSatisfy { !String(decoding: $0, as: UTF8.self).contains(number) })
            let bodies = try await fixture.bodies(of: licence).joined()
            #expect(!bodies.contains(number) && !bodies.contains("李春梅"))
            try await KeyRotation(LicenceService.encryptedColumns).run(
                on: fixture.database, keyring: fixture.keyring, at: LicenceFixture.now)
            #expect(try await fixture.service.licence(licence.id, by: Seedling.act()) == licence)
        }
    }
}
