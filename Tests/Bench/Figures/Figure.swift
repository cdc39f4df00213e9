/// One line of the report: what was measured, against what, and what it should be.
struct Figure: Encodable {
    /// What a figure is held to.
    enum Bound {
        case atLeast(Double)
        case atMost(Double)
        case exactly(Double)
        /// Told for whoever reads the others; nothing is asked of it.
        case none

        func holds(for value: Double) -> Bool {
            switch self {
            case .atLeast(let bound): value >= bound
            case .atMost(let bound): value <= bound
            case .exactly(let bound): value == bound
            case .none: true
            }
        }

        var text: String {
            switch self {
            case .atLeast(let bound): "≥ \(Figure.shown(bound))"
            case .atMost(let bound): "≤ \(Figure.shown(bound))"
            case .exactly(let bound): "= \(Figure.shown(bound))"
            case .none: "参考"
            }
        }
    }

    let id: String
    let title: String
    /// What was measured, with its unit.
    let measured: String
    /// What it is compared with, with its unit; empty where the value stands alone.
    let baseline: String
    /// The value that the bound judges: a ratio where there is a baseline.
    let value: Double
    let bound: String
    let passed: Bool

    init(
        _ id: String, _ title: String, measured: String, baseline: String = "", value: Double, _ bound: Bound
    ) {
        self.id = id
        self.title = title
        self.measured = measured
        self.baseline = baseline
        self.value = value
        self.bound = bound.text
        passed = bound.holds(for: value)
    }

    /// A rate as a ratio to its baseline's.
    init(_ id: String, _ title: String, _ rate: Double, against baseline: Double, _ bound: Bound) {
        self.init(
            id, title, measured: "\(Int(rate))/s", baseline: "\(Int(baseline))/s", value: rate / baseline, bound)
    }

    /// A number in at most three significant decimals.
    static func shown(_ value: Double) -> String {
        if value == value.rounded() { return String(Int(value)) }
        return String((value * 1000).rounded() / 1000)
    }
}
