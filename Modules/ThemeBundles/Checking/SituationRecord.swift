import Casework
import Catalogue

/// What the walk through all situations has seen.
struct SituationRecord {
    /// One thing that doesn't hold in a situation.
    struct Fault: Hashable {
        let path: String
        let code: String
        let message: String
        let answers: Answers

        /// The same fault in other situations is told once.
        var key: String { "\(code) \(path)" }
    }

    /// The first situation of each fault.
    var faults: [String: Fault] = [:]
    var asked: Set<String> = []
    var outcomes: Set<Outcome> = []
    private(set) var items: Set<String> = []
    private(set) var materials: Set<String> = []
    private(set) var fields: Set<FormField> = []
    private(set) var parties: Set<String> = []
    private(set) var fees: Set<PlannedFee> = []
    private(set) var advice: Set<String> = []

    /// Notes what a plan contains.
    mutating func note(_ plan: Plan) {
        items.formUnion(plan.items.map(\.id))
        materials.formUnion(plan.materials.map(\.id))
        for section in plan.form { fields.formUnion(section.fields) }
        parties.formUnion(plan.parties.map(\.id))
        fees.formUnion(plan.fees)
        advice.formUnion(plan.advice)
    }
}
