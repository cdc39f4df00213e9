import Cryptography
import Extension
import Standards
import TestSupport
import Testing

@testable import Licences

@Suite("Verifying licences")
struct LicenceVerifierTests {
    @Test("a certificate that had expired when the file was signed fails the chain")
    func expiredAtSigning() throws {
        let short = try LicenceFixture(validFor: 86_400_000)
        let later = LicenceFixture.now.adding(.seconds(2 * 86_400))
        #expect(throws: LicenceError.self) { try short.file(at: later) }
        let file = try short.changed(try short.file(), resigned: true) { $0["signed_at"] = .string(later.iso8601) }
        #expect(short.codes(file, at: later) == ["licence.chain.expired"])
    }

    @Test("a certificate that expired after the signing does no harm")
    func expiredSince() throws {
        let short = try LicenceFixture(validFor: 86_400_000)
        #expect(short.verify(try short.file(), at: LicenceFixture.now.adding(.seconds(9 * 86_400))).verdict == .valid)
    }

    @Test("a file that claims to be signed in the future fails the chain")
    func future() throws {
        let fixture = try LicenceFixture()
        let file = try fixture.file(at: LicenceFixture.now.adding(.seconds(3600)))
        #expect(fixture.codes(file) == ["licence.chain.signed_in_future"])
    }

    @Test("a chain that misses its middle, or belongs to another signer, fails; it is no drill")
    func wrongChain() throws {
        let fixture = try LicenceFixture()
        let other = try LicenceFixture()
        let file = try fixture.file()
        let cut = try fixture.changed(file, resigned: true) { $0["chain"] = [] }
        #expect(fixture.codes(cut) == ["licence.chain.issuer_missing"])
        let foreign = try fixture.changed(file, resigned: true) {
            $0["chain"] = .array([other.issuing, other.root].map { .string(StrictBase64.encode($0.der)) })
        }
        #expect(fixture.verify(foreign).verdict == .invalid)
        #expect(LicenceVerifier(trustedRoots: []).verify(foreign, at: LicenceFixture.now).verdict == .invalid)
    }

    @Test("a certificate of another key can't be put in the signer's place")
    func otherCertificate() throws {
        let fixture = try LicenceFixture()
        let other = try LicenceFixture()
        let file = try other.changed(try fixture.file(), resigned: true) { _ in }
        #expect(fixture.codes(file) == ["licence.signature.mismatch"])
        let swapped = try fixture.changed(try fixture.file()) {
            $0["certificate"] = .string(StrictBase64.encode(other.certificate.der))
        }
        #expect(fixture.codes(swapped).contains("licence.signature.mismatch"))
    }

    @Test("an authority's own key may not sign licences")
    func authorityAsSigner() throws {
        let fixture = try LicenceFixture()
        let file = try LicenceFile.signed(
            LicenceFixture.statement(), at: LicenceFixture.now,
            by: LicenceSigner(privateKey: fixture.issuingKey, certificate: fixture.issuing, chain: [fixture.root]))
        #expect(fixture.codes(file) == ["licence.chain.key_usage"])
    }

    @Test("every failed step is told, not only the first")
    func allFailures() throws {
        let fixture = try LicenceFixture()
        let good = try fixture.file {
            $0.issuedOn = LicenceFixture.now.day.adding(days: -10)
            $0.validUntil = LicenceFixture.now.day.adding(days: -1)
            $0.identifier = "1.2.156.3005.2.11100000000013338W011.\(LicenceFixture.issuer).20230000403.001.0"
        }
        let broken = String(decoding: good, as: UTF8.self).replacing("李春梅", with: "李春兰")
        let verification = LicenceVerifier(trustedRoots: []).verify(
            Array((broken + "\n").utf8), at: LicenceFixture.now, registered: .status(.revoked))
        #expect(
            verification.failures.map(\.code) == [
                "licence.canonical.changed", "licence.signature.mismatch", "licence.identifier.check",
                "licence.validity.expired", "licence.status.revoked", "licence.trust.untrusted",
            ])
        #expect(verification.verdict == .invalid)
    }

    @Test("an identifier of another issuer than the licence's is refused")
    func otherIssuer() throws {
        let fixture = try LicenceFixture()
        let file = try fixture.file {
            $0.identifier = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"
        }
        #expect(fixture.codes(file) == ["licence.identifier.issuer"])
    }

    @Test(
        "the register's word counts",
        arguments: [
            (LicenceVerifier.Registered.notAsked, LicenceVerification.Verdict.valid),
            (.unknown(isOurs: false), .valid), (.unknown(isOurs: true), .invalid), (.status(.valid), .valid),
            (.status(.revoked), .invalid), (.status(.superseded), .invalid),
        ])
    func register(_ registered: LicenceVerifier.Registered, _ verdict: LicenceVerification.Verdict) throws {
        let fixture = try LicenceFixture()
        let verification = LicenceVerifier(trustedRoots: [fixture.root]).verify(
            try fixture.file(), at: LicenceFixture.now, registered: registered)
        #expect(verification.verdict == verdict)
    }

    @Test("a signer whose key or chain doesn't fit is refused at the start")
    func signer() throws {
        let fixture = try LicenceFixture()
        let (key, certificate) = (fixture.signerKey, fixture.certificate)
        #expect(throws: LicenceError.self) {
            try LicenceSigner(
                privateKey: fixture.rootKey, certificate: certificate, chain: [fixture.issuing, fixture.root])
        }
        for chain in [[], [fixture.issuing], [fixture.root], [fixture.root, fixture.issuing]] {
            #expect(throws: LicenceError.self) {
                try LicenceSigner(privateKey: key, certificate: certificate, chain: chain)
            }
        }
    }
}
