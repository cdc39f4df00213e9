import Cryptography
import ESeal
import Foundation
import TestSupport
import Testing

@Suite("Hostile documents", .covers("R06.12"))
struct HostileTests {
    private func codes(_ members: [(String, [UInt8])], _ change: (inout [UInt8]) -> Void = { _ in }) throws
        -> [SealCode]
    {
        var archive = StoredArchive(members).bytes
        change(&archive)
        return try Vectors.verifier().verify(ofd: archive, now: Vectors.now).findings.map(\.code)
    }

    private static let root = Array(
        #"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:Signatures>/S.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>"#
            .utf8)

    @Test("What is no archive is told to be damaged")
    func noArchive() throws {
        for bytes in [[], [0x50], Array("PK\u{3}\u{4}".utf8), Array(repeating: 0x50, count: 4000)] as [[UInt8]] {
            #expect(
                try Vectors.verifier().verify(ofd: bytes, now: Vectors.now).findings.map(\.code) == [.containerDamaged])
        }
    }

    @Test(
        "A path that leads outside is refused",
        arguments: ["../evil", "/etc/passwd", "a/../../b", "a\\..\\b", "C:x", "a//b", "a/./b"])
    func traversal(name: String) throws {
        #expect(try codes([("OFD.xml", Self.root), (name, [1])]) == [.containerPath])
    }

    @Test("Two members of one name are refused, also when only their case differs")
    func duplicates() throws {
        #expect(try codes([("OFD.xml", Self.root), ("OFD.xml", Self.root)]) == [.containerDuplicate])
        #expect(try codes([("OFD.xml", Self.root), ("ofd.XML", Self.root)]) == [.containerDuplicate])
    }

    @Test("Entities and document types are refused before anything is expanded")
    func entities() throws {
        let bomb = """
            <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
            <!ENTITY e SYSTEM "file:///etc/passwd">]><OFD>&b;&e;</OFD>
            """
        #expect(try codes([("OFD.xml", Array(bomb.utf8))]) == [.containerUnsafe])
    }

    @Test("Deep and broad XML is refused")
    func deepXML() throws {
        let deep = String(repeating: "<a>", count: 200) + String(repeating: "</a>", count: 200)
        #expect(try codes([("OFD.xml", Array(deep.utf8))]) == [.containerSize])
        let abyss = String(repeating: "<a>", count: 100_000)
        #expect(
            try codes([("OFD.xml", Array(abyss.utf8))]).allSatisfy { [.containerSize, .containerDamaged].contains($0) })
        let broad = "<OFD>" + String(repeating: "<a/>", count: 60_000) + "</OFD>"
        #expect(try codes([("OFD.xml", Array(broad.utf8))]) == [.containerSize])
    }

    @Test("A reference to what isn't there, or outside, is told")
    func missing() throws {
        #expect(try codes([("OFD.xml", Self.root)]) == [.containerMissing])
        let outside = String(decoding: Self.root, as: UTF8.self).replacing("/S.xml", with: "/../../S.xml")
        #expect(try codes([("OFD.xml", Array(outside.utf8))]) == [.containerPath])
    }

    @Test("A document without signatures is told to be unsigned")
    func unsigned() throws {
        #expect(try codes([("OFD.xml", Array("<ofd:OFD xmlns:ofd='x'/>".utf8))]) == [.unsigned])
    }

    @Test("A zip bomb is refused without being unpacked, whether it tells its size or lies about it")
    func bomb() throws {
        let members = [("OFD.xml", Self.root), ("bomb", DeflatedBomb.zeros(150 << 20))]
        let honest = DeflatedBomb(members: members, stated: 150 << 20).bytes
        #expect(honest.count < 4 << 20)
        #expect(try Vectors.verifier().verify(ofd: honest, now: Vectors.now).findings.map(\.code) == [.containerSize])
        let xml = DeflatedBomb(members: [("OFD.xml", DeflatedBomb.zeros(150 << 20))], stated: 100).bytes
        let codes = try Vectors.verifier().verify(ofd: xml, now: Vectors.now).findings.map(\.code)
        #expect(codes == [.containerSize] || codes == [.containerDamaged])
    }

    @Test("Truncated DER and lying lengths give FORMAT, at every cut")
    func truncated() throws {
        let value = try Vectors.bytes("valid.SignedValue.dat")
        let verifier = try Vectors.verifier()
        for length in stride(from: 1, to: value.count, by: 7) {
            let outcome = verifier.verify(file: Array(value.prefix(length)), now: Vectors.now)
            #expect(outcome.findings.map(\.code) == [.format])
        }
        for length in [[0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x80], [0x85, 1, 0, 0, 0, 0], [0x82, 0, 1], [0x81, 5]]
            as [[UInt8]]
        {
            let outcome = verifier.verify(file: [0x30] + length + [1, 2, 3, 4, 5], now: Vectors.now)
            #expect(outcome.findings.map(\.code) == [.format])
        }
    }

    @Test("A million nested sequences cost nothing")
    func nested() throws {
        let bytes = Array(repeating: [0x30, 0x80] as [UInt8], count: 1_000_000).flatMap { $0 }
        #expect(try Vectors.verifier().verify(file: bytes, now: Vectors.now).findings.map(\.code) == [.format])
    }

    @Test("A picture that claims a billion pixels is told and never decoded")
    func hugePicture() async throws {
        var png = try ElectronicSeal(der: try Vectors.bytes("valid.Seal.esl")).picture.data
        png.replaceSubrange(16..<24, with: [0, 0, 0x80, 0, 0, 0, 0x80, 0])
        let key = try SM2.PrivateKey.generate()
        let certificate = try Vectors.certificate("maker").der
        let seal = try await ElectronicSeal.made(
            from: ElectronicSeal.Draft(
                identifier: "1", name: "样章", signers: [certificate], createdAt: 0, validFrom: 0,
                validUntil: Vectors.now,
                picture: ElectronicSeal.Picture(type: "PNG", data: png, width: 40, height: 40)),
            certificate: certificate
        ) { try key.sign($0) }
        let value = try await SealSignature.made(
            over: [1], property: "/x", seal: seal, at: 1000, certificate: certificate
        ) { try key.sign($0) }
        let outcome = try Vectors.verifier().verify(file: value, original: [1], now: Vectors.now)
        #expect(outcome.findings.map(\.code).contains(.picture))
    }

    @Test("A file that no signature protects is told")
    func coverage() throws {
        let members = try ArchiveMembers.read(try Vectors.bytes("valid.ofd"))
        let changed = StoredArchive(members + [("Doc_0/Pages/Page_1/Content.xml", Array("<a/>".utf8))]).bytes
        let outcome = try Vectors.verifier().verify(ofd: changed, now: Vectors.now)
        #expect(outcome.findings.map(\.code) == [.coverage])
    }
}
