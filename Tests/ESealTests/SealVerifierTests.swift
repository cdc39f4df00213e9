import Cryptography
import ESeal
import TestSupport
import Testing

@Suite("Verifying seals", .covers("R06.12"))
struct SealVerifierTests {
    @Test("Each of the twelve test documents gives exactly its codes", arguments: Vectors.expected)
    func vectors(file: String, codes: Set<SealCode>) throws {
        let outcome = try Vectors.verifier().verify(ofd: try Vectors.bytes("\(file).ofd"), now: Vectors.now)
        #expect(Set(outcome.findings.map(\.code)) == codes)
        #expect(outcome.verdict == (codes.isEmpty ? .valid : .invalid))
        #expect(outcome.signatures.count == 1)
        #expect(outcome.signatures.first?.steps.map(\.kind) == SealStep.Kind.allCases)
    }

    @Test("Without trust the good document is for drills, and both certificates are named as the reason")
    func untrusted() throws {
        let outcome = SealVerifier(trust: TrustList(roots: []))
            .verify(ofd: try Vectors.bytes("valid.ofd"), now: Vectors.now)
        #expect(outcome.verdict == .demonstration)
        #expect(outcome.findings.map(\.code) == [.makerUntrusted, .signerUntrusted])
    }

    @Test("A signature by itself is verified with its original, and not against another one")
    func signatureAlone() throws {
        let value = try Vectors.bytes("valid.SignedValue.dat")
        let original = try Vectors.bytes("valid.Signature.xml")
        let verifier = try Vectors.verifier()
        #expect(verifier.verify(file: value, original: original, now: Vectors.now).verdict == .valid)
        #expect(
            verifier.verify(file: value, original: original + [0x20], now: Vectors.now).findings.map(\.code)
                == [.dataHash])
    }

    @Test("All failures are told, not only the first")
    func allFailures() throws {
        var signature = try Vectors.bytes("valid.SignedValue.dat")
        signature[signature.count - 1] ^= 1
        let before = try SealSignature(der: signature).signedAt - 3_600_000
        let outcome = SealVerifier(trust: TrustList(roots: []))
            .verify(file: signature, original: [1], now: before)
        #expect(
            outcome.findings.map(\.code)
                == [.signValue, .makerUntrusted, .signerUntrusted, .signTime, .dataHash])
    }

    @Test("What the register says of a seal becomes a step, and an end after the signing harms nothing")
    func register() throws {
        let outcome = try Vectors.verifier().verify(ofd: try Vectors.bytes("valid.ofd"), now: Vectors.now)
        let signedAt = try #require(outcome.signatures.first?.signature?.signedAt)
        #expect(outcome.asking { _ in .inForce }.verdict == .valid)
        #expect(outcome.asking { _ in .ended(since: signedAt + 1) }.verdict == .valid)
        #expect(outcome.asking { _ in .ended(since: signedAt) }.findings.map(\.code) == [.sealRevoked])
        #expect(outcome.asking { _ in .unknown(isOurs: true) }.findings.map(\.code) == [.sealUnknown])
        #expect(outcome.asking { _ in .unknown(isOurs: false) }.verdict == .valid)
    }

    @Test("A seal is read as it was written, and its encoding is kept byte for byte")
    func sealFile() throws {
        let bytes = try Vectors.bytes("valid.Seal.esl")
        let seal = try ElectronicSeal(der: bytes)
        #expect(seal.der == bytes)
        #expect(seal.version == 4)
        #expect(seal.name == "岳阳市测试专用章(样例)")
        #expect(seal.identifier == "0123456789abcdef0123456789abcdef")
        #expect([seal.picture.width, seal.picture.height] == [40, 40])
    }
}
