import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Licence files")
struct LicenceFileTests {
    @Test("a file signed under a trusted root is valid in every step that needs no register")
    func trusted() throws {
        let fixture = try LicenceFixture()
        let verification = fixture.verify(try fixture.file())
        #expect(verification.verdict == .valid)
        #expect(verification.steps.map(\.kind) == LicenceVerificationStep.Kind.allCases)
        #expect(verification.steps.filter { $0.outcome != .passed }.map(\.kind) == [.status])
    }

    @Test("a file under a root that nobody trusts is for drills, without legal force")
    func demonstration() throws {
        let verification = LicenceVerifier(trustedRoots: []).verify(
            try LicenceFixture().file(), at: LicenceFixture.now)
        #expect(verification.verdict == .demonstration)
        #expect(verification.verdict.title == "演练·无法律效力")
        #expect(verification.failures.map(\.code) == ["licence.trust.untrusted"])
    }

    @Test("two signatures of one statement differ and both verify")
    func randomSignatures() throws {
        let fixture = try LicenceFixture()
        let (first, second) = (try fixture.file(), try fixture.file())
        #expect(first != second)
        #expect(fixture.verify(first).verdict == .valid)
        #expect(fixture.verify(second).verdict == .valid)
    }

    @Test("the file names no opaque identifier of a party or agency")
    func noOpaqueIdentifiers() throws {
        let party = Seedling.identifier("party")
        let agency = Seedling.identifier("agency")
        let file = try LicenceFixture().file {
            $0.holders[0].party = party
            $0.issuer.agency = agency
        }
        let text = String(decoding: file, as: UTF8.self)
        #expect(!text.contains(party.text))
        #expect(!text.contains(agency.text))
    }

    /// How one byte may be changed.
    enum Change: String, CaseIterable {
        case flipBit, delete, insert, replace

        func apply(to bytes: [UInt8], at position: Int, using random: inout SeededGenerator) -> [UInt8] {
            var bytes = bytes
            switch self {
            case .flipBit: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case .delete: bytes.remove(at: position)
            case .insert: bytes.insert(.random(in: 0x20..<0x7F, using: &random), at: position)
            case .replace: bytes[position] = bytes[position] &+ .random(in: 1...255, using: &random)
            }
            return bytes
        }
    }

    @Test("any changed byte makes verification fail, wherever it stands", arguments: Change.allCases)
    func changedByte(_ change: Change) throws {
        let fixture = try LicenceFixture()
        let file = try fixture.file()
        var random = SeededGenerator(seed: 2026)
        for position in file.indices {
            let changed = change.apply(to: file, at: position, using: &random)
            #expect(fixture.verify(changed).verdict == .invalid, "byte \(position)")
            // Nor may it pass as a drill where the root isn't trusted.
            if position.isMultiple(of: 16) {
                let untrusted = LicenceVerifier(trustedRoots: []).verify(changed, at: LicenceFixture.now)
                #expect(untrusted.verdict == .invalid, "byte \(position)")
            }
        }
    }

    @Test(
        "the same content written in another way is refused",
        arguments: [
            ("{\"algorithm\"", "{ \"algorithm\""), ("\"Z430012345\"", "\"\\u005a430012345\""), ("\\n", "\\u000a"),
            ("\"holders\":[", "\"holders\":[\n"), ("\"format\":\"yiciban-licence/1\",", ""), ("李", "\\u674e"),
        ])
    func otherWriting(_ old: String, _ new: String) throws {
        let fixture = try LicenceFixture()
        let text = String(decoding: try fixture.file(), as: UTF8.self)
        #expect(text.contains(old))
        let changed = text.replacing(old, with: new)
        #expect(fixture.verify(Array(changed.utf8)).verdict == .invalid)
    }

    @Test("other white space at the ends, another order of members and a doubled member are refused")
    func otherDocuments() throws {
        let fixture = try LicenceFixture()
        let file = try fixture.file()
        let text = String(decoding: file, as: UTF8.self)
        #expect(fixture.codes(file + [0x0A]) == ["licence.canonical.changed"])
        #expect(fixture.codes([0x20] + file) == ["licence.canonical.changed"])
        #expect(fixture.codes([0xEF, 0xBB, 0xBF] + file) == ["licence.format.json"])
        #expect(fixture.codes(file + file) == ["licence.format.json"])
        let algorithm = "\"algorithm\":\"SM2-SM3\""
        let moved = text.replacing("{\(algorithm),", with: "{").dropLast() + ",\(algorithm)}"
        #expect(fixture.codes(Array(moved.utf8)) == ["licence.canonical.changed"])
        let doubled = text.dropLast() + ",\(algorithm)}"
        #expect(fixture.codes(Array(doubled.utf8)) == ["licence.format.json"])
    }

    @Test("another text of the same base64 is refused: stray bits, white space, no padding, the other alphabet")
    func base64() throws {
        #expect(StrictBase64.decode("QQ==") == [0x41])
        for text in ["QR==", "QQ", "QQ=", "QQ==\n", " QQ==", "QQ===", "Q Q==", "_w==", "QQ==QQ=="] {
            #expect(StrictBase64.decode(text) == nil, "\(text)")
        }
    }

    @Test("a document with a member more or less, or of another version, is no licence file")
    func unknownForms() throws {
        let fixture = try LicenceFixture()
        let file = try fixture.file()
        let more = try fixture.changed(file, resigned: true) { $0["note"] = "x" }
        #expect(fixture.codes(more) == ["licence.format.member"])
        let other = try fixture.changed(file, resigned: true) {
            $0["format"] = "yiciban-licence/2"
            $0["algorithm"] = "none"
        }
        #expect(fixture.codes(other) == ["licence.format.version", "licence.format.algorithm"])
        #expect(fixture.codes(Array("%PDF-1.7".utf8)) == ["licence.format.json"])
        #expect(fixture.codes([]) == ["licence.format.json"])
        #expect(fixture.codes([UInt8](repeating: 0x20, count: 1 << 20 + 1)) == ["licence.format.size"])
    }
}
