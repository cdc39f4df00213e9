import Casework
import Catalogue
import Foundation
import Testing
import ThemeBundles

@Suite("The workbench of a theme's author") struct WorkbenchTests {
    @Test("a new theme passes check and test at once, and is not overwritten")
    func scaffold() throws {
        let parent = FileManager.default.temporaryDirectory.appendingPathComponent("new-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: parent) }
        let scaffold = try ThemeScaffold(id: "open-shop", title: "开便利店")
        let folder = try scaffold.write(into: parent)
        let loaded = BundleLoader(folder).load()
        #expect(loaded.findings == [])
        let bundle = try #require(loaded.bundles.first)
        #expect(bundle.theme.title == "开便利店")
        #expect(ThemeTester(bundle).run() == [])
        #expect(throws: ThemeScaffold.Refusal.self) { try scaffold.write(into: parent) }
    }

    @Test("an ID that can be no folder is refused", arguments: ["", "A", "Open", "开店", "../x", "-x", "a b"])
    func scaffoldID(id: String) {
        #expect(throws: ThemeScaffold.Refusal.self) { try ThemeScaffold(id: id, title: "题") }
    }

    @Test(
        "an example that says otherwise is told apart",
        arguments: [
            ("example.items", "items: [A, C, B]", "items: [A, B]"),
            ("example.upload", "upload: [paper]", "upload: []"),
            ("example.exempt", "{household: licence, ", "{household: check, "),
            ("example.deadline", "deadline: 8wd", "deadline: 9wd"),
            ("example.longest", "longest: 6wd", "longest: 5wd"),
            ("example.fees", "fees: []", "fees: [B 工本费 ¥20.00]"),
            ("example.consents", "consents: [spouse]", "consents: []"),
            ("example.outcome", "outcome: 另走渠道", "outcome: 不办"),
            ("example.available", "[{licence: 户口簿}]", "[{licence: 户口簿}, {licence: 户口簿, of: spouse}]"),
            ("example.answers", "情形: 丙}", "情行: 丙}"),
            ("example.unanswered", ", 配偶: 是}", "}"),
        ])
    func tester(code: String, old: String, new: String) throws {
        let examples = GoodBundle.examples.replacing(old, with: new)
        try #require(examples != GoodBundle.examples)
        let fixture = try BundleFixture(examples: examples)
        let bundle = try #require(ThemeBundle.read(fixture.folder).bundle)
        let findings = ThemeTester(bundle).run()
        #expect(findings.map(\.code) == [code])
        #expect(findings.allSatisfy { $0.file == "good/examples.yaml" && $0.line != nil })
    }

    @Test("a bundle without examples is a finding")
    func noExamples() throws {
        let fixture = try BundleFixture(examples: nil)
        let bundle = try #require(ThemeBundle.read(fixture.folder).bundle)
        #expect(ThemeTester(bundle).run().map(\.code) == ["example.none"])
    }

    @Test("an example with a misspelt key is refused with its line")
    func strictExamples() throws {
        let fixture = try BundleFixture(examples: GoodBundle.examples.replacing("deadline:", with: "dedline:"))
        let findings = ThemeBundle.read(fixture.folder).findings
        #expect(findings.map(\.code) == ["theme.unknown_key"])
        #expect(findings.first?.line == 9)
    }

    @Test("the preview shows questions, items, papers, fees and who must consent")
    func preview() throws {
        let fixture = try BundleFixture()
        let preview = ThemePreview(try #require(ThemeBundle.read(fixture.folder).bundle))
        let text = preview.text(for: ["情形": "乙", "加急": "否", "配偶": "是"])
        for part in [
            "# 好事（good 1.0.0）", "一件1次办好的事。", "1. **哪一种？**", "参数 时限：2个工作日（参考值，请按本地规定核定）",
            "- 第2步 B 发证（公安，3个工作日，在 A 之后）", "- □ 户口簿（本人有电子证照《户口簿》时免交）", "- ✓ 证明：",
            "- B 工本费 ¥20.00", "提交前需要同意：配偶", "姓名（已知，免填）",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(preview.text(for: ["情形": "丙"]).contains("**另走渠道**"))
        #expect(preview.text(for: [:]).contains("还要回答："))
        #expect(!preview.text().contains("这样回答的结果"))
    }
}
