import Foundation
import StandardThemes
import TestSupport
import Testing
import ThemeEditing

@Suite("Changing a YAML file part by part") struct YAMLSourceTests {
    private static let text = """
        # 一件好事
        id: good   # 文件夹的名字
        title: "好事"
        words: [好事, 喜事]

        questions:
          # 第一问
          - id: 情形
            title: 哪一种？
            options: [甲, {title: 乙, hint: 少见}]
          - {id: 加急, title: 加急吗？, options: [是, 否], when: {not: {情形: 甲}}}   # 第二问
        items:
        - id: A
          title: 登记
          note: >
            折叠的
            文字
        - id: B
          title: 发证
          after: [A]
        """

    private func source(_ text: String = Self.text) throws -> YAMLSource { try #require(YAMLSource(text)) }

    private func path(_ text: String) throws -> YAMLPath { try #require(YAMLPath(text)) }

    @Test("a changed value leaves every other character as it was")
    func setting() throws {
        let changed = try source().setting(path("questions[1].title"), to: "着急吗？")
        #expect(changed.text == Self.text.replacing("title: 加急吗？", with: "title: 着急吗？"))
        let quoted = try source().setting(path("title"), to: "好: 事 #1")
        #expect(quoted.text == Self.text.replacing("\"好事\"", with: "\"好: 事 #1\""))
        let folded = try source().setting(path("items[0].note"), to: "一行")
        #expect(folded.text.contains("  note: 一行\n- id: B"))
        #expect(folded.text.contains("id: good   # 文件夹的名字"))
    }

    @Test("a new key finds the place that authors give it, and a key that goes leaves no trace")
    func keys() throws {
        let order = ["id", "title", "hint", "options", "when"]
        let added = try source().setting(path("questions[0].hint"), to: "选一种", order: order)
        #expect(added.text.contains("    title: 哪一种？\n    hint: 选一种\n    options:"))
        #expect(try added.removing(path("questions[0].hint")).text == Self.text)
        let inline = try source().setting(path("questions[1].hint"), to: "急不急", order: order)
        #expect(inline.text.contains("title: 加急吗？, hint: 急不急, options"))
        #expect(try inline.removing(path("questions[1].hint")).text == Self.text)
        // The key that shares its line with the dash.
        let first = try source().removing(path("items[1].id"))
        #expect(first.text.contains("- title: 发证\n  after: [A]"))
    }

    @Test("elements are added, taken away with the comment above them, and change places")
    func elements() throws {
        let list = try path("questions")
        let added = try source().appending(
            ["id": "新", "title": "新问", "options": ["是", "否"], "when": ["情形": "甲"]], to: list)
        #expect(
            added.text.contains("   # 第二问\n  - {id: 新, title: 新问, options: [是, 否], when: {情形: 甲}}\nitems:")
                || added.text.contains("   # 第二问\n  - id: 新\n    title: 新问\n"))
        #expect(try added.removing(list.index(2)).text == Self.text)
        let moved = try source().moving(list.index(1), by: -1)
        #expect(moved.text.contains("questions:\n  - {id: 加急"))
        #expect(moved.text.contains("# 第二问\n  # 第一问\n  - id: 情形"))
        #expect(try moved.moving(list.index(0), by: 1).text == Self.text)
        let less = try source().removing(list.index(0))
        #expect(!less.text.contains("第一问") && less.text.contains("第二问"))
        let words = try source().moving(path("words[0]"), by: 1)
        #expect(words.text.contains("words: [喜事, 好事]"))
        // The last line of a file may lack its line feed.
        let items = try source().moving(path("items[1]"), by: -1)
        #expect(try items.moving(path("items[0]"), by: 1).tree == source().tree)
    }

    @Test("a place of a finding leads to the part that it is about")
    func places() throws {
        let source = try source()
        #expect(source.path(line: 3, column: 8).description == "title")
        #expect(source.path(line: 9, column: 12).description == "questions[0].title")
        #expect(source.path(line: 11, column: 16).description == "questions[1].title")
        #expect(source.path(line: 20, column: 11).description == "items[1].after[0]")
        #expect(source.line(of: try path("items[1].after")) == 20)
    }

    @Test(
        "what hides behind anchors is left to the text",
        arguments: ["a: &x 1\nb: *x\n", "- a\n", "a: [1\n", "", "\u{0}"])
    func refused(text: String) { #expect(YAMLSource(text) == nil) }

    @Test("any text can be written anywhere and is read again as it is; the rest of the file says the same")
    func anyText() throws {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "是", "否", "a", " ", ":", ": ", " #", "#", "-", "- ", "?", "[", "]", "{", "}", ",", "\"", "'", "\\", "\n",
            "~", "&",
            "*", "!", "|", ">", "%", "@", "`", "null", "true", "1.0", "=", "<<", "\t", "\u{85}", "\u{2028}", "\u{7F}",
            "🍀", "0x1",
            "..", "---", "\u{A0}",
        ]
        let paths = try [
            "title", "words[1]", "questions[0].title", "questions[0].options[0]", "questions[1].title", "items[0].note",
        ]
        .map(path)
        for _ in 0..<600 {
            let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }.joined()
            let place = try #require(paths.randomElement(using: &random))
            let source = try source()
            guard let changed = try? source.setting(place, to: .text(text)) else {
                Issue.record("\(text.debugDescription) at \(place) is refused")
                continue
            }
            #expect(changed.tree[place] == .text(text), "\(text.debugDescription) at \(place)")
            #expect(try changed.setting(place, to: source.tree[place]).tree == source.tree)
        }
    }

    @Test("any walk of changes through the shipped themes does to the file what it does to its meaning")
    func walks() throws {
        for theme in ["birth", "enterprise-setup"] {
            let file = StandardThemes.folder.appendingPathComponent("\(theme)/theme.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            var source = try source(text)
            for list in ["questions", "items", "materials", "form", "parties", "advice", "outcomes"] {
                let path = try path(list)
                for index in source.tree[path]?.elements.indices ?? 0..<0 {
                    let element = path.index(index)
                    if index % 3 == 1 {
                        let swapped = try source.moving(element, by: -1)
                        #expect(
                            try swapped.moving(path.index(index - 1), by: 1).text == source.text, "\(theme) \(element)")
                    }
                    let without = try source.removing(element)
                    if (source.tree[path]?.elements.count ?? 0) > 1 {
                        #expect(without.tree[path]?.elements.count == (source.tree[path]?.elements.count ?? 0) - 1)
                    }
                    for member in source.tree[element]?.members ?? [] where index % 4 == 0 {
                        let key = element.key(member.key)
                        #expect(try source.setting(key, to: member.value).text == source.text)
                        let set = try source.setting(key, to: "改")
                        #expect(try set.setting(key, to: member.value).tree == source.tree, "\(theme) \(key)")
                    }
                }
                source = try source.appending(["id": "x", "title": "尾"], to: path)
            }
        }
    }
}
