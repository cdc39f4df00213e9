import Extension
import Standards
import Storage
import StorageTestSupport

@testable import Licences

/// A licence service on a fresh database.
struct ServiceFixture: Sendable {
    let database: any Database
    let service: LicenceService
    let keyring: Keyring
    let blobs: BlobStore

    static func run(
        _ kind: TestDatabaseKind, trusted: Bool = true, _ body: (ServiceFixture) async throws -> Void
    ) async throws {
        let migrations = [StorageSchema.migrations, LicenceService.migrations]
        try await withDatabase(kind, migrations: migrations) { database in
            let licences = try LicenceFixture()
            let keyring = try await Keyring.forTests(database)
            let blobs = BlobStore(cipher: keyring.cipher)
            let service = LicenceService(
                database: database, events: EventLog(), cipher: keyring.cipher, blobs: blobs,
                signer: try licences.signer, trustedRoots: trusted ? [licences.root] : [],
                types: try .standard(), division: "430600")
            try await body(
                ServiceFixture(database: database, service: service, keyring: keyring, blobs: blobs))
            try await service.flushLookUps()
        }
    }

    static let health = LicenceIssuer(
        agency: Seedling.identifier("卫健委"), name: "岳阳市卫生健康委员会",
        creditCode: try? CreditCode(LicenceFixture.issuer))

    /// A birth certificate of the child `child`, which `mother` may see.
    static func birth(_ change: (inout LicenceDraft) -> Void = { _ in }) -> LicenceDraft {
        var draft = LicenceDraft(
            type: "出生医学证明", holders: [LicenceHolder(party: Seedling.identifier("child"), name: "王𬱖")],
            viewers: [Seedling.identifier("mother")], issuer: health, origin: .here,
            fields: [LicenceField("性别", "男"), LicenceField("母亲姓名", "李春梅")],
            caseID: Seedling.identifier("case"), itemID: "birth-certificate", division: "430600")
        change(&draft)
        return draft
    }

    /// A marriage certificate from a register elsewhere, of a person known by number only unless `party` is given.
    static func marriage(party: Identifier? = nil, _ change: (inout LicenceDraft) -> Void = { _ in }) -> LicenceDraft {
        var draft = LicenceDraft(
            type: "结婚证", number: "J430602-2020-000123",
            holders: [LicenceHolder(party: party, name: "李春梅", idNumber: "43060219900101002X")],
            issuer: LicenceIssuer(name: "岳阳楼区民政局", creditCode: nil), origin: .elsewhere,
            issuedOn: LicenceFixture.now.day.adding(days: -2000), division: "430602")
        change(&draft)
        return draft
    }

    @discardableResult
    func issue(_ draft: LicenceDraft, by act: Act = Seedling.act()) async throws -> Licence {
        let service = service
        return try await database.write { try service.issue(draft, by: act, in: $0) }
    }

    /// The names of the events of a stream, in order.
    func events(of licence: Licence) async throws -> [String] {
        try await service.flushLookUps()
        return try await database.read {
            try Journal.entries(of: LicenceService.stream(of: licence), in: $0).map(\.entry.type)
        }
    }

    func bodies(of licence: Licence) async throws -> [String] {
        try await service.flushLookUps()
        return try await database.read {
            try Journal.entries(of: LicenceService.stream(of: licence), in: $0).map(\.entry.body)
        }
    }
}
