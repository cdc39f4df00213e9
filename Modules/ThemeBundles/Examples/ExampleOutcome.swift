import Casework
public import Catalogue
import Standards

/// What a situation leads to, in the words in which examples expect it.
public enum ExampleOutcome: Sendable, Hashable {
    /// The theme is not the right way; the title of where to go instead.
    case notApplicable(String)
    /// The items in the order of the plan, the materials to upload, and the promise for the whole such as `5wd`.
    case plan(items: [String], upload: [String], deadline: String)

    /// - Returns: nil while questions are open or answers don't fit.
    public init?(_ answers: Answers, in bundle: ThemeBundle) {
        guard AnswerCheck(answers, for: bundle.theme).findings.isEmpty else { return nil }
        switch Planner.plan(bundle.theme, answers: answers, available: AvailableSources()) {
        case .unanswered: return nil
        case .notApplicable(let outcome): self = .notApplicable(outcome.title)
        case .plan(let plan):
            self = .plan(
                items: plan.items.map(\.id),
                upload: plan.materials.filter { $0.provision == .upload }.map(\.id),
                deadline: plan.promisedLimit.text)
        }
    }
}
