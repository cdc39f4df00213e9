import Foundation
import StandardThemes
import TestSupport
import Testing
import ThemeBundles
import ThemeEditing

@Suite("Filling in a theme by forms") struct FormEditTests {
    private static func files(_ theme: String) throws -> [String: String] {
        BundleFiles(StandardThemes.folder.appendingPathComponent(theme)).contents
    }

    /// What a browser sends of a part that nobody changed.
    private func untouched(_ controls: [EditorControl]) -> YAMLSource.Sent {
        var sent: YAMLSource.Sent = [:]
        for control in controls {
            let name = "v:\(control.path)"
            switch control.value {
            case .text(let text): sent[name] = [text]
            case .chosen(let chosen):
                sent["h:\(control.path)"] = ["yes"]
                if !chosen.isEmpty { sent[name] = chosen }
            case .flag(let flag):
                sent["h:\(control.path)"] = ["yes"]
                if flag { sent[name] = ["true"] }
            case .condition(let condition):
                for row in condition?.rows ?? [] {
                    let place = "c:\(control.path):\(row.address)"
                    if case .answer(let question, let options, let isNegated) = row.form {
                        sent["\(place):question"] = [question]
                        sent["\(place):options"] = options
                        sent["\(place):negated"] = [isNegated ? "yes" : ""]
                    } else {
                        sent["\(place):join"] = [row.form.joining?.rawValue ?? ""]
                    }
                }
            case .options(let options):
                for option in options {
                    sent["o:\(option.path):title"] = [option.title]
                    sent["o:\(option.path):hint"] = [option.hint]
                }
            case .sources(let sources):
                for source in sources {
                    sent["s:\(source.path):kind"] = [source.kind.rawValue]
                    sent["s:\(source.path):name"] = [source.name]
                    sent["s:\(source.path):of"] = [source.holder]
                }
            case .parts(let parts): for part in parts { sent.merge(untouched(part.controls)) { $1 } }
            case .textOnly: break
            }
        }
        return sent
    }

    @Test(
        "saving a form that nobody changed changes no character",
        arguments: ["birth", "retirement", "enterprise-setup"])
    func nothing(theme: String) throws {
        let files = try Self.files(theme)
        let tree = try #require(files["theme.yaml"].flatMap { YAMLSource($0) }).tree
        for section in EditorSection.allCases {
            let places: [Int?] = section.list.map { Array((tree[$0]?.elements ?? []).indices) } ?? [nil]
            for index in places {
                let base = index.flatMap { section.list?.index($0) } ?? .root
                let sent = untouched(EditorControl.all(of: section.shape, at: base, in: tree))
                let after = try FormEdit(section: section, index: index, sent: sent, move: nil).files(from: files)
                #expect(after == files, "\(theme) \(section) \(index.map(String.init) ?? "")")
            }
        }
    }

    @Test("a theme made by forms alone is the file that an author writes by hand")
    func byHand() throws {
        var files = try ThemeScaffold(id: "open-shop", title: "开店").files
        func fill(_ section: EditorSection, _ index: Int?, _ sent: YAMLSource.Sent, _ move: String? = nil) throws {
            files = try FormEdit(section: section, index: index, sent: sent, move: move.flatMap { EditorMove($0) })
                .files(from: files)
        }
        let before = try #require(files["theme.yaml"])
        try fill(.questions, nil, [:], "add:questions")
        try fill(
            .questions, 1,
            [
                "v:questions[1].title": ["卖食品吗？"], "v:questions[1].id": ["是否卖食品"],
                "o:questions[1].options[0]:title": ["卖"],
                "o:questions[1].options[1]:title": ["不卖"],
            ])
        try fill(.materials, nil, [:], "add:materials")
        try fill(
            .materials, 3,
            ["v:materials[3].title": ["健康证明"], "h:materials[3].items": ["yes"], "v:materials[3].items": ["A01"]],
            "condition-add:materials[3].when")
        try fill(
            .materials, 3,
            [
                "c:materials[3].when:0:question": ["是否卖食品"], "c:materials[3].when:0:options": ["卖"],
                "c:materials[3].when:0:negated": [""],
            ])
        let byHand =
            before
            .replacing(
                "    options: [本人办理, 委托办理]\n",
                with: "    options: [本人办理, 委托办理]\n  - id: 是否卖食品\n    title: 卖食品吗？\n    options: [卖, 不卖]\n"
            )
            .replacing(
                "    items: [A01]\n    sources: [upload]\n",
                with: """
                        items: [A01]
                        sources: [upload]
                      - id: material-1
                        title: 健康证明
                        when: {是否卖食品: 卖}
                        items: [A01]
                        sources: [upload]

                    """)
        #expect(LineDifference(from: byHand, to: files["theme.yaml"] ?? "").lines.map(\.text) == [])
        #expect(ThemeBundle.read(BundleFiles(files), named: "open-shop").findings.isEmpty)
    }

    @Test("what is called otherwise takes along conditions, items, results and examples")
    func renaming() throws {
        let files = try Self.files("birth")
        let renamed = try FormEdit(
            section: .questions, index: 1,
            sent: ["v:questions[1].id": ["父母婚姻"], "o:questions[1].options[0]:title": ["已婚"]], move: nil
        ).files(from: files)
        let theme = try #require(renamed["theme.yaml"])
        let byHand = try #require(files["theme.yaml"]).replacing("婚姻状况", with: "父母婚姻").replacing("婚内", with: "已婚")
            .replacing("孩子父母的父母婚姻是？", with: "孩子父母的婚姻状况是？")
        #expect(LineDifference(from: byHand, to: theme).lines.map(\.text) == [])
        #expect(renamed["examples.yaml"]?.contains("婚姻状况") == false)
        #expect(renamed["examples.yaml"]?.contains("父母婚姻: 已婚") == true)
        let item = try FormEdit(section: .items, index: 0, sent: ["v:items[0].id": ["X01"]], move: nil).files(
            from: files)
        #expect(item["theme.yaml"]?.contains("P01") == false)
        for changed in [renamed, item] {
            let (bundle, findings) = ThemeBundle.read(BundleFiles(changed), named: "birth")
            #expect(findings.isEmpty)
            #expect(try ThemeTester(#require(bundle)).run().isEmpty)
        }
    }

    @Test("any condition that is picked is written and read as the same")
    func conditions() {
        var random = SystemRandomNumberGenerator()
        func condition(_ depth: Int) -> ConditionForm {
            if depth == 0 || Bool.random(using: &random) {
                let options = ["甲", "乙", "丙"].filter { _ in Bool.random(using: &random) }
                return .answer(
                    question: ["问", "再问"].randomElement(using: &random) ?? "问",
                    options: options.isEmpty ? ["甲"] : options, isNegated: Bool.random(using: &random))
            }
            return .group(
                (0..<Int.random(in: 2...3, using: &random)).map { _ in condition(depth - 1) },
                isAny: Bool.random(using: &random), isNegated: Bool.random(using: &random))
        }
        for _ in 0..<500 {
            let form = condition(3)
            #expect(ConditionForm(form.tree) == form)
            var sent: [String: [String]] = [:]
            for row in form.rows {
                if case .answer(let question, let options, let isNegated) = row.form {
                    sent["\(row.address):question"] = [question]
                    sent["\(row.address):options"] = options
                    sent["\(row.address):negated"] = [isNegated ? "yes" : ""]
                } else {
                    sent["\(row.address):join"] = [row.form.joining?.rawValue ?? ""]
                }
            }
            #expect(ConditionForm.read(sent) == form)
            let address = form.rows.randomElement(using: &random)?.address ?? "0"
            let more = form.adding(.answer(question: "新", options: ["丁"], isNegated: false), at: address)
            #expect(more.words.contains("“新”是丁"))
        }
    }

    @Test("a finding stands at the part that it is about")
    func findings() throws {
        let files = try Self.files("birth").mapValues {
            $0.replacing("after: [P01]\n    note", with: "after: [P01, P99]\n    note")
        }
        let check = DraftCheck(files, of: "birth", settings: [:], themes: ["birth"])
        #expect(check.placed.map { $0.path?.description } == ["items[1].after[1]"])
        let missing = try Self.files("birth").mapValues {
            $0.replacing("    title: 预防接种证\n    department: 卫健\n", with: "    department: 卫健\n")
        }
        let found = DraftCheck(missing, of: "birth", settings: [:], themes: ["birth"]).placed
        #expect(found.map { $0.path?.description } == ["items[1]"])
    }

    @Test("a situation is kept as an example that holds")
    func examples() throws {
        let files = try ThemeScaffold(id: "open-shop", title: "开店").files
        let bundle = try #require(ThemeBundle.read(BundleFiles(files), named: "open-shop").bundle)
        let example = try #require(RecordedExample(name: "别人代办", answers: ["是否委托办理": "委托办理"], in: bundle))
        let added = try example.added(to: files)
        #expect(added["examples.yaml"]?.hasPrefix(try #require(files["examples.yaml"]).dropLast(1)) == true)
        let after = try #require(ThemeBundle.read(BundleFiles(added), named: "open-shop").bundle)
        #expect(after.examples.map(\.name).last == "别人代办")
        #expect(ThemeTester(after).run().isEmpty)
        #expect(try example.added(to: added) == added)
        #expect(RecordedExample(name: "空", answers: [:], in: bundle) == nil)
    }
}
