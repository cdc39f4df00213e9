import Extension
import Foundation
import Standards
import Storage
import StorageTestSupport
import Synchronization
import Testing
import TestSupport

@testable import Faces

@Suite("The face of a site")
struct FaceTests {
    static let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><rect width=\"4\" height=\"4\"/></svg>"

    private func settings(_ json: String) throws -> (settings: FaceSettings, findings: [Finding]) {
        let reader = SettingsReader(area: "face", values: try JSONValue(parsing: json))
        return (try FaceSettings(from: reader), reader.findings)
    }

    @Test("everything wrong with the settings is told at once, with place and remedy")
    func findings() throws {
        let found = try settings(
            """
            {"colour": "#7fb2bd", "hotline": "热线", "icp": "12345", "logo": "../logo.svg", "privacy": "face/notice.txt",
             "police": {"number": "43060"}, "links": [{"title": "坏", "url": "javascript:alert(1)"}], "hotlin": "1",
             "divisions": {"430626": {"alias": "Ping Jiang", "colour": "red", "colur": "x"}}}
            """
        ).findings
        #expect(
            Set(found.map(\.field)) == [
                "face.colour", "face.hotline", "face.icp", "face.logo", "face.privacy", "face.police.number",
                "face.police.link", "face.links[0]", "face.hotlin", "face.divisions.430626.alias",
                "face.divisions.430626.colour", "face.divisions.430626.colur",
            ])
        let contrast = try #require(found.first { $0.field == "face.colour" })
        #expect(contrast.message.contains("2.3:1") && contrast.message.contains("4.5:1"))
    }

    @Test("a division has what it names of its own and the city's for the rest")
    func fallback() throws {
        try withFolder { folder in
            try Self.drawing.write(to: folder.appendingPathComponent("logo.svg"), atomically: true, encoding: .utf8)
            let read = try settings(
                """
                {"colour": "#0b5563", "hotline": "12345", "organiser": "市大数据中心", "logo": "logo.svg",
                 "divisions": {"430626": {"alias": "pingjiang", "name": "平江县政务服务", "colour": "#7a1f2b"}}}
                """)
            #expect(read.findings == [])
            var files = FaceFiles(folder: folder.path)
            let book = files.book(read.settings, name: "岳阳市一次办", sponsor: "市局", division: "430600")
            #expect(files.findings == [])
            let county = book.face(of: "430626")
            #expect(county.name == "平江县政务服务" && county.palette?.primary.text == "#7a1f2b")
            #expect(county.hotline == "12345" && county.logo == book.city.logo && county.sponsor == "市局")
            #expect(book.division(named: "pingjiang") == "430626" && book.word(for: "430626") == "pingjiang")
            #expect(book.face(of: "430621") == book.city && book.face(of: nil) == book.city)
        }
    }

    @Test("files that are missing, too large or of another kind are told, and nothing of them is shown")
    func files() throws {
        try withFolder { folder in
            try Data(repeating: 0x20, count: 300 << 10).write(to: folder.appendingPathComponent("large.svg"))
            try Data("no picture".utf8).write(to: folder.appendingPathComponent("logo.png"))
            try Data([0xFF, 0xFE]).write(to: folder.appendingPathComponent("notice.md"))
            var settings = FaceSettings()
            settings.logo = "large.svg"
            settings.privacy = "notice.md"
            settings.accessibility = "nowhere.md"
            var division = FaceSettings.Division()
            division.logo = "logo.png"
            settings.divisions["430626"] = division
            var files = FaceFiles(folder: folder.path)
            let book = files.book(settings, name: "一次办", sponsor: "", division: "430600")
            #expect(
                Set(files.findings.map { "\($0.field) \($0.code)" }) == [
                    "face.logo face.too_large", "face.privacy face.text", "face.accessibility face.missing",
                    "face.divisions.430626.logo face.picture",
                ])
            #expect(book.city.logo == nil && book.notice == nil && book.face(of: "430626").logo == nil)
        }
    }

    @Test("a changed file shows by itself, and a broken one leaves the face before in place and is told")
    func reload() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("logo.svg")
            try Self.drawing.write(to: path, atomically: true, encoding: .utf8)
            var settings = FaceSettings()
            settings.logo = "logo.svg"
            let source = FaceShelf.Source(settings: settings, name: "一次办", sponsor: "", division: "430600")
            let told = Mutex(0)
            let shelf = FaceShelf(folder: folder.path, settingsPath: "\(folder.path)/settings.yaml", source: source) {
                source
            } report: { _ in
                told.withLock { $0 += 1 }
            }
            let first = try #require(shelf.book.city.logo)
            try Self.drawing.replacing("4 4", with: "16 16").write(to: path, atomically: true, encoding: .utf8)
            #expect(shelf.findings == [])
            let second = try #require(shelf.book.city.logo)
            #expect(second.version != first.version)
            try "<svg".write(to: path, atomically: true, encoding: .utf8)
            #expect(shelf.findings.map(\.field) == ["face.logo"])
            #expect(shelf.book.city.logo == second && told.withLock { $0 } == 1)
        }
    }

    @Test("the notice gets a new version with each change, and agreements say which", arguments: TestDatabase.all)
    func notice(kind: TestDatabaseKind) async throws {
        try await withFolder { folder in
            try await withDatabase(kind, migrations: [StorageSchema.migrations, FaceService.migrations]) { database in
                let path = folder.appendingPathComponent("notice.md")
                try "# 告知\n\n- 只用必需的信息。".write(to: path, atomically: true, encoding: .utf8)
                var settings = FaceSettings()
                settings.privacy = "notice.md"
                let source = FaceShelf.Source(settings: settings, name: "一次办", sponsor: "", division: "430600")
                let shelf = FaceShelf(folder: folder.path, settingsPath: "\(folder.path)/s", source: source) {
                    source
                } report: { _ in
                }
                let service = FaceService(database: database, events: EventLog(), shelf: shelf, division: "430600")
                let person = Seed.random().identifier("person", at: TestDatabase.now)
                let act = Act(
                    actor: .person(person, account: person, name: "李示例", terminal: .portal), now: TestDatabase.now)
                #expect(try await service.notice(by: act)?.version == 1)
                #expect(try await service.agreedVersion(of: person) == nil)
                try await service.agree(to: 1, by: act)
                try await service.agree(to: 1, by: act)
                #expect(try await service.agreedVersion(of: person) == 1)

                try "# 告知\n\n- 只用必需的信息，另加一条。".write(to: path, atomically: true, encoding: .utf8)
                #expect(shelf.findings == [])
                await #expect(throws: Problem.self) { try await service.agree(to: 1, by: act) }
                #expect(try await service.notice(by: act)?.version == 2)
                #expect(try await service.notice(version: 1)?.text.blocks == MarkdownText("- 只用必需的信息。").blocks)
                try await service.agree(to: 2, by: act)
                let told = try await database.read { snapshot in
                    try snapshot.rows("SELECT type, body FROM journal ORDER BY at, stream, seq").map {
                        try $0.get("type", as: String.self)
                    }
                }
                #expect(
                    told.sorted() == [
                        "face.notice_agreed", "face.notice_agreed", "face.notice_changed", "face.notice_changed",
                    ])
            }
        }
    }

    @Test("a text of an office becomes headings, paragraphs and lists, and no link leads astray")
    func markdown() {
        let text = MarkdownText(
            "# 个人信息保护\n\n我们**只用**必需的信息。\n见[全文](/privacy)和[坏的](javascript:alert(1))。\n\n## 您的权利\n- 查看\n- 更正\n\n1. 一")
        #expect(text.title == "个人信息保护")
        #expect(text.blocks.count == 4)
        guard case .paragraph(let spans) = text.blocks[0] else {
            Issue.record("no paragraph")
            return
        }
        #expect(spans.map(\.text) == ["我们", "只用", "必需的信息。见", "全文", "和", "坏的", ")。"])
        #expect(spans.compactMap(\.link) == ["/privacy"])
        #expect(text.blocks[1] == .heading("您的权利"))
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-face-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("yiciban-face-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
