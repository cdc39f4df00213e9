import ESeal
import Foundation
import StorageTestSupport
import TestSupport
import Testing

/// Some thousand changed documents in every run, hundreds of thousands with `make fuzz` (`YICIBAN_FUZZ`): none crashes
/// the verifier, and none that was changed where it is protected passes.
@Suite("Changed documents", .covers("R06.12"))
struct MutationTests {
    static let count = ProcessInfo.processInfo.environment["YICIBAN_FUZZ"].flatMap(Int.init) ?? 3000
    static let seeds = ["valid", "valid-digest-list", "valid-raw-signature", "valid-ext"]

    @Test("A changed signature never passes", arguments: seeds)
    func signatures(seed: String) throws {
        let members = Dictionary(
            uniqueKeysWithValues: try ArchiveMembers.read(try Vectors.bytes("\(seed).ofd")))
        let value = try #require(members["Doc_0/Signs/Sign_0/SignedValue.dat"])
        let original = try #require(members["Doc_0/Signs/Sign_0/Signature.xml"])
        let verifier = try Vectors.verifier()
        var random = SeededGenerator(seed: UInt64(seed.utf8.count) << 32)
        for _ in 0..<(Self.count / 8) {
            var changed = value
            for _ in 0..<Int.random(in: 1...3, using: &random) where changed.count > 4 {
                changed = Mutation.der(changed, &random)
            }
            if changed == value { continue }
            let outcome = verifier.verify(changed, original: original, now: Vectors.now)
            #expect(!outcome.findings.isEmpty, "\(changed)")
        }
    }

    @Test("A document with a changed member never passes unless what is protected is as it was", arguments: seeds)
    func documents(seed: String) throws {
        let members = try ArchiveMembers.read(try Vectors.bytes("\(seed).ofd"))
        let verifier = try Vectors.verifier()
        var random = SeededGenerator(seed: UInt64(seed.utf8.count) << 16)
        for _ in 0..<(Self.count / 8) {
            let index = Int.random(in: members.indices, using: &random)
            var changed = members
            let isXML = changed[index].0.hasSuffix(".xml")
            changed[index].1 =
                isXML ? Mutation.xml(changed[index].1, &random) : Mutation.der(changed[index].1, &random)
            if changed[index].1 == members[index].1 { continue }
            let outcome = verifier.verify(ofd: StoredArchive(changed).bytes, now: Vectors.now)
            // The list of signatures is the one member that nothing protects.
            if outcome.findings.isEmpty { #expect(members[index].0 == "Doc_0/Signs/Signatures.xml") }
        }
    }

    @Test("An archive with changed bytes is answered, whatever they are", arguments: seeds)
    func archives(seed: String) throws {
        let bytes = try Vectors.bytes("\(seed).ofd")
        let verifier = try Vectors.verifier()
        var random = SeededGenerator(seed: UInt64(seed.utf8.count))
        for _ in 0..<(Self.count / 8) {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: changed.indices, using: &random)
                changed[place] = UInt8.random(in: .min ... .max, using: &random)
            }
            let outcome = verifier.verify(ofd: changed, now: Vectors.now)
            let isWhole = outcome.verdict == .valid && outcome.signatures.count == 1
            #expect(isWhole || !outcome.findings.isEmpty)
        }
    }
}
