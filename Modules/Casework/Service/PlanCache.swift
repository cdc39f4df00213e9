import Catalogue
import Standards
import Synchronization

/// Plans that were made already: the same theme version, answers and evidence give the same plan.
final class PlanCache: Sendable {
    private struct Key: Hashable {
        let theme: String
        let answers: Answers
        let evidence: [EvidencedSource]
        let day: LegalDay
    }

    private let plans = Mutex<[Key: PlanningResult]>([:])
    private let sources = Mutex<[Key: [MaterialSlot.Source]]>([:])
    private let capacity = 512

    func plan(
        _ theme: Theme, hash: String, answers: Answers, evidence: [EvidencedSource], on day: LegalDay
    ) -> PlanningResult {
        let key = Key(theme: hash, answers: answers, evidence: evidence, day: day)
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
        let key = Key(theme: hash, answers: answers, evidence: [], day: day)
        if let known = sources.withLock({ $0[key] }) { return known }
        let asked = Planner.sourcesToAsk(theme, answers, on: day)
        sources.withLock { sources in
            if sources.count >= capacity { sources.removeAll(keepingCapacity: true) }
            sources[key] = asked
        }
        return asked
    }
}
