import Standards
public import Storage

/// Figures by one dimension, for people: a page's chart, a file's rows.
public struct FigureReport: Sendable {
    /// By what they are told apart.
    public enum Dimension: String, Sendable, CaseIterable {
        case month, agency, theme, item, channel, division

        /// Whether a case lies in one line as a whole.
        var hasWholeCases: Bool { self != .item && self != .agency }

        public var chinese: String {
            switch self {
            case .month: "月份"
            case .agency: "单位"
            case .theme: "一件事"
            case .item: "事项"
            case .channel: "渠道"
            case .division: "区划"
            }
        }
    }

    /// One line.
    public struct Line: Sendable {
        public let title: String
        public let figures: CaseFigures
    }

    /// How the keys are called.
    public struct Names: Sendable {
        public var agencies: [Identifier: String] = [:]
        public var themes: [String: String] = [:]
        /// By theme and item.
        public var items: [String: [String: String]] = [:]
        public var divisions: [String: String] = [:]

        public init() {}
    }

    public let dimension: Dimension
    public let lines: [Line]
    public let total: CaseFigures

    public init(_ rows: [(key: FigureKey, figures: CaseFigures)], by dimension: Dimension, names: Names) {
        self.dimension = dimension
        var sums: [String: CaseFigures] = [:]
        for (key, figures) in rows {
            let title = names.title(of: key, by: dimension)
            sums[title] = (sums[title] ?? CaseFigures()) + figures
        }
        let sorted = sums.map {
            Line(title: $0.key, figures: dimension.hasWholeCases ? $0.value.ofWholeCases : $0.value.ofItems)
        }
        lines =
            dimension == .month
            ? sorted.sorted { $0.title < $1.title }
            : sorted.sorted { ($1.figures.submitted, $0.title) < ($0.figures.submitted, $1.title) }
        total = rows.reduce(CaseFigures()) { $0 + $1.figures }.ofWholeCases
    }

    /// The headings of a line's figures.
    public static let headings = ["件数", "事项", "受理", "办结", "同意", "不同意", "超期", "平均工作日", "补正", "到窗口"]

    /// A line's figures as texts.
    public static func cells(_ figures: CaseFigures) -> [String] {
        [
            figures.cases == 0 ? "" : "\(figures.cases)", "\(figures.submitted)", "\(figures.accepted)",
            "\(figures.decided)", "\(figures.granted)",
            "\(figures.refused)", "\(figures.overdue)", average(figures), "\(figures.corrections)", "\(figures.visits)",
        ]
    }

    /// The average of working days to one place.
    private static func average(_ figures: CaseFigures) -> String {
        guard let days = figures.averageDays else { return "" }
        let tenths = Int((days * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension FigureReport.Names {
    fileprivate func title(of key: FigureKey, by dimension: FigureReport.Dimension) -> String {
        switch dimension {
        case .month: String(key.month.text.prefix(7))
        case .agency: agencies[key.agency] ?? key.agency.text
        case .theme: themes[key.theme] ?? key.theme
        case .item: items[key.theme]?[key.item] ?? "\(key.theme) \(key.item)"
        case .channel: key.channel.chinese
        case .division: divisions[key.division] ?? key.division
        }
    }
}
