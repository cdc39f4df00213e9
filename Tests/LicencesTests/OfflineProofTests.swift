import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Proofs that are verified without a network")
struct OfflineProofTests {
    private static let child = Seedling.act(Seedling.person("child", for: Seedling.identifier("child")), "prove")

    private static func prove(
        _ fixture: ServiceFixture, _ licence: Licence, labels: [String] = ["持证主体", "性别"], days: Int = 7
    ) async throws -> OfflineProof {
        try await fixture.database.write { [service = fixture.service] in
            try service.prove(licence.id, labels: labels, days: days, by: child, in: $0)
        }
    }

    private static func codes(_ reading: ProofReading) -> [String] {
        reading.findings.map { String($0.code.dropFirst("licences.proof.".count)) }
    }

    @Test("a proof tells what was consented to, and holds by the published keys alone", arguments: TestDatabase.all)
    func proved(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let proof = try await Self.prove(fixture, licence)
            #expect(proof.text.utf8.count <= OfflineProof.maximumLength && !proof.text.contains(licence.id.text))
            let keys = try ProofKeys(json: try JSONParser.parse(fixture.service.proofKeys.json))
            let reading = try OfflineProofVerifier(keys: keys).verify(proof.text, at: LicenceFixture.now)
            #expect(reading.isValid && reading.title == "出生医学证明")
            #expect(reading.fields == [LicenceField("持证主体", "王𬱖"), LicenceField("性别", "男")])
            #expect(reading.notes.contains { $0.contains("没有失效清单") })
            #expect(try await fixture.events(of: licence) == ["licence.issued", "licence.proved"])
        }
    }

    @Test("a proof of a licence from elsewhere says that its signer only recorded it")
    func elsewhere() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(ServiceFixture.marriage(party: Seedling.identifier("child")))
            let proof = try await Self.prove(fixture, licence, labels: ["持证主体"])
            let reading = try await fixture.service.verifyProof(proof.text, at: LicenceFixture.now)
            #expect(reading.isValid && reading.notes == ["由岳阳楼区民政局签发，出具凭证的系统只作登记，以原件为准。"])
        }
    }

    @Test("a proof fails after its days, after the licence's end, and under a clock before it")
    func times() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let until = LicenceFixture.now.day.adding(days: 3)
            let licence = try await fixture.issue(ServiceFixture.birth { $0.validUntil = until })
            let proof = try await Self.prove(fixture, licence)
            let verifier = try OfflineProofVerifier(keys: fixture.service.proofKeys)
            func after(_ seconds: Int) -> [String] {
                Self.codes(verifier.verify(proof.text, at: LicenceFixture.now.adding(.seconds(seconds))))
            }
            #expect(after(0) == [] && after(-299) == [] && after(-302) == ["future"])
            #expect(after(2 * 86_400) == [] && after(5 * 86_400) == ["licence_expired"])
            #expect(after(8 * 86_400) == ["expired", "licence_expired"])
        }
    }

    @Test(
        "a licence that was suspended or replaced is on the signed list, and comes off it when it is resumed",
        arguments: TestDatabase.all)
    func revoked(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let service = fixture.service
            let licence = try await fixture.issue(ServiceFixture.birth())
            let text = try await Self.prove(fixture, licence).text
            try await fixture.database.write {
                try service.suspend(licence.id, basis: "文1", by: LicenceLifeTests.keeper, in: $0)
            }
            #expect(Self.codes(try await service.verifyProof(text, at: LicenceFixture.now)) == ["revoked"])
            let list = try await service.proofRevocations(at: LicenceFixture.now)
            let read = try ProofRevocations(json: try JSONParser.parse(list.json))
            let verifier = try OfflineProofVerifier(keys: service.proofKeys, revocations: read)
            #expect(Self.codes(verifier.verify(text, at: LicenceFixture.now)) == ["revoked"])
            let old = verifier.verify(text, at: LicenceFixture.now.adding(.seconds(7 * 86_400 - 1)))
            #expect(!old.notes.contains { $0.contains("以前的") })
            try await fixture.database.write { [act = Seedling.act(LicenceLifeTests.keeper.actor, "resume")] in
                try service.resume(licence.id, basis: "文2", by: act, in: $0)
            }
            #expect(Self.codes(try await service.verifyProof(text, at: LicenceFixture.now)) == [])

            var forged = list
            forged.references = []
            #expect(throws: LicenceError.self) {
                _ = try OfflineProofVerifier(keys: service.proofKeys, revocations: forged)
            }
        }
    }

    @Test("whatever is changed in a proof, nothing of it is shown", arguments: 0..<8)
    func tampered(seed: Int) async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let proof = try await Self.prove(fixture, licence)
            let verifier = try OfflineProofVerifier(keys: fixture.service.proofKeys)
            let bytes = try #require(Base45.decode(String(proof.text.dropFirst(5))))
            var random = SeededGenerator(seed: UInt64(seed))
            for _ in 0..<300 {
                var changed = bytes
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    changed[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(
                        in: 1...255, using: &random)
                case 1: changed.removeLast(Int.random(in: 1..<bytes.count, using: &random))
                default:
                    changed.insert(
                        UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0...bytes.count, using: &random))
                }
                let reading = verifier.verify("YCB1:" + Base45.encode(changed), at: LicenceFixture.now)
                #expect(!reading.isValid && reading.title.isEmpty && reading.fields.isEmpty)
            }
            var text = Array(proof.text.unicodeScalars)
            text[Int.random(in: 0..<text.count, using: &random)] = "é"
            #expect(!verifier.verify(String(String.UnicodeScalarView(text)), at: LicenceFixture.now).isValid)
        }
    }

    @Test("another's key does not prove, and a list of keys with a wrong name is refused")
    func keys() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let proof = try await Self.prove(fixture, licence)
            var keys = fixture.service.proofKeys
            let other = try SM2.PrivateKey.generate().publicKey
            keys.keys[0].key = other.pem
            #expect(throws: LicenceError.self) { _ = try OfflineProofVerifier(keys: keys) }
            keys.keys[0].name = Hex.encode(OfflineProof.name(of: other))
            let reading = try OfflineProofVerifier(keys: keys).verify(proof.text, at: LicenceFixture.now)
            #expect(Self.codes(reading) == ["key"])
        }
    }

    @Test("too much for one code and lines that it lacks are told; strangers learn nothing")
    func faults() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let licence = try await fixture.issue(
                ServiceFixture.birth { $0.fields = [LicenceField("备注", String(repeating: "很长", count: 300))] })
            let long = await #expect(throws: LicenceError.self) {
                _ = try await Self.prove(fixture, licence, labels: ["备注", "血型"], days: 31)
            }
            #expect(
                long?.findings.map(\.code) == ["field.range", "licences.label", "licences.proof.too_long"])
            let mother = Seedling.act(Seedling.person("mother", for: Seedling.identifier("mother")), "prove")
            let error = await #expect(throws: LicenceError.self) {
                _ = try await fixture.database.write { [service = fixture.service] in
                    try service.prove(licence.id, labels: [], days: 1, by: mother, in: $0)
                }
            }
            #expect(error?.code == .notFound)
        }
    }
}
