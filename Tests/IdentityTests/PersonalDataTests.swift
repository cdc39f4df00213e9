import Extension
import Identity
import Standards
import StorageTestSupport
import TestSupport
import Testing

@testable import Storage

@Suite("Personal data at rest")
struct PersonalDataTests {
    @Test("no table holds a name, number, telephone, address or password in clear", arguments: TestDatabase.all)
    func nothingInClear(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let enterprise = try await fixture.addEnterprise(3)
            try await fixture.addAgent(for: enterprise)
            try await fixture.identity.addAccount(
                "clerk.one", for: .staff(try PersonName("欧阳志强")), password: "Window-Horse-9",
                by: IdentityFixture.system())
            let token = try await fixture.signIn(fixture.profile.idNumber).token
            _ = try await fixture.refusal(try #require(fixture.profile.mobile).text, "Wrong-Horse-7")
            let actor = try await fixture.identity.authenticate(token: token, at: IdentityFixture.start)
            _ = try await fixture.identity.switchActing(
                to: .enterprise(enterprise), by: Act(actor: actor, now: IdentityFixture.start))
            let company = try SampleIdentities.enterprise(3)
            let secrets = [
                fixture.profile.name.text, fixture.profile.idNumber, try #require(fixture.profile.mobile).text,
                try #require(fixture.profile.address), "欧阳志强", company.name, company.creditCode.text,
                company.legalRepresentative.text, IdentityFixture.password, token, "192.0.2.1",
            ]
            let dump = try await fixture.database.read { try dumped($0) }
            #expect(dump.cells > 100)
            // The dump does find what stands in clear.
            #expect(dump.contains(IdentityFixture.loginName))
            for secret in secrets { #expect(!dump.contains(secret), "\(secret) stands in clear") }
        }
    }

    @Test("a person is found by number however it is typed, and an enterprise by its code", arguments: TestDatabase.all)
    func blindIndexes(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let number = fixture.profile.idNumber
            let mobile = try #require(fixture.profile.mobile)
            let enterprise = try await fixture.addEnterprise(3)
            let code = try SampleIdentities.creditCode(3)
            let unknown = try SampleIdentities.residentID(5).text
            let identity = fixture.identity
            let typed = [number, " \(number.prefix(6)) \(number.dropFirst(6))", number.lowercased()]
            let found = try await fixture.database.read { view in
                let asTyped = try typed.map { try identity.person(withDocument: .residentID, number: $0, in: view) }
                let others = [
                    try identity.person(withDocument: .passport, number: number, in: view),
                    try identity.person(number: unknown, in: view),
                ]
                let byMobile = try identity.persons(withMobile: mobile, in: view)
                let byCode = try identity.enterprise(withCreditCode: code, in: view)
                return (asTyped: asTyped, others: others, byMobile: byMobile, byCode: byCode)
            }
            #expect(found.asTyped == [fixture.person, fixture.person, fixture.person])
            #expect(found.others == [nil, nil])
            #expect(found.byMobile == [fixture.person])
            #expect(found.byCode == enterprise)
        }
    }

    @Test("one number is registered once", arguments: TestDatabase.all)
    func duplicates(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            #expect(try await refusal { _ = try await fixture.addPerson(0) } == .personExists)
            _ = try await fixture.addEnterprise(1)
            #expect(try await refusal { _ = try await fixture.addEnterprise(1) } == .enterpriseExists)
            let account = try await refusal {
                try await fixture.identity.addAccount(
                    "another.name", for: .person(fixture.person), password: "Another-Horse-8",
                    by: IdentityFixture.system())
            }
            #expect(account == .accountExists)
        }
    }

    @Test("everything sealed is readable under new keys", arguments: TestDatabase.all)
    func rotation(kind: TestDatabaseKind) async throws {
        try await IdentityFixture.with(kind) { fixture in
            let enterprise = try await fixture.addEnterprise(3)
            try await fixture.addAgent(for: enterprise)
            try await fixture.identity.addAccount(
                "clerk.one", for: .staff(try PersonName("欧阳志强")), password: "Window-Horse-9",
                by: IdentityFixture.system())
            let progress = try await KeyRotation(IdentityService.encryptedColumns).run(
                on: fixture.database, keyring: fixture.keyring, at: IdentityFixture.start)
            #expect(progress.sealed == 3)
            let actor = try await fixture.signIn(fixture.profile.idNumber).actor
            #expect(actor.displayName == fixture.profile.name.text)
        }
    }

    @Test("a profile prints masked only")
    func masked() throws {
        let profile = try SampleIdentities.person(0, today: IdentityFixture.start.day)
        var dumped = "\(profile)"
        dump(profile, to: &dumped)
        for secret in [profile.name.text, profile.idNumber, profile.mobile?.text ?? "?", profile.address ?? "?"] {
            #expect(!dumped.contains(secret))
        }
    }

    @Test("what was typed wrong is told all at once")
    func findings() throws {
        let error = try #require(throws: IdentityError.self) {
            try PersonProfile(
                name: "", idNumber: "430602190904265450", mobile: "12345", today: IdentityFixture.start.day)
        }
        #expect(error.findings.map(\.field) == ["name", "mobile", "id_number"])
        #expect(!error.problem.detail.contains("430602190904265450"))
    }
}

/// Every cell of every table, as bytes.
private struct Dump: Sendable {
    var cells = 0
    var bytes: [[UInt8]] = []

    func contains(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        return bytes.contains { cell in
            cell.count >= needle.count
                && (0...(cell.count - needle.count)).contains { cell[$0...].starts(with: needle) }
        }
    }
}

private func dumped(_ view: Snapshot) throws -> Dump {
    let tables =
        switch view.dialect {
        case .sqlite: "SELECT name AS name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
        case .postgreSQL:
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()"
        }
    var dump = Dump()
    for table in try view.rows(tables) {
        for row in try view.rows("SELECT * FROM \(try table.get("name", as: String.self))") {
            for value in row.values {
                dump.cells += 1
                switch value {
                case .text(let text): dump.bytes.append(Array(text.utf8))
                case .blob(let blob): dump.bytes.append(blob)
                default: break
                }
            }
        }
    }
    return dump
}
