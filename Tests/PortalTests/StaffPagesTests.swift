import PluginKit
import TestSupport
import Testing

@testable import Casework
@testable import Portal

@Suite("Pages for staff")
struct StaffPagesTests {
    private func request(_ form: [String: String] = [:]) -> PageRequest {
        PageRequest(
            act: Act(actor: .system("test"), now: CaseStory.now, seed: .random()), form: form.mapValues { [$0] })
    }

    private func acceptance(_ story: CaseStory, _ form: AcceptanceForm) throws -> HTMLPage {
        let model = AcceptanceModel(
            sight: story.sight(.clerk), form: form, today: CaseStory.now.day, calendar: .published,
            rules: CaseworkRules())
        let clerk = Rendering.officer(CaseStory.account, permissions: [Permission.acceptCases.id])
        return try Rendering.page("acceptance", model.page, clerk)
    }

    @Test("the clerk sees the departments' faults in the one notice, and all ways to decide", .covers("R12.1"))
    func acceptanceOfSubmitted() throws {
        var story = try CaseStory()
        try story.submit()
        try story.file.nameFault(
            Fault(target: "material.registration-form", text: "签名看不清"), item: "P01", in: story.context)
        let page = try acceptance(story, AcceptanceForm(request: request()))
        #expect(page.faults == [])
        #expect(page.source.contains("签名看不清"))
        // Accept, one notice, set a department's fault aside, not accept, terminate on a legal ground.
        #expect(page.all("details").count == 5)
    }

    @Test("the notice keeps what the clerk typed when something is wrong with it")
    func noticeKeepsInput() throws {
        var story = try CaseStory()
        try story.submit()
        var form = AcceptanceForm(
            request: request(["target-1": "form.child_name", "text-1": "", "target-2": "", "text-2": "另一处"]),
            panel: .correct)
        form.feedback = FormFeedback(findings: [Finding("form.child_name", "field.required", "请写明问题。")])
        #expect(form.faults == [Fault(target: "form.child_name", text: ""), Fault(target: "", text: "另一处")])
        let page = try acceptance(story, form)
        #expect(page.faults == [])
        #expect(page.source.contains("另一处"))
        #expect(page.all("details").filter { $0.attributes["open"] != nil }.count == 1)
    }

    @Test("more rows can be had without scripts")
    func moreRows() {
        let form = AcceptanceForm(
            request: request(["more": "yes", "target-4": "form.child_name", "text-4": "x"]), panel: .correct)
        #expect(form.wantsMoreRows)
        #expect(form.shownRows.count == 8)
        #expect(form.faults == [Fault(target: "form.child_name", text: "x")])
    }

    @Test("an officer sees only what the item needs")
    func task() throws {
        var story = try CaseStory()
        try story.accept()
        for planned in story.plan.items {
            let agency = try #require(story.agencies[planned.item.department])
            let sight = story.sight(.officer(items: story.file.items.filter { $0.agency == agency }.map(\.id)))
            let model = TaskModel(
                sight: sight, planned: planned, form: TaskForm(request: request()), today: CaseStory.now.day,
                calendar: .published, maximumFileSize: 10 << 20)
            let page = try Rendering.page(
                "task", model.page, Rendering.officer(agency, permissions: [Permission.decideItems.id]))
            #expect(page.faults == [])
            let hidden = story.plan.materials.filter { !$0.items.contains(planned.id) }.map(\.slot.title)
            for title in hidden where !story.plan.items.contains(where: { $0.item.title.contains(title) }) {
                #expect(!page.source.contains("<h3>\(title)</h3>"))
            }
        }
    }

    @Test("a decision that failed comes back with what was typed and with its panel open")
    func taskWithErrors() throws {
        var story = try CaseStory()
        try story.accept()
        let planned = try #require(story.plan.items.first { story.file.task($0.id)?.state == .open })
        let result = try #require(planned.item.results.first)
        let name = "results.\(result.id).\(try #require(result.fields.first).id)"
        var form = TaskForm(request: request([name: "NO-123"]), panel: .grant)
        form.feedback = FormFeedback(findings: [Finding(name, "field.too_long", "太长了。")])
        let model = TaskModel(
            sight: story.sight(.officer(items: [planned.id])), planned: planned, form: form,
            today: CaseStory.now.day, calendar: .published, maximumFileSize: 10 << 20)
        let page = try Rendering.page(
            "task", model.page, Rendering.officer(CaseStory.account, permissions: [Permission.decideItems.id]))
        #expect(page.faults == [])
        #expect(page.source.contains("value=\"NO-123\"") && page.source.contains("太长了。"))
        #expect(page.all("details").filter { $0.attributes["open"] != nil }.count == 1)
    }

    @Test("the packet of an item handled outside can be copied, printed and exported")
    func packet() throws {
        var story = try CaseStory()
        try story.accept()
        story.file.form["child_name"] = "=1+1"
        let planned = try #require(story.plan.items.first { $0.item.handling == .outside })
        let packet = Packet(sight: story.sight(.clerk), planned: planned, at: CaseStory.now)
        let page = try Rendering.page("packet", packet.page, Rendering.officer(CaseStory.account, permissions: []))
        #expect(page.faults == [])
        let csv = String(decoding: packet.file.bytes, as: UTF8.self)
        #expect(csv.contains("\"孩子姓名\",\"'=1+1\""))
        #expect(csv.hasSuffix("\r\n"))
    }
}
