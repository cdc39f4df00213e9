import Cryptography
import Documents
import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import ESeal

@Suite("Sealing", .covers("R06.12"))
struct SealingTests {
    @Test("what is sealed here verifies in every step, one page and many", arguments: TestDatabase.all, [1, 60])
    func roundTrip(_ kind: TestDatabaseKind, lines: Int) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("岳阳市行政审批服务局", by: fixture.act())
            let seal = try await fixture.seal("health")
            let request = try await fixture.request(lines: lines)
            let sealed = try #require(try await fixture.service.seal(request, by: fixture.act(after: 5)))
            #expect(sealed.seal == seal)
            let now = TestDatabase.now.adding(.seconds(60))
            #expect(try await fixture.service.verify(sealed.ofd, at: now).verdict == .demonstration)
            let outcome = try await fixture.trusting().verify(sealed.ofd, at: now)
            #expect(outcome.verdict == .valid, "\(outcome.findings)")
            #expect(outcome.signatures.first?.steps.filter { $0.outcome == .skipped }.map(\.kind) == [.timeStamp])
            #expect(outcome.signatures.first?.signer?.organization == "岳阳市卫生健康委员会")
        }
    }

    @Test("only what is untrusted carries the words for drills, on every page")
    func drill() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            try await fixture.seal("health")
            let request = try await fixture.request(lines: 60)
            func pages(_ service: ESealService) async throws -> [Bool] {
                let sealed = try #require(try await service.seal(request, by: fixture.act(after: 5)))
                return try ArchiveMembers.read(sealed.ofd).filter { $0.0.contains("/Pages/") }.map {
                    String(decoding: $0.1, as: UTF8.self).contains("演练·无法律效力")
                }
            }
            let drills = try await pages(fixture.service)
            #expect(drills.count > 1 && drills.allSatisfy { $0 })
            #expect(try await pages(fixture.trusting()).allSatisfy { !$0 })
        }
    }

    @Test(
        "a park's approval seal serves the powers delegated to it and nothing else", .covers("R03.9"),
        arguments: TestDatabase.all)
    func powers(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            try await fixture.seal("park", kind: .approval, purpose: "行政审批专用章", powers: ["food-permit", "signboard"])
            #expect(
                try await fixture.service.seal(try await fixture.request("park", power: "signboard"), by: fixture.act())
                    != nil)
            let error = await #expect(throws: SealError.self) {
                try await fixture.service.seal(
                    try await fixture.request("park", power: "birth-certificate"), by: fixture.act())
            }
            #expect(error?.code == .notUsable)
            // Another organ's power is never borrowed.
            #expect(try await fixture.service.seal(try await fixture.request("health"), by: fixture.act()) == nil)
        }
    }

    @Test("nothing is sealed without a decision, nor with a seal that is not in force", arguments: TestDatabase.all)
    func refused(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            let seal = try await fixture.seal("health")
            let request = try await fixture.request()
            let undecided = SealingRequest(
                agency: request.agency, power: request.power, decision: "", subject: request.subject,
                document: request.document)
            await #expect(throws: SealError.self) { try await fixture.service.seal(undecided, by: fixture.act()) }
            try await fixture.service.take(.suspend, seal, by: fixture.act())
            #expect(try await fixture.service.seal(request, by: fixture.act()) == nil)
            try await fixture.service.take(.resume, seal, by: fixture.act())
            let certificate = try #require(try await fixture.find(seal)?.certificate)
            _ = try await fixture.service.authority.revoke(certificate, by: fixture.act())
            let error = await #expect(throws: SealError.self) {
                try await fixture.service.seal(request, by: fixture.act(after: 1))
            }
            #expect(error?.code == .certificate)
        }
    }

    @Test("a seal that is suspended later leaves earlier documents valid; a certificate revoked before makes them fail")
    func later() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            let seal = try await fixture.seal("health")
            let sealed = try #require(
                try await fixture.service.seal(try await fixture.request(), by: fixture.act(after: 5)))
            let now = TestDatabase.now.adding(.seconds(3600))
            try await fixture.service.take(.suspend, seal, by: fixture.act(after: 600))
            #expect(try await fixture.trusting().verify(sealed.ofd, at: now).verdict == .valid)
            let certificate = try #require(try await fixture.find(seal)?.certificate)
            _ = try await fixture.service.authority.revoke(certificate, by: fixture.act(after: 700))
            #expect(try await fixture.trusting().verify(sealed.ofd, at: now).verdict == .valid)
            // The same with a revocation that lies before the signing.
            try await fixture.database.write {
                _ = try $0.execute(
                    "UPDATE eseal_certificate SET revoked_at = ? WHERE id = ?", TestDatabase.now, certificate)
            }
            _ = try await fixture.service.authority.renewList(by: fixture.act(after: 800))
            #expect(
                try await fixture.trusting().verify(sealed.ofd, at: now).findings.map(\.code) == [.signerRevoked])
        }
    }

    @Test("use is recorded with the seal, the item, the decision and the digest", arguments: TestDatabase.all)
    func record(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            let seal = try await fixture.seal("health")
            let sealed = try #require(try await fixture.service.seal(try await fixture.request(), by: fixture.act()))
            let act = fixture.act(after: 5)
            try await fixture.database.write { try fixture.service.record(sealed, by: act, in: $0) }
            let uses = try await fixture.database.read { try fixture.service.uses(of: seal, in: $0) }
            #expect(uses.count == 1 && uses.last == act.now)
            #expect(try await fixture.service.knows(pdf: sealed.pdf))
            #expect(try await !fixture.service.knows(pdf: sealed.pdf + [0x20]))
            let stream = StreamID(division: "430600", kind: "eseal.use", id: seal.text)
            let body = try await fixture.database.read { try Journal.entries(of: stream, in: $0).map(\.entry.body) }
            #expect(body.count == 1 && body[0].contains("birth-certificate") && body[0].contains("case-1"))
            #expect(!body[0].contains("王"))
        }
    }

    @Test("openssl verifies seal and signature from the bytes alone")
    func openssl() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            try await fixture.seal("health")
            let sealed = try #require(try await fixture.service.seal(try await fixture.request(), by: fixture.act()))
            let members = Dictionary(uniqueKeysWithValues: try ArchiveMembers.read(sealed.ofd))
            let value = try #require(members["Doc_0/Signs/Sign_0/SignedValue.dat"])
            // Cut by hand: SES_Signature { toSign, cert, algorithm, BIT STRING }, SESeal alike.
            func verify(_ bytes: [UInt8], _ name: String) throws {
                var reader = DERReader(bytes)
                var parts = try reader.sequence(name)
                let scratch = try Scratch()
                try scratch.write(Array(try parts.element("signed").bytes), to: "signed")
                try scratch.write(try parts.octets("cert"), to: "cert.der")
                _ = try parts.identifier("algorithm")
                try scratch.write(try parts.bits("signature"), to: "signature")
                try scratch.run([
                    "openssl", "x509", "-inform", "DER", "-in", "cert.der", "-pubkey", "-noout", "-out", "key.pem",
                ])
                let outcome = try scratch.run([
                    "openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
                    "-pubin", "-inkey", "key.pem", "-sigfile", "signature", "-in", "signed",
                ])
                #expect(outcome.output.contains("Signature Verified Successfully"), "\(outcome.output)")
            }
            try verify(value, "SES_Signature")
            try verify(try #require(members["Doc_0/Signs/Sign_0/Seal.esl"]), "SESeal")
        }
    }

    @Test("pdfsig calls the PDF's signature valid, and invalid after one byte is changed")
    func pdf() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            try await fixture.seal("health")
            let sealed = try #require(
                try await fixture.service.seal(try await fixture.request(lines: 40), by: fixture.act()))
            let scratch = try Scratch()
            try scratch.write(sealed.pdf, to: "sealed.pdf")
            let sound = try scratch.run(["pdfsig", "-nocert", "sealed.pdf"]).output
            #expect(sound.contains("Signature is Valid") && sound.contains("Total document signed"), "\(sound)")
            #expect(sound.contains("岳阳市卫生健康委员会") || sound.contains("甲"), "\(sound)")
            let text = try scratch.run(["pdftotext", "sealed.pdf", "-"]).output
            #expect(text.contains("王𬱖"))
            // Sloping letters come out one by one.
            let letters = text.filter { !$0.isWhitespace }
            #expect("演练·无法律效力".allSatisfy(letters.contains))
            if let folder = ProcessInfo.processInfo.environment["YICIBAN_KEEP"] {
                try Data(sealed.pdf).write(to: URL(filePath: "\(folder)/sealed.pdf"))
                try Data(sealed.ofd).write(to: URL(filePath: "\(folder)/sealed.ofd"))
            }
            var changed = sealed.pdf
            let place = try #require(changed.firstRange(of: Array("/Title".utf8)))
            changed[place.upperBound + 6] ^= 1
            try scratch.write(changed, to: "changed.pdf")
            let broken = try scratch.run(["pdfsig", "-nocert", "changed.pdf"]).output
            #expect(!broken.contains("Signature is Valid"), "\(broken)")
        }
    }
}
