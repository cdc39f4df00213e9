import Catalogue
import Standards
import Synchronization

/// Plans that were made already: the same theme version, answers and evidence give the same plan.
final class PlanCache: Sendable {
    private struct Key: Hashable {
        let theme: ExactText
        /// Questions in order, each with its answer.
        let answers: [ExactText]
        let evidence: [EvidencedSource]
        let day: LegalDay

        init(_ theme: String, _ answers: Answers, _ evidence: [EvidencedSource], _ day: LegalDay) {
            self.theme = ExactText(theme)
            self.answers = answers.map { (ExactText($0.key), ExactText($0.value)) }.sorted { $0.0 < $1.0 }
                .flatMap { [$0.0, $0.1] }
            self.evidence = evidence
            self.day = day
        }
    }

    private let plans = Mutex<[Key: PlanningResult]>([:])
    private let sources = Mutex<[Key: [MaterialSlot.Source]]>([:])
    private let capacity = 512

    func plan(
        _ theme: Theme, hash: String, answers: Answers, evidence: [EvidencedSource], on day: LegalDay
    ) -> PlanningResult {
        let key = Key(hash, answers, evidence, day)
        if let known = plans.withLock({ $0[key] }) { return known }
        let result = Planner.plan(
            theme, answers: answers, available: AvailableSources(evidence), on: day)
        plans.withLock { plans in
            if plans.count >= capacity { plans.removeAll(keepingCapacity: true) }
            plans[key] = result
        }
        return result
    }

    /// As ``Planner/sourcesToAsk(_:_:on:)``.
    func sourcesToAsk(_ theme: Theme, hash: String, answers: Answers, on day: LegalDay) -> [MaterialSlot.Source] {
        let key = Key(hash, answers, [], day)
        if let known = sources.withLock({ $0[key] }) { return known }
        let asked = Planner.sourcesToAsk(theme, answers, on: day)
        sources.withLock { sources in
            if sources.count >= capacity { sources.removeAll(keepingCapacity: true) }
            sources[key] = asked
        }
        return asked
    }
}
