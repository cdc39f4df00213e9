import ArgumentParser
import Cryptography
import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import Licences

@Suite("Endpoints and commands of licences")
struct LicenceSurfaceTests {
    private func endpoint(_ service: LicenceService, _ method: Extension.Method, _ path: String) throws -> Endpoint {
        let endpoints = service.contributions.compactMap { $0 as? Endpoint }
        return try #require(endpoints.first { $0.method == method && $0.path == path })
    }

    @Test("anyone verifies an upload; a changed one is told apart", arguments: TestDatabase.all)
    func verifyUpload(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind) { fixture in
            let licence = try await fixture.issue(ServiceFixture.birth())
            let bytes = try await fixture.service.file(of: licence.id, by: Seedling.act()).bytes
            let endpoint = try endpoint(fixture.service, .post, "licences/verify")
            #expect(endpoint.access == .anyone)
            for (content, verdict) in [(bytes, "valid"), (bytes + [0x0A], "invalid"), ([0x25], "invalid")] {
                let upload = UploadedFile(bytes: content, name: "a.licence", contentType: "")
                let reply = try await endpoint.run(
                    RawInput(members: [:], file: upload), Call(act: Seedling.act(.anonymous(terminal: .api))))
                #expect(reply.status == 200)
                #expect(try JSONParser.parse(reply.body)["verdict"]?.string == verdict)
            }
        }
    }

    @Test(
        "the interface shows a licence with its identity numbers masked, and gives the file",
        arguments: TestDatabase.all)
    func show(_ kind: TestDatabaseKind) async throws {
        try await ServiceFixture.run(kind, trusted: false) { fixture in
            let draft = ServiceFixture.birth { $0.holders[0].idNumber = "430602190904265454" }
            let licence = try await fixture.issue(draft)
            let input = RawInput(members: ["id": .string(licence.id.text)])
            let call = Call(act: Seedling.act(Seedling.person("mother"), "show"))
            let reply = try await endpoint(fixture.service, .get, "licences/{id}").run(input, call)
            let json = try JSONParser.parse(reply.body)
            let holder = json["licence"]?["holders"]?.array?.first
            #expect(holder?["id_number"]?.string == "430602********5454")
            #expect(json["notice"]?.string == "演练·无法律效力")
            let file = try await endpoint(fixture.service, .get, "licences/{id}/file").run(input, call)
            #expect(file.contentType == LicenceFile.contentType)
            #expect(String(decoding: file.body, as: UTF8.self).contains("430602190904265454"))
            let list = try await endpoint(fixture.service, .get, "licences").run(RawInput(members: [:]), call)
            #expect(try JSONParser.parse(list.body)["items"]?.array?.count == 1)
        }
    }

    @Test("scripts learn the verdict from the exit code")
    func exitCodes() {
        #expect(VerifyLicence.exitCode(of: .valid) == nil)
        #expect(VerifyLicence.exitCode(of: .demonstration) == ExitCode(4))
        #expect(VerifyLicence.exitCode(of: .elsewhere) == ExitCode(1))
        #expect(VerifyLicence.exitCode(of: .invalid) == ExitCode(1))
    }

    @Test("the command verifies a file without any deployment, and fails after a byte was changed")
    func verifyCommand() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "licence-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ name: String, _ bytes: [UInt8]) throws -> String {
            let path = folder.appending(path: name).path(percentEncoded: false)
            try Data(bytes).write(to: URL(filePath: path))
            return path
        }
        func run(_ arguments: String...) async throws {
            let command = try #require(try VerifyLicence.parseAsRoot(arguments) as? VerifyLicence)
            try await command.run()
        }
        let fixture = try LicenceFixture()
        var bytes = try fixture.file()
        let good = try write("good.licence", bytes)
        let root = try write("root.pem", Array(fixture.root.pem.utf8))
        let stranger = try write("stranger.pem", Array(try LicenceFixture().root.pem.utf8))
        try await run(good, "--root", root, "--json", "--data", "/nowhere")
        await #expect(throws: ExitCode(4)) { try await run(good) }
        await #expect(throws: ExitCode(4)) { try await run(good, "--root", stranger) }
        bytes[bytes.count / 2] ^= 1
        let bad = try write("bad.licence", bytes)
        await #expect(throws: ExitCode(1)) { try await run(bad) }
        await #expect(throws: ExitCode(1)) { try await run(bad, "--root", root) }
        let empty = try write("empty.licence", [])
        await #expect(throws: ExitCode(1)) { try await run(empty) }
        await #expect(throws: LicenceError.self) { try await run(good, "--root", good) }
    }

    @Test("a missing file is told with its name and a remedy")
    func missingFile() async throws {
        let command = try #require(try VerifyLicence.parseAsRoot(["/nowhere/x.licence"]) as? VerifyLicence)
        let error = await #expect(throws: LicenceError.self) { try await command.run() }
        #expect(error?.message.contains("/nowhere/x.licence") == true)
    }

    @Test("each problem has a title of its own")
    func titles() {
        let codes: [LicenceError.Code] = [
            .draft, .signer, .notFound, .notInForce, .noFile, .noOriginal, .fileSize, .unreadable,
        ]
        let problems = codes.map { LicenceError($0, "说明。").problem }
        #expect(Set(problems.map(\.title)).count == codes.count)
        #expect(problems.allSatisfy { !$0.title.isEmpty && $0.title.count <= 12 })
    }
}
