import PluginKit
import TestSupport
import Testing

@testable import Portal

@Suite("Renderer")
struct RendererTests {
    @Test("what people typed is escaped")
    func escapes() throws {
        let page = try Rendering.page("search", ["heading": "<script>alert(1)</script>", "query": "\"><img>"])
        #expect(!page.source.contains("<script>alert"))
        #expect(page.source.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.faults == [])
    }

    @Test("an empty text is absent, in a section and in an inverted one")
    func emptyIsAbsent() throws {
        let shelf = try TemplateShelf(["t": "{{#a}}A{{/a}}{{^a}}none{{/a}}{{#b}}[{{b}}]{{/b}}"])
        let text = try shelf.render(.named("t"), RenderedPage(model: ["a": "", "b": "x"], frame: [:]))
        #expect(text == "none[x]")
    }

    @Test("a plugin's page stands inside the layout, and may be shown again")
    func pluginPage() throws {
        let template = Template.text("<h1>{{title}}</h1><p>{{site.name}}</p>")
        for _ in 1...2 {
            let page = try Rendering.page(.render(template, ["title": "新生儿 & 家人"]), Rendering.mother)
            #expect(page.faults == [])
            #expect(page.source.contains("<h1>新生儿 &amp; 家人</h1>"))
            #expect(page.source.contains("岳阳市「一件事一次办」"))
        }
    }

    @Test("a plugin's text that is no template is refused with the reason")
    func malformedPluginPage() throws {
        #expect(throws: PortalError.self) {
            try Rendering.page(.render(.text("{{#open}}"), [:]), Rendering.mother)
        }
    }

    @Test("a template that nobody has written is refused by name")
    func unknownTemplate() throws {
        #expect(throws: PortalError.unknownTemplate("nothing")) { try Rendering.page("nothing", [:]) }
    }

    @Test("the menu shows what one may open, and where one is")
    func menu() {
        func labels(_ actor: Actor, _ path: String) -> [(String, Bool)] {
            guard case .list(let entries) = Rendering.menu.model(for: actor, at: path, unread: 0) else { return [] }
            return entries.map { entry in
                guard case .text(let label) = entry.members["label"], case .flag(let current) = entry.members["current"]
                else { return ("", false) }
                return (label, current)
            }
        }
        let citizen = labels(Rendering.mother, "/my/password")
        #expect(citizen.map(\.0) == ["首页", "我的"])
        #expect(citizen.filter(\.1).map(\.0) == ["我的"])
        let officer = Rendering.officer(CaseStory.account, permissions: [Permission.decideItems.id])
        #expect(labels(officer, "/staff/tasks/1/P01").map(\.0) == ["待办"])
    }

    @Test("the foot names who runs the site once, and says nothing when nobody is named")
    func agency() throws {
        let shelf = try TemplateShelf(try ResourceFolder.bundled())
        for (agency, count) in [("岳阳市行政审批服务局", 1), ("", 0)] {
            let frame = PageFrame(
                sites: Rendering.sites { $0.sponsor = agency }, menu: Rendering.menu, assetVersion: "1")
            let page = HTMLPage(
                try PortalRenderer(shelf: shelf, frame: frame)
                    .render(.named("text"), ["heading": "帮助"], in: Rendering.context(), unread: 0))
            #expect(page.source.ranges(of: "主办单位").count == count)
        }
    }

    @Test("a day in our writing is said as people say it, and nothing else is touched")
    func days() {
        #expect(ShownText.day("2026-11-22") == "2026年11月22日")
        for text in ["2026-13-22", "H-2026-11-22", "430602-000101"] { #expect(ShownText.day(text) == text) }
    }

    @Test("the elder edition is a class of the page and a way back")
    func elderEdition() throws {
        let renderer = try Rendering.renderer()
        let elder = HTMLPage(
            try renderer.render(.named("text"), ["heading": "帮助"], in: Rendering.context(isElder: true), unread: 0))
        #expect(elder.all("html").first?.attributes["class"] == "elder")
        #expect(elder.all("button").contains { $0.attributes["value"] == "standard" })
        let standard = HTMLPage(
            try renderer.render(.named("text"), ["heading": "帮助"], in: Rendering.context(), unread: 0))
        #expect(standard.all("button").contains { $0.attributes["value"] == "elder" })
    }

    @Test(
        "the page for a problem says what happened, what to do, and the code",
        arguments: [401, 403, 404, 409, 413, 422, 429, 500])
    func problemPage(status: Int) async throws {
        let problem = Problem(status, "sample.code", "没有办成", "出了点问题。")
        let context = Rendering.context(Rendering.mother, path: "/cases/abc/form")
        let page = HTMLPage(try await Rendering.renderer().render(problem, in: context))
        #expect(page.faults == [])
        for text in ["没有办成", "出了点问题。", "sample.code", "r1"] { #expect(page.source.contains(text)) }
        #expect(page.source.contains("<li>"))
    }
}
