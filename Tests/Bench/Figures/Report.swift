import Foundation

/// All figures of a run, with the machine on which they were measured.
struct Report: Encodable {
    private(set) var cores = ProcessInfo.processInfo.activeProcessorCount
    private(set) var system = ProcessInfo.processInfo.operatingSystemVersionString
    private(set) var measuredAt = ISO8601DateFormatter().string(from: Date())
    private(set) var figures: [Figure] = []

    mutating func add(_ figures: [Figure]) {
        for figure in figures { print(line(figure)) }
        // Into a pipe too, one sees at once how far the run has come.
        fflush(nil)
        self.figures += figures
    }

    mutating func add(_ figure: Figure) { add([figure]) }

    /// The figures as a table, for people.
    var table: String {
        let failed = figures.count { !$0.passed }
        let head = ["项目", "实测", "基准", "数值", "要求", "结论"]
        let rows = [head] + figures.map(cells)
        let widths = head.indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.columns) }.joined(separator: "  ")
        }
        return (["", "\(cores) 核，\(system)"] + lines + ["", failed == 0 ? "全部达标。" : "\(failed) 项未达标。"])
            .joined(separator: "\n")
    }

    /// Writes the figures as JSON, for programs.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    private func line(_ figure: Figure) -> String { cells(figure).joined(separator: " | ") }

    private func cells(_ figure: Figure) -> [String] {
        [
            figure.title, figure.measured, figure.baseline, Figure.shown(figure.value), figure.bound,
            figure.passed ? "达标" : "未达标",
        ]
    }
}

extension String {
    /// How many columns of a terminal the text takes; a Chinese character takes two.
    fileprivate var columns: Int { unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } }
}

extension [Double] {
    /// The value in the middle.
    var median: Double { isEmpty ? 0 : sorted()[count / 2] }
}
