import PluginKit
import TestSupport
import Testing

@testable import Casework
@testable import Portal

@Suite("Pages for citizens")
struct CitizenPagesTests {
    @Test("the plan names every item, what is exempt and why, and the fees", .covers("R10.8"))
    func plan() throws {
        let story = try CaseStory()
        let model = PlanModel(theme: story.theme, plan: story.plan, names: AgencyNames { _ in nil }, reader: .visitor)
        let page = try Rendering.page("plan", model.page)
        #expect(page.faults == [])
        for item in story.plan.items { #expect(page.source.contains(item.item.title)) }
        for material in story.plan.materials {
            #expect(page.source.contains(material.slot.title))
            if let reason = material.reason(for: .visitor) { #expect(page.source.contains(reason)) }
        }
        #expect(
            page.all("input").filter { $0.attributes["type"] == "hidden" }.map { $0.attributes["name"] }.contains(
                "婚姻状况"))
    }

    @Test("the form keeps what was typed, says what is wrong beside each field, and leads there from the top")
    func formWithErrors() throws {
        let story = try CaseStory()
        let findings = [
            Finding("form.child_name", "field.required", "请填写“孩子姓名”。"),
            Finding("form.birth_day", "standards.day", "日历上没有这一天。"),
        ]
        let model = FormModel(
            sight: story.sight(.applicant), typed: ["birth_day": "2026-13-08", "birth_place": "<市>妇幼"],
            feedback: FormFeedback(findings: findings), message: nil, today: CaseStory.now.day)
        let page = try Rendering.page("form", model.page, Rendering.mother)
        #expect(page.faults == [])
        #expect(page.source.contains("value=\"2026-13-08\""))
        #expect(page.source.contains("value=\"&lt;市&gt;妇幼\""))
        #expect(page.all("a").contains { $0.attributes["href"] == "#f-form-child_name" })
        #expect(
            page.all("input").first { $0.attributes["id"] == "f-form-child_name" }?.attributes["aria-invalid"] == "true"
        )
    }

    @Test("bounds are told beside the question and carried for the script")
    func bounds() throws {
        let model = FormModel(
            sight: try CaseStory().sight(.applicant), typed: [:], feedback: .none, message: nil,
            today: CaseStory.now.day)
        let page = try Rendering.page("form", model.page, Rendering.mother)
        func field(_ name: String) -> [String: String]? {
            page.all("input").first { $0.attributes["id"] == "f-form-\(name)" }?.attributes
        }
        #expect(page.source.contains("从200到10000"))
        #expect((field("birth_weight")?["data-min"], field("birth_weight")?["data-max"]) == ("200", "10000"))
        #expect(page.source.contains("到今天"))
        #expect(field("birth_day")?["data-max"] == CaseStory.now.day.text)
        #expect(field("birth_place")?["data-min"] == nil)
    }

    @Test("what is known is shown masked and not asked", .covers("R14.10"))
    func knownIsNotAsked() throws {
        let model = FormModel(
            sight: try CaseStory().sight(.applicant), typed: [:], feedback: .none, message: nil,
            today: CaseStory.now.day)
        let page = try Rendering.page("form", model.page, Rendering.mother)
        #expect(!page.source.contains("430602199203120026"))
        #expect(!page.all("input").contains { $0.attributes["name"] == "form.applicant_id_number" })
    }

    @Test("the materials page offers an upload for each paper and says why others are not needed")
    func materials() throws {
        var story = try CaseStory()
        for isFilled in [false, true] {
            if isFilled { try story.fillIn() }
            let feedback = FormFeedback(findings: [Finding("material.registration-form", "blob.type", "这个文件打不开。")])
            let model = MaterialsModel(sight: story.sight(.applicant), rules: CaseworkRules(), feedback: feedback)
            let page = try Rendering.page("materials", model.page, Rendering.mother)
            #expect(page.faults == [])
            let uploads = story.plan.materials.filter { $0.provision == .upload }.count
            #expect(page.all("input").filter { $0.attributes["name"] == "file" }.count == uploads)
            #expect(page.source.contains("照片&lt;1&gt;.jpg") == isFilled)
        }
    }

    @Test("the review shows every answer, every finding leads to its row, and the version travels along")
    func review() throws {
        var story = try CaseStory()
        let findings = story.file.findings(in: story.context)
        #expect(!findings.isEmpty)
        let faulty = try Rendering.page(
            "review",
            ReviewModel(sight: story.sight(.applicant), feedback: FormFeedback(findings: findings), warning: nil).page,
            Rendering.mother)
        #expect(faulty.faults == [])
        try story.fillIn()
        let page = try Rendering.page(
            "review", ReviewModel(sight: story.sight(.applicant), feedback: .none, warning: "有变化").page,
            Rendering.mother)
        #expect(page.faults == [])
        #expect(page.all("input").contains { $0.attributes["name"] == "version" && $0.attributes["value"] == "1" })
    }

    @Test(
        "the progress page fits every state of a case", arguments: ["submitted", "correction", "accepted", "withdrawn"])
    func progress(state: String) throws {
        var story = try CaseStory()
        switch state {
        case "submitted": try story.submit()
        case "correction":
            try story.submit()
            try story.file.requestCorrection(
                [
                    Fault(target: "form.child_name", text: "姓名有错字"),
                    Fault(target: "material.registration-form", text: "看不清"),
                ],
                in: story.context)
        case "withdrawn":
            try story.submit()
            try story.file.withdraw(in: story.context)
        default: try story.accept()
        }
        let model = CaseModel(
            sight: story.sight(.applicant), now: CaseStory.now, calendar: .published, rules: CaseworkRules(),
            message: nil)
        let page = try Rendering.page("case", model.page, Rendering.mother)
        #expect(page.faults == [])
        #expect(page.source.contains("部门用时") && page.source.contains("等待您的时间"))
        #expect(page.source.contains("姓名有错字") == (state == "correction"))
        #expect(page.source.contains("确认撤回") == (state != "withdrawn"))
    }

    @Test("a deadline in a year without a published calendar is shown as provisional", .covers("R12.3"))
    func provisional() throws {
        var story = try CaseStory()
        try story.submit()
        story.file.acceptBy = Deadline(day: try LegalDay("2027-03-01"), isProvisional: true)
        let model = CaseModel(
            sight: story.sight(.applicant), now: CaseStory.now, calendar: .published, rules: CaseworkRules(),
            message: nil)
        #expect(try Rendering.page("case", model.page, Rendering.mother).source.contains("暂定"))
    }

    @Test("pages of text, sign-in and password have a sound structure")
    func fixedPages() throws {
        for text in [SiteText.help, .privacy, .accessibility] {
            #expect(try Rendering.page(text.reply, Rendering.mother).faults == [])
        }
        var form = SignInForm(returnPath: "/my")
        form.check("")
        #expect(try Rendering.page("sign-in", form.model).faults == [])
        #expect(try Rendering.page(PasswordForm.reply(.none), Rendering.mother).faults == [])
    }
}
