import Casework
import Catalogue

/// What must hold in every situation, proved by walking all of them, group by group.
struct SituationProof {
    let bundle: ThemeBundle
    let maximumCombinations: Int

    init(_ bundle: ThemeBundle, maximumCombinations: Int) {
        self.bundle = bundle
        self.maximumCombinations = maximumCombinations
    }

    func findings() -> [ThemeFinding] {
        let theme = bundle.theme
        let early = questionsBeforeTheirConditions()
        if !early.isEmpty { return early }
        let walks = QuestionGroups(theme).groups.map { SituationWalk(questions: $0, maximum: maximumCombinations) }
        let tooLong = walks.filter(\.isTooLong)
        if !tooLong.isEmpty { return tooLong.map(tooLongFinding) }
        var record = SituationRecord()
        var empty: [Answers?] = []
        for walk in walks {
            let part = theme.restricted(to: Set(walk.questions.map(\.id)))
            var withoutItems: Answers?
            walk.walk { answers in
                if !self.record(answers, part, in: &record) { withoutItems = withoutItems ?? answers }
                return true
            }
            // A group without items of its own decides nothing about an empty plan.
            if !part.items.isEmpty { empty.append(withoutItems) }
        }
        return record.faults.values.map { fault in
            bundle.finding(fault.path, fault.code, fault.message + example(fault.answers))
        } + noPlan(empty) + DeadParts(bundle, record).findings()
    }

    /// Notes what one situation shows; false when it leads to no item and no outcome.
    private func record(_ answers: Answers, _ part: Theme, in record: inout SituationRecord) -> Bool {
        record.asked.formUnion(answers.keys)
        switch Planner.plan(part, answers: answers) {
        case .unanswered: return false
        case .notApplicable(let outcome):
            record.outcomes.insert(outcome)
            return bundle.theme.outcomes.contains(outcome)
        case .plan(let plan):
            record.note(plan)
            for fault in PlanProof(bundle: bundle, plan: plan).faults() {
                record.faults[fault.key] = record.faults[fault.key] ?? fault
            }
            return true
        }
    }

    /// There may be no items only if every group can be without any.
    private func noPlan(_ empty: [Answers?]) -> [ThemeFinding] {
        let combinations = empty.compactMap(\.self)
        guard combinations.count == empty.count else { return [] }
        let answers = combinations.reduce(into: Answers()) { $0.merge($1) { first, _ in first } }
        return [
            bundle.finding(
                "items", "theme.no_plan", "有一种情形既没有可办的事项，也没有说明去向，请在 outcomes 里写明。" + example(answers))
        ]
    }

    private func questionsBeforeTheirConditions() -> [ThemeFinding] {
        let order = bundle.theme.questions.map(\.id)
        return bundle.theme.questions.enumerated().compactMap { index, question in
            let later = question.when.questions.sorted().first { !order[..<index].contains($0) }
            guard let later else { return nil }
            return bundle.finding(
                "questions[\(index)].when", "theme.question_order",
                "“\(question.id)”要看“\(later)”的回答，请把它排在“\(later)”后面。")
        }
    }

    private func tooLongFinding(_ walk: SituationWalk) -> ThemeFinding {
        let names = walk.questions.map(\.id).joined(separator: "、")
        let index = bundle.theme.questions.firstIndex { $0.id == walk.questions.first?.id } ?? 0
        return bundle.finding(
            "questions[\(index)]", "theme.too_many_combinations",
            "这些问题互相牵连，组合超过 \(maximumCombinations) 种，无法逐一验证：\(names)。请减少问题、合并选项，或拆成两个主题。")
    }

    private func example(_ answers: Answers) -> String {
        answers.isEmpty ? "" : "例如：\(answers.described(by: bundle.theme.questions))。"
    }
}
