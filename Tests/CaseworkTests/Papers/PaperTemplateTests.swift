import Extension
import Foundation
import Testing

@testable import Casework

@Suite("Templates of papers")
struct PaperTemplateTests {
    private func findings(_ text: String, _ kind: PaperKind = .acceptance) -> [Finding] {
        do {
            _ = try PaperTemplate.parse(text, kind: kind, isLocal: true, place: "papers/acceptance.txt")
            return []
        } catch { return (error as? CaseworkError)?.findings ?? [] }
    }

    private static let sound = """
        标题：受理通知书
        文号字：受

        > {申请人}：

        全部事项在{办理期限}前办结。

        [印章]
        """

    @Test("there is one of every kind, and all are sound")
    func builtIn() throws {
        let templates = try PaperTemplates.load()
        #expect(templates.all.map(\.kind) == PaperKind.allCases)
        #expect(templates.all.allSatisfy { !$0.isLocal })
        #expect(Set(templates.all.map(\.word)).count == PaperKind.allCases.count)
    }

    @Test("an unknown placeholder is told with its line and the nearest name")
    func unknown() {
        let found = findings(Self.sound.replacing("{办理期限}", with: "{办里期限}{办理期限}"))
        #expect(found.map(\.field) == ["papers/acceptance.txt:6"])
        #expect(found.map(\.code) == ["template.unknown_placeholder"])
        #expect(found.first?.message.contains("是否想写 {办理期限}") == true)
    }

    @Test("everything that is wrong comes at once")
    func all() {
        let found = findings(
            """
            标提：受理通知书
            文号字：〔受〕字

            {事项清单}和其他

            [盖章]

            {?容缺材料}

            全部事项在{办理期限前办结。
            """)
        #expect(
            found.map(\.code) == [
                "template.head", "template.head", "template.word", "template.list", "template.block",
                "template.block", "template.brace", "template.incomplete", "template.incomplete",
                "template.incomplete",
            ])
        #expect(found.first?.message.contains("是否想写“标题：…”") == true)
    }

    @Test(
        "what the law wants can't be left out",
        arguments: [
            ("{申请人}：", "申请人："), ("{办理期限}前", "尽快"), ("[印章]", "谢谢。"),
        ])
    func incomplete(_ part: String, _ instead: String) {
        #expect(findings(Self.sound) == [])
        #expect(findings(Self.sound.replacing(part, with: instead)).map(\.code) == ["template.incomplete"])
    }

    @Test("a county's own file takes the place of one template and no other, and has a version of its own")
    func local() throws {
        let folder = try PaperFolder()
        _ = try folder.write(Array(Self.sound.utf8), "acceptance.txt")
        _ = try folder.write(Array("draft".utf8), "acceptance.txt~")
        let builtIn = try PaperTemplates.load()
        let templates = try PaperTemplates.load(folder.url.path)
        #expect(templates.all.filter(\.isLocal).map(\.kind) == [.acceptance])
        #expect(templates[.acceptance]?.version != builtIn[.acceptance]?.version)
        #expect(templates[.receipt]?.version == builtIn[.receipt]?.version)
    }

    @Test("a file that names no kind is told with the nearest name, together with what is wrong in the others")
    func misnamed() throws {
        let folder = try PaperFolder()
        _ = try folder.write(Array(Self.sound.utf8), "acceptence.txt")
        _ = try folder.write([0xFF, 0xFE], "receipt.txt")
        let error = #expect(throws: CaseworkError.self) { try PaperTemplates.load(folder.url.path) }
        #expect(error?.findings.map(\.field) == ["papers/acceptence.txt", "papers/receipt.txt"])
        #expect(error?.findings.first?.message.contains("是否想写 acceptance.txt") == true)
    }

    @Test("a folder of templates that can't be listed stops the start, and none at all doesn't")
    func unreadableFolder() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("papers-\(UUID().uuidString)").path
        _ = try PaperTemplates.load(path)
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: CaseworkError.self) { _ = try PaperTemplates.load(path) }
        #expect(error?.findings.map(\.code) == ["template.unreadable"])
    }
}
