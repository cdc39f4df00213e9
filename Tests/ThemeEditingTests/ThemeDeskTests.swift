import Catalogue
import Extension
import Foundation
import Standards
import StorageTestSupport
import TestSupport
import Testing
import ThemeBundles
import ThemeEditing

@Suite("The desk of themes") struct ThemeDeskTests {
    private static let theme = "theme.yaml"

    private func changed(_ files: [String: String], _ old: String, _ new: String) throws -> [String: String] {
        let text = try #require(files[Self.theme])
        try #require(text.contains(old))
        return files.merging([Self.theme: text.replacing(old, with: new)]) { $1 }
    }

    @Test(
        "a draft is changed by one, published by another, and in force at once; the file is what was written",
        arguments: TestDatabase.all)
    func publishing(kind: TestDatabaseKind) async throws {
        try await DeskFixture.with(kind) { fixture in
            let desk = fixture.desk
            let author = fixture.act("编", .editThemes, .approveThemes)
            let approver = fixture.act("批", .approveThemes)
            await #expect(throws: Problem.forbidden) { try await desk.begin("birth", by: approver) }
            let draft = try await desk.begin("birth", by: author)
            #expect(draft.files[Self.theme]?.contains("version: 1.0.2") == true, "the next version is written in")
            await #expect(throws: ThemeEditingError.self) { try await desk.begin("birth", by: author) }
            let files = try changed(draft.files, "title: 新生儿出生一件事", "title: 宝宝出生一件事")
            let saved = try await desk.save("birth", files, from: draft.stamp, by: author)
            #expect(saved.revision == 2)
            try await desk.move("birth", .submit, from: saved.stamp, by: author)
            await #expect(throws: ThemeEditingError.self) {
                try await desk.save("birth", files, from: saved.stamp, by: author)
            }
            await #expect(throws: ThemeEditingError.self) {
                try await desk.move("birth", .publish, from: saved.stamp, by: author)
            }
            await #expect(throws: Problem.self) {
                try await desk.move("birth", .sendBack, from: saved.stamp, by: approver)
            }
            try await desk.move("birth", .sendBack, from: saved.stamp, opinion: "再想想", by: approver)
            #expect(try await desk.draft("birth").opinion == "再想想")
            try await desk.move("birth", .submit, from: saved.stamp, by: author)
            try await desk.move("birth", .publish, from: saved.stamp, opinion: "同意", by: approver)

            #expect(try await fixture.catalogue.theme("birth").theme.title == "宝宝出生一件事")
            let written = fixture.own.appendingPathComponent("birth/theme.yaml")
            #expect(try String(contentsOf: written, encoding: .utf8) == files[Self.theme])
            #expect(BundleLoader(fixture.own).load().findings.isEmpty)
            #expect(try await desk.draftIfAny("birth") == nil)
            let publications = try await desk.publications(of: "birth")
            #expect(publications.map(\.version) == ["1.0.2", "1.0.1"])
            #expect(publications.map(\.publishedBy) == ["批", ""])
            #expect(
                try await fixture.events() == [
                    "theme.draft_begun", "theme.draft_saved", "theme.draft_moved", "theme.draft_moved",
                    "theme.draft_moved", "theme.published",
                ])

            // Back to what came with the program, by the same way.
            let back = try await desk.restore("birth", to: 0, by: author)
            #expect(back.files[Self.theme]?.contains("version: 1.0.3") == true)
            try await desk.move("birth", .submit, from: back.stamp, by: author)
            try await desk.move("birth", .publish, from: back.stamp, by: approver)
            #expect(try await fixture.catalogue.theme("birth").theme.title == "新生儿出生一件事")
            let again = try await desk.restore("birth", to: 2, by: author)
            #expect(again.files[Self.theme]?.contains("宝宝出生一件事") == true)
            try await desk.move("birth", .discard, from: again.stamp, by: author)
            await #expect(throws: ThemeEditingError.self) { try await desk.restore("birth", to: 9, by: author) }
        }
    }

    @Test(
        "nobody's work is overwritten: not a colleague's, and not what was changed by hand", arguments: TestDatabase.all
    )
    func versions(kind: TestDatabaseKind) async throws {
        try await DeskFixture.with(kind) { fixture in
            let desk = fixture.desk
            let (first, second) = (fixture.act("甲", .editThemes), fixture.act("乙", .editThemes))
            let approver = fixture.act("批", .approveThemes)
            let draft = try await desk.begin("birth", by: first)
            let mine = try changed(draft.files, "title: 新生儿出生一件事", "title: 甲的名字")
            let theirs = try changed(draft.files, "title: 新生儿出生一件事", "title: 乙的名字")
            let saved = try await desk.save("birth", theirs, from: draft.stamp, by: second)
            let error = await #expect(throws: ThemeEditingError.self) {
                try await desk.save("birth", mine, from: draft.stamp, by: first)
            }
            #expect(error?.status == 409)
            #expect(try await desk.draft("birth").files == theirs)
            #expect(try await desk.files(of: "birth", at: draft.stamp) == draft.files, "what was shown is still known")

            try await desk.move("birth", .submit, from: saved.stamp, by: first)
            let folder = fixture.own.appendingPathComponent("birth")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (path, text) in draft.files {
                let file = folder.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            let moved = await #expect(throws: ThemeEditingError.self) {
                try await desk.move("birth", .publish, from: saved.stamp, by: approver)
            }
            #expect(moved?.code == "themes.version" || moved?.status == 409 || moved?.status == 422)
            #expect(
                try String(contentsOf: folder.appendingPathComponent(Self.theme), encoding: .utf8)
                    == draft.files[Self.theme])
        }
    }

    @Test(
        "what the checker finds can't be submitted, and what isn't offered can't be published",
        arguments: TestDatabase.all)
    func refusals(kind: TestDatabaseKind) async throws {
        try await DeskFixture.with(kind, enabled: ["birth"]) { fixture in
            let desk = fixture.desk
            let author = fixture.act("编", .editThemes)
            let approver = fixture.act("批", .approveThemes)
            await #expect(throws: Problem.self) { try await desk.beginNew("Bad ID", title: "坏", by: author) }
            await #expect(throws: ThemeEditingError.self) { try await desk.beginNew("birth", title: "出生", by: author) }
            let draft = try await desk.beginNew("open-shop", title: "开店", by: author)
            let faulty = try changed(draft.files, "after: [A01]", "after: [A09]")
            let saved = try await desk.save("open-shop", faulty, from: draft.stamp, by: author)
            let error = await #expect(throws: ThemeEditingError.self) {
                try await desk.move("open-shop", .submit, from: saved.stamp, by: author)
            }
            #expect(error?.findings.map(\.code) == ["theme.unknown_item"])
            let good = try await desk.save("open-shop", draft.files, from: saved.stamp, by: author)
            let rule = PublicationRule("no-register") { draft, _ in
                guard case .theme(let theme) = draft else { return [] }
                return theme.materials.filter { $0.title == "户口簿" }.map { Finding($0.id, "test.rule", "不要户口簿。") }
            }
            fixture.catalogue.rules.freeze([rule])
            let broken = await #expect(throws: ThemeEditingError.self) {
                try await desk.move("open-shop", .submit, from: good.stamp, by: author)
            }
            #expect(broken?.findings.map(\.code) == ["test.rule"], "what others lay down holds for every theme")
            fixture.catalogue.rules.freeze([])
            try await desk.move("open-shop", .submit, from: good.stamp, by: author)
            let disabled = await #expect(throws: ThemeEditingError.self) {
                try await desk.move("open-shop", .publish, from: good.stamp, by: approver)
            }
            #expect(disabled?.code == "themes.disabled")
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.own.path).isEmpty)
            try await desk.move("open-shop", .sendBack, from: good.stamp, opinion: "先启用", by: approver)
            for path in ["../x", "/x", ".x", "a//b", "a\\b"] {
                await #expect(throws: ThemeEditingError.self) {
                    try await desk.save(
                        "open-shop", draft.files.merging([path: "x"]) { $1 }, from: good.stamp, by: author)
                }
            }
        }
    }
}
