import Extension
import Storage

/// A list of results to enter.
struct BatchList: SchemaType {
    var entries: [BatchEntry] = []
    static let schema = Schema<Self> {
        Field("entries", \.entries, .list(of: .object, max: 1000), doc: "逐条的办理结果")
    }
}

/// What became of each of them.
struct BatchReport: SchemaType {
    var outcomes: [BatchOutcome] = []
    init() {}
    init(_ outcomes: [BatchOutcome]) { self.outcomes = outcomes }
    static let schema = Schema<Self> { Field("outcomes", \.outcomes, .list(of: .object), doc: "逐条的登记情况") }
}

extension CaseworkService {
    /// Results of a department's own system, many at once.
    var batchEndpoints: [any Contribution] {
        [
            Endpoint(.post, "tasks/results", summary: "批量登记部门系统的办理结果", access: .staff(.decideItems)) {
                (input: BatchList, call) in
                BatchReport(try await grantAll(input.entries, by: call.act))
            }
        ]
    }
}
