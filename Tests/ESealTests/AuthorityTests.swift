import Cryptography
import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import ESeal

@Suite("The certificate authority", .covers("R06.12"))
struct AuthorityTests {
    @Test("root, issuing authority and maker are made once, their keys lie sealed", arguments: TestDatabase.all)
    func founding(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let authority = fixture.service.authority
            try await authority.found("岳阳市行政审批服务局", by: fixture.act())
            let all = try await fixture.database.read { try authority.certificates(in: $0) }
            #expect(Set(all.map(\.role)) == [.root, .issuing, .maker])
            let error = await #expect(throws: SealError.self) {
                try await authority.found("另一个", by: fixture.act())
            }
            #expect(error?.code == .authority)
            // Nothing that opens as a key lies in the table.
            let contents = try await fixture.database.read {
                try $0.rows("SELECT content FROM eseal_key").map { try $0.get("content", as: [UInt8].self) }
            }
            #expect(contents.count == 4)
            #expect(contents.allSatisfy { (try? SM2.PrivateKey(der: $0)) == nil })
        }
    }

    @Test("openssl verifies the chain, and the list from its bytes; the list names what was revoked")
    func openssl() async throws {
        try await ServiceFixture.run(.sqlite) { fixture in
            let authority = fixture.service.authority
            try await authority.found("岳阳市行政审批服务局", by: fixture.act())
            let signer = try await authority.issue(
                .signer, to: DistinguishedName(commonName: "岳阳市卫生健康委员会", organization: "岳阳市卫生健康委员会"), days: 365,
                by: fixture.act())
            let scratch = try Scratch()
            let all = try await fixture.database.read { try authority.certificates(in: $0) }
            for role in [CertificateRole.root, .issuing] {
                try scratch.write(all.filter { $0.role == role }.map(\.certificate.pem).joined(), to: "\(role).pem")
            }
            try scratch.write(signer.certificate.pem, to: "signer.pem")
            // One link at a time, since `openssl verify` tells the identifier to the certificate it was asked about alone.
            for (trusted, certificate) in [("root.pem", "issuing.pem"), ("issuing.pem", "signer.pem")] {
                let link = try scratch.run([
                    "openssl", "verify", "-x509_strict", "-partial_chain", "-vfyopt", "distid:1234567812345678",
                    "-attime", "1772438500", "-trusted", trusted, certificate,
                ])
                #expect(link.status == 0, "\(link.output)")
            }
            _ = try await authority.revoke(signer.id, by: fixture.act(after: 60))
            let list = try #require(try await fixture.database.read { try authority.revocationLists(in: $0) }.first)
            try scratch.write(list.pem, to: "crl.pem")
            let text = try scratch.run(["openssl", "crl", "-in", "crl.pem", "-text", "-noout"]).output
            #expect(
                text.contains("Serial Number: \(Hex.encode(signer.certificate.serialNumber).uppercased())"), "\(text)")
            // `openssl verify` can't be told the identifier for lists, so the signature is verified over the bytes.
            var reader = DERReader(list.der)
            var parts = try reader.sequence("CertificateList")
            try scratch.write(Array(try parts.element("tbsCertList").bytes), to: "signed")
            _ = try parts.element("signatureAlgorithm")
            try scratch.write(try parts.bits("signature"), to: "signature")
            try scratch.run(["openssl", "x509", "-in", "issuing.pem", "-pubkey", "-noout", "-out", "key.pem"])
            let outcome = try scratch.run([
                "openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
                "-pubin", "-inkey", "key.pem", "-sigfile", "signature", "-in", "signed",
            ])
            #expect(outcome.output.contains("Signature Verified Successfully"), "\(outcome.output)")
        }
    }

    @Test("a root with a passphrase signs only for who knows it", arguments: TestDatabase.all)
    func passphrase(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let authority = fixture.service.authority
            try await authority.found("甲", passphrase: "correct horse", by: fixture.act())
            let issuing = try #require(
                try await fixture.database.read { try authority.current(.issuing, at: TestDatabase.now, in: $0) })
            for wrong in [nil, "wrong horse"] {
                let error = await #expect(throws: SealError.self) {
                    try await authority.revoke(issuing.id, passphrase: wrong, by: fixture.act())
                }
                #expect(error?.code == .key)
            }
            let revoked = try await authority.revoke(issuing.id, passphrase: "correct horse", by: fixture.act())
            #expect(revoked.revokedAt != nil)
        }
    }

    @Test("only authorities are imported, each once, and they are not trusted thereby", arguments: TestDatabase.all)
    func importing(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let root = try Vectors.certificate("root")
            let authority = fixture.service.authority
            #expect(try await authority.importCertificates([root, root], by: fixture.act()) == 1)
            #expect(try await authority.importCertificates([root], by: fixture.act()) == 0)
            await #expect(throws: SealError.self) {
                try await authority.importCertificates([try Vectors.certificate("signer")], by: fixture.act())
            }
            let outcome = try await fixture.service.verify(
                try Vectors.bytes("valid.ofd"), at: Instant(milliseconds: Vectors.now))
            #expect(outcome.verdict == .demonstration)
        }
    }

    @Test("doctor warns before the end of a seal and is at fault after it", arguments: TestDatabase.all)
    func health(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            try await fixture.service.authority.found("甲", by: fixture.act())
            try await fixture.seal("health")
            func level(_ days: Int64) async throws -> Health.Level {
                try await fixture.service.certificateHealth.look(fixture.act(after: days * 86_400)).level
            }
            #expect(try await level(0) == .sound)
            #expect(try await level(1050) == .warning)
            #expect(try await level(1100) == .fault)
        }
    }
}
