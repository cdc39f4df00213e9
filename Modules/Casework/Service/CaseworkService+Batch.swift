public import Extension
import Standards
import Storage

/// One line of results that came from a department's own system.
public struct BatchEntry: SchemaType, Hashable {
    /// The case's number.
    public var number = ""
    public var item = ""
    /// The number in the department's own system; nil when it is not told or was recorded before.
    public var outsideNumber: String?
    /// The values by result and field.
    public var results: [String: [String: String]] = [:]

    public init() {}

    public init(number: String, item: String, outsideNumber: String? = nil, results: [String: [String: String]]) {
        self.number = number
        self.item = item
        self.outsideNumber = outsideNumber
        self.results = results
    }

    public static let schema = Schema<Self> {
        Field("number", \.number, .text(min: 1, max: 60), doc: "办件编号")
        Field("item", \.item, .text(min: 1, max: 40), doc: "事项标识")
        Field("outside_number", \.outsideNumber, .optional(.text(min: 1, max: 100)), doc: "部门系统办件号")
        Field(
            "results", \.results, .map(of: .map(of: .text(max: 2000, lines: true))).withDefault,
            doc: "各结果的项目：结果标识到项目")
    }
}

/// What became of one line.
public struct BatchOutcome: SchemaType, Hashable {
    /// The line, counted from 1.
    public var line = 0
    public var number = ""
    public var item = ""
    public var isGranted = false
    /// Why not, as a stable code and in words; nil when it was granted.
    public var code: String?
    public var message: String?

    public init() {}

    public static let schema = Schema<Self> {
        Field("line", \.line, .integer(in: 1...100_000), doc: "第几行")
        Field("number", \.number, .text(max: 60), doc: "办件编号")
        Field("item", \.item, .text(max: 40), doc: "事项标识")
        Field("is_granted", \.isGranted, .flag, doc: "是否已登记")
        Field("code", \.code, .optional(.text(max: 80)), doc: "没有登记的原因代码")
        Field("message", \.message, .optional(.text(max: 2000, lines: true)), doc: "没有登记的原因和办法")
    }
}

extension CaseworkService {
    /// Enters many results at once, as a department's own system gives them.
    ///
    /// Each line stands alone: one that can't be entered is told with its reason and keeps no other from it, and a line
    /// that was entered before is refused, so that the same list may be sent again after it was mended.
    public func grantAll(_ entries: [BatchEntry], by act: Act) async throws -> [BatchOutcome] {
        var outcomes: [BatchOutcome] = []
        for (index, entry) in entries.enumerated() {
            var outcome = BatchOutcome()
            outcome.line = index + 1
            outcome.number = entry.number
            outcome.item = entry.item
            // Every line is an act of its own, so that no two of them share identifiers.
            let part = Act(
                actor: act.actor, now: act.now, seed: act.seed.derived("batch/\(index)"), requestID: act.requestID,
                clientAddress: act.clientAddress)
            do {
                try await database.write { [self] transaction in
                    let id: Identifier? = try transaction.row(
                        "SELECT id FROM case_file WHERE number = ?", entry.number)?.get("id")
                    guard let id else { throw CaseworkError.notFound }
                    if let outside = entry.outsideNumber {
                        _ = try recordOutsideNumber(outside, item: entry.item, of: id, by: part, in: transaction)
                    }
                    _ = try grant(
                        entry.item, of: id, values: entry.results, isFromOutside: true, by: part, in: transaction)
                }
                outcome.isGranted = true
            } catch let error as any ProblemConvertible {
                var problem = error.problem
                if problem.code == CaseworkError.Code.notFound.rawValue {
                    problem = Problem(
                        problem.status, problem.code, problem.title, "没有这个编号的办件，或者这一项不归您的单位办。请核对办件编号和事项。")
                }
                outcome.code = problem.code
                outcome.message =
                    problem.findings.isEmpty
                    ? problem.detail : problem.findings.map(\.message).joined(separator: "\n")
            }
            outcomes.append(outcome)
        }
        return outcomes
    }
}
