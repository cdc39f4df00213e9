import Casework
import Cryptography
import Extension
import Foundation
import Storage
import StorageTestSupport
import TestSupport
import Testing

@Suite("The packet of a case for the archive")
struct CaseArchiveTests {
    @Test("it holds every paper, material, result and event, each with its digest", arguments: TestDatabase.all)
    func whole(_ kind: TestDatabaseKind) async throws {
        try await World.run(on: kind) { world in
            let folder = try PaperFolder()
            var file = try await world.submitted()
            _ = try await world.accept(file.id)
            for item in ["P01", "P02", "P03", "P04", "P05"] { file = try await world.grant(item, file.id) }
            let index = try await world.casework.archive(file.id, to: folder.path("case.zip"), by: world.clerk)
            // Another program than ours reads it.
            _ = try Tool.run("python3", "-m", "zipfile", "-e", folder.path("case.zip"), folder.path("out"))
            let folders = index.members.map { String($0.name.prefix { $0 != "/" }) }
            let counts = Dictionary(folders.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(counts == ["申请": 2, "文书": 7, "材料": 1, "结果": 5, "过程.json": 1, "过程.pdf": 1])
            for member in index.members {
                let bytes = try Data(contentsOf: folder.url.appendingPathComponent("out/\(member.name)"))
                #expect(bytes.count == member.size)
                #expect(Hex.encode(SM3.hash(Array(bytes))) == member.sm3, "\(member.name)")
            }
            #expect(Array(try Data(contentsOf: folder.url.appendingPathComponent("out/目录.json"))) == index.json)
            let page = try Tool.run("pdftotext", "-raw", folder.path("out/目录.pdf"), "-").filter { !$0.isWhitespace }
            #expect(index.members.allSatisfy { page.contains($0.about.filter { !$0.isWhitespace }) })
            let journal = try JSONParser.parse(
                Array(try Data(contentsOf: folder.url.appendingPathComponent("out/过程.json"))))
            let hashes = journal["events"]?.array?.compactMap { $0["hash"]?.string }
            #expect(hashes == (try await world.journal(of: file)).map { Hex.encode($0.hash) })
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("case.zip"))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            #expect(left.sorted() == ["case.zip", "out"])
        }
    }

    @Test("a file that is there is not overwritten, and a packet that fails leaves nothing behind")
    func existing() async throws {
        try await World.run(on: .sqlite) { world in
            let folder = try PaperFolder()
            let file = try await world.submitted()
            let path = try folder.write(Array("kept".utf8), "case.zip")
            await #expect(throws: (any Error).self) {
                _ = try await world.casework.archive(file.id, to: path, by: world.clerk)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
            try await world.database.write { _ = try $0.execute("DELETE FROM case_paper") }
            await #expect(throws: (any Error).self) {
                _ = try await world.casework.archive(file.id, to: folder.path("other.zip"), by: world.clerk)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["case.zip"])
        }
    }

    @Test("who handles one item, or applies, gets no packet of the whole")
    func forbidden() async throws {
        try await World.run(on: .sqlite) { world in
            let folder = try PaperFolder()
            let file = try await world.submitted()
            for act in [world.mother, world.officer("卫健"), world.stranger] {
                await #expect(throws: CaseworkError.self) {
                    _ = try await world.casework.archive(file.id, to: folder.path("x.zip"), by: act)
                }
            }
            _ = try await world.casework.archive(file.id, to: folder.path("y.zip"), by: world.supervisor)
        }
    }
}
