public import Catalogue
public import Standards

/// Makes the plan of one situation (情形 → 办事方案).
///
/// A pure function of the theme, the answers, what can serve in place of papers, and the day: the same input gives
/// the same plan, in the portal, at the window, in the checker and in the case that is opened with it.
public enum Planner {
    /// What a situation takes.
    ///
    /// - Parameters:
    ///   - answers: answers to questions that are not asked in this situation are ignored.
    ///   - available: what can serve in place of papers; ask for what ``sourcesToAsk(_:_:on:)`` names.
    ///   - day: the day of the application; items that are not in force on it are left out. Nil leaves out none.
    /// - Returns: an outcome as soon as the answers so far make it certain, before the remaining questions are asked.
    public static func plan(
        _ theme: Theme, answers: Answers, available: AvailableSources = AvailableSources(), on day: LegalDay? = nil
    ) -> PlanningResult {
        let situation = Situation(theme, answers)
        let outcome = theme.outcomes.first {
            $0.when.verdict(for: situation.answers, open: situation.open) == true
        }
        if let outcome { return .notApplicable(outcome) }
        if !situation.unanswered.isEmpty { return .unanswered(situation.unanswered) }
        let answers = situation.answers
        let items = ordered(theme.items.filter { $0.applies(to: answers, on: day) })
        if items.isEmpty { return .notApplicable(nothingToApplyFor) }
        let parties = theme.parties.filter { $0.when.holds(for: answers) }
        return .plan(
            Plan(
                answers: answers, items: items, form: form(theme, answers, items), parties: parties,
                consents: parties.filter { $0.consent?.holds(for: answers) ?? false }.map(\.id),
                invitations: parties.filter { party in
                    party.consent?.holds(for: answers) != true && party.invitation?.holds(for: answers) == true
                }.map(\.id),
                materials: materials(theme, answers, items, available),
                fees: items.flatMap { planned in
                    planned.item.fees.filter { fee in
                        fee.when.holds(for: answers) && (day.map(fee.isInForce) ?? true)
                    }.map { fee in
                        PlannedFee(
                            item: planned.id, fee: fee,
                            reduction: fee.reductions?.first { $0.when.holds(for: answers) })
                    }
                },
                advice: theme.advice.filter { $0.when.holds(for: answers) }.map(\.text),
                promisedLimit: theme.situationPromises.first { $0.when.holds(for: answers) }?.limit
                    ?? theme.promisedLimit))
    }

    /// What the applicant is told when every item of the situation is out of force on the day.
    static let nothingToApplyFor = Outcome(
        when: .always, title: "目前没有可以申请的事项",
        text: "按您的情况，目前没有需要办理或已经开放申请的事项。如有疑问，请拨打12345或到就近的政务大厅咨询。")

    /// The items side by side in stages: each stands behind those it waits for.
    static func ordered(_ items: [ThemeItem]) -> [PlannedItem] {
        let planned = Set(items.map(\.id))
        var waiting = items
        var placed: Set<String> = []
        var result: [PlannedItem] = []
        var stage = 0
        while !waiting.isEmpty {
            var ready = waiting.filter { item in
                item.after.allSatisfy { placed.contains($0) || !planned.contains($0) }
            }
            // Only a cycle leaves nothing ready. The checker refuses it; here it must not hang.
            if ready.isEmpty { ready = waiting }
            result += ready.map { item in
                PlannedItem(item: item.item, after: item.after.filter(placed.contains), stage: stage)
            }
            placed.formUnion(ready.map(\.id))
            waiting.removeAll { placed.contains($0.id) }
            stage += 1
        }
        return result
    }
}

extension ThemeItem {
    /// Whether the item belongs into a plan.
    fileprivate func applies(to answers: Answers, on day: LegalDay?) -> Bool {
        when.holds(for: answers) && (day.map(item.isInForce) ?? true)
    }
}
