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
    /// What businesses may do; nil where the form doesn't ask for it, or no catalogue of it was taken over.
    var scopes: ScopeList?

    /// The same with the plan as it is after a change.
    func with(_ plan: Plan) -> CaseContext {
        CaseContext(act: act, calendar: calendar, theme: theme, plan: plan, rules: rules, scopes: scopes)
    }

    func planned(_ item: String) -> PlannedItem? { plan.items.first { $0.id == item } }
}
