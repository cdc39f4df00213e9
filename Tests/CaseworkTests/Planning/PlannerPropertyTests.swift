import Casework
import Catalogue
import Standards
import Testing

@Suite("Whatever the situation") struct PlannerPropertyTests {
    /// A theme with random conditions and random edges to earlier items, and random answers to it.
    private struct Case {
        let theme: Theme
        let answers: Answers
        let available: AvailableSources

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            let questions = PlanningFixtures.questions
            func condition(_ generator: inout SeededGenerator) -> Condition {
                guard let question = questions.dropFirst().randomElement(using: &generator),
                    Bool.random(using: &generator)
                else { return .always }
                let leaf = Condition.answer(question: question.id, options: [question.options[0].title])
                return Bool.random(using: &generator) ? leaf : .not(leaf)
            }
            var items: [ThemeItem] = []
            for index in 0..<8 {
                let after = items.map(\.id).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
                let result = ResultDefinition(id: "r", title: "结果\(index)", issuer: .here, licenceType: "证\(index)")
                items.append(
                    ThemeItem(
                        item: PlanningFixtures.item(
                            "I\(index)", .workingDays(Int.random(in: 0..<5, using: &generator)), results: [result]),
                        when: condition(&generator), after: after))
            }
            items.shuffle(using: &generator)
            let materials = (0..<8).map { index in
                MaterialSlot(
                    id: "M\(index)", title: "材料\(index)", when: condition(&generator),
                    items: items.map(\.id).filter { _ in Bool.random(using: &generator) },
                    sources: [
                        .upload, .licence(type: "证\(index)", party: "applicant"), .dataCheck(source: "源\(index)"),
                    ].shuffled(using: &generator))
            }
            theme = PlanningFixtures.theme(items, materials: materials)
            answers = Dictionary(
                uniqueKeysWithValues: questions.compactMap { question in
                    question.options.randomElement(using: &generator).map { (question.id, $0.title) }
                })
            available = AvailableSources(
                Dictionary(
                    uniqueKeysWithValues: (0..<8).filter { _ in Bool.random(using: &generator) }
                        .map { (.dataCheck(source: "源\($0)"), "q\($0)") }))
        }
    }

    @Test("each item stands behind those it waits for, one stage at least", arguments: 0..<200 as Range<UInt64>)
    func order(seed: UInt64) {
        let sample = Case(seed: seed)
        guard let plan = Planner.plan(sample.theme, answers: sample.answers).plan else { return }
        let planned = Set(plan.items.map(\.id))
        var stages: [String: Int] = [:]
        for item in plan.items {
            let declared = sample.theme.items.first { $0.id == item.id }?.after.filter(planned.contains) ?? []
            #expect(Set(item.after) == Set(declared))
            let earlier = item.after.map { stages[$0] ?? .max }
            #expect(item.stage == (earlier.max().map { $0 + 1 } ?? 0))
            stages[item.id] = item.stage
        }
        #expect(stages.count == plan.items.count)
    }

    @Test(
        "a material is there once, needed by an item, and exempted if anything serves",
        arguments: 0..<200 as Range<UInt64>)
    func materials(seed: UInt64) {
        let sample = Case(seed: seed)
        guard let plan = Planner.plan(sample.theme, answers: sample.answers, available: sample.available).plan
        else { return }
        #expect(Set(plan.materials.map(\.id)).count == plan.materials.count)
        let planned = Set(plan.items.map(\.id))
        for material in plan.materials {
            #expect(!material.items.isEmpty && material.items.allSatisfy(planned.contains))
            let number = String(material.id.dropFirst())
            let issuer = "I\(number)"
            let serves =
                sample.available.found[.dataCheck(source: "源\(number)")] != nil
                || (planned.contains(issuer) && !material.items.contains(issuer))
            #expect((material.provision == .upload) == !serves)
        }
    }

    @Test(
        "an outcome that some answers make certain stays, whatever is answered to the rest",
        arguments: 0..<100 as Range<UInt64>)
    func outcomesStay(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let sample = Case(seed: seed)
        let some = sample.answers.filter { _ in Bool.random(using: &generator) }
        guard case .notApplicable = Planner.plan(sample.theme, answers: some) else { return }
        guard case .notApplicable = Planner.plan(sample.theme, answers: sample.answers) else {
            Issue.record("\(some) has an outcome, \(sample.answers) has none")
            return
        }
    }

    @Test("no way through the plan is longer than its critical path", arguments: 0..<100 as Range<UInt64>)
    func criticalPath(seed: UInt64) {
        let sample = Case(seed: seed)
        guard let plan = Planner.plan(sample.theme, answers: sample.answers).plan else { return }
        func longest(_ id: String) -> Int {
            guard let item = plan.items.first(where: { $0.id == id }) else { return 0 }
            return item.item.promisedLimit.halvesForComparison + (item.after.map(longest).max() ?? 0)
        }
        #expect(plan.criticalLimit.halvesForComparison == plan.items.map { longest($0.id) }.max())
    }
}
