import Casework
import Catalogue
import Extension
import Foundation
import StandardThemes
import Standards
import TestSupport
import Testing

@testable import ThemeBundles

@Suite("The bundles that the distribution ships") struct StandardBundlesTests {
    private let loaded = BundleLoader(StandardThemes.folder).load()

    private func theme(_ id: String) throws -> Theme {
        try #require(loaded.bundles.first { $0.theme.id == id }).theme
    }

    private func plan(_ id: String, example: Int) throws -> Plan {
        let bundle = try #require(loaded.bundles.first { $0.theme.id == id })
        let example = bundle.examples[example]
        let available = ThemeTester(bundle).available(example)
        let result = Planner.plan(bundle.theme, answers: example.answers, available: available, on: example.day)
        guard case .plan(let plan) = result else { throw Missing() }
        return plan
    }

    private struct Missing: Error {}

    @Test("pass every proof", .covers("R11.1"))
    func check() {
        #expect(loaded.findings == [])
        #expect(loaded.sound.map(\.theme.id).contains("birth"))
    }

    @Test("give what their own examples say")
    func examples() { for bundle in loaded.bundles { #expect(ThemeTester(bundle).run() == []) } }

    @Test(
        "hold the items and edges of the reference",
        .covers("R11.4", "R11.5"),
        arguments: [
            (
                "birth",
                [
                    "P01": [], "P02": ["P01"], "P03": ["P01"], "P04": ["P03"], "P05": ["P03"], "P06": [], "P07": [],
                    "P08": [],
                ]
            ),
            (
                "enterprise-setup",
                [
                    "E01": [], "E02": ["E01"], "E03": ["E01"], "E04": ["E01"], "E05": ["E01"], "E06": ["E01"],
                ]
            ),
            (
                "retirement",
                [
                    "P71": [], "P72": [], "P73": ["P71"], "P74": ["P71"], "P75": ["P76"], "P76": ["P71"], "P77": [],
                    "P78": [],
                ]
            ),
        ] as [(String, [String: [String]])])
    func reference(id: String, edges: [String: [String]]) throws {
        let items = try theme(id).items
        #expect(Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.after) }) == edges)
    }

    @Test("birth: the mother of the main story uploads one paper and types nothing that is known")
    func birth() throws {
        let plan = try plan("birth", example: 0)
        #expect(plan.items.map(\.stage) == [0, 1, 1, 2, 2])
        #expect(plan.materials.filter { $0.provision == .upload }.map(\.id) == ["registration-form"])
        #expect(plan.consents.isEmpty)
        let fields = plan.form.flatMap(\.fields).map(\.id)
        #expect(!fields.contains("subject_id_number") && !fields.contains("birth_certificate_number"))
        let number = plan.items.first { $0.id == "P03" }?.item.results.first
        #expect(number?.issuer == .elsewhere)
        #expect(number?.supplies == [.init(field: "id_number", to: "subject_id_number")])
        #expect(plan.parties.first { $0.id == "subject" }?.mayLackIdentifier == true)
    }

    @Test("birth: a child over three is told at once where to go")
    func overThree() throws {
        guard case .notApplicable(let outcome) = Planner.plan(try theme("birth"), answers: ["婴儿年龄": ">3岁"]) else {
            Issue.record("a child over three gets a plan")
            return
        }
        #expect(outcome.text.contains("派出所"))
    }

    @Test("enterprise set-up: one working day in all, the shareholder's consent, one staff list", .covers("R04.9"))
    func enterprise() throws {
        let plan = try plan("enterprise-setup", example: 0)
        #expect(plan.promisedLimit == .workingDays(1))
        #expect(plan.criticalLimit == .workingDays(1))
        #expect(plan.consents == ["shareholder"])
        #expect(plan.materials.first { $0.id == "staff-list" }?.items == ["E04", "E05"])
        #expect(plan.items.map(\.stage) == [0, 1, 1, 1, 1, 1])
    }

    @Test("retirement: no age is written into the bundle")
    func retirement() throws {
        let texts = try #require(loaded.bundles.first { $0.theme.id == "retirement" })
        let preview = ThemePreview(texts).text(for: texts.examples[0].answers)
        for age in ["63岁", "60岁", "58岁", "55岁", "50岁", "63周岁", "60周岁"] { #expect(!preview.contains(age)) }
        #expect(try plan("retirement", example: 0).consents == ["employer"])
    }

    @Test("a theme survives being stored as JSON", arguments: ["birth", "enterprise-setup", "retirement"])
    func coding(id: String) throws {
        let theme = try theme(id)
        let data = try JSONEncoder().encode(theme)
        #expect(try JSONDecoder().decode(Theme.self, from: data) == theme)
    }

    @Test("a county sets its own limits without touching the bundle")
    func settings() throws {
        let loader = BundleLoader(StandardThemes.folder, settings: ["birth": ["制卡时限": "3wd"]])
        let birth = try #require(loader.load().bundles.first { $0.theme.id == "birth" })
        #expect(birth.theme.items.first { $0.id == "P04" }?.item.promisedLimit == .workingDays(3))
        #expect(birth.hash != loaded.hashes["birth"])
        #expect(!birth.unconfirmedParameters.contains { $0.id == "制卡时限" })
    }

    @Test(
        "every whole situation gives an outcome, or a plan within its promise in which each thing is there in time",
        arguments: ["birth", "enterprise-setup", "retirement"])
    func everySituation(id: String) throws {
        let theme = try theme(id)
        var plans = 0
        func walk(_ answers: Answers) {
            switch Planner.plan(theme, answers: answers) {
            case .notApplicable(let outcome): #expect(theme.outcomes.contains(outcome))
            case .unanswered(let questions):
                for option in questions[0].options { walk(answers.merging([questions[0].id: option.title]) { $1 }) }
            case .plan(let plan):
                plans += 1
                let isKept = plan.criticalLimit.isWithin(plan.promisedLimit)
                if !isKept || !isInTime(plan) { Issue.record("\(answers)") }
            }
        }
        walk([:])
        #expect(plans > 100)
    }

    /// Whether every paper that a result replaces is needed only behind the item that yields it.
    private func isInTime(_ plan: Plan) -> Bool {
        let stages = Dictionary(uniqueKeysWithValues: plan.items.map { ($0.id, $0.stage) })
        return plan.materials.allSatisfy { material in
            guard case .exempt(.result(let item, _), _, _) = material.provision else { return true }
            return material.items.allSatisfy { (stages[$0] ?? 0) > (stages[item] ?? .max) }
        }
    }
}
