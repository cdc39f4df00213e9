import Catalogue
import Extension
import Standards

/// What a transition may look at besides the case: the act, the calendar, the theme, the plan and the rules.
struct CaseContext {
    let act: Act
    let calendar: WorkingCalendar
    let theme: Theme
    let plan: Plan
    let rules: CaseworkRules

    func planned(_ item: String) -> PlannedItem? { plan.items.first { $0.id == item } }
}
