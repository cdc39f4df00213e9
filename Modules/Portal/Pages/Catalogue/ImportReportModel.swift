import PluginKit

/// What reading a list came to.
struct ImportReportModel {
    private static let shown = 200

    let report: ItemImport

    var model: ViewModel {
        let faults = report.faults
        return .record([
            "tone": faults.isEmpty ? "good" : "bad", "text": text, "hasFaults": !faults.isEmpty,
            "faults": faults.prefix(Self.shown).map { fault -> ViewModel in
                .record(["place": fault.place, "text": fault.message])
            },
            "more": faults.count > Self.shown ? "另有 \(faults.count - Self.shown) 处，改好这些后再导入时列出。" : "",
            "hasUnknown": !report.unknownHeadings.isEmpty, "unknown": report.unknownHeadings.joined(separator: "、"),
        ])
    }

    private var text: String {
        if report.faults.isEmpty {
            let counts = "共 \(report.rows) 行：新增 \(report.added)，变更 \(report.changed)，不变 \(report.unchanged)。"
            let rest = report.missing.isEmpty ? "" : "清单里没有、现在在用的同单位事项 \(report.missing.count) 个，没有改动。"
            return report.added + report.changed == 0 ? "\(counts)没有变化，不需要调整。\(rest)" : "\(counts)这是试运行，没有写入。\(rest)"
        }
        return "共 \(report.rows) 行，有 \(report.faults.count) 处错误，一行也没有导入。请全部改正后再导入。"
    }

    /// What to say of a file that can't be read as a whole; nil for other errors.
    static func message(of error: any Error, path: String) -> [String]? {
        guard let problem = (error as? any ProblemConvertible)?.problem, problem.status == 422 else { return nil }
        // The reader knows the file by another name than the server.
        return ([problem.detail] + problem.findings.map(\.message)).map { $0.replacing(path, with: "这个文件") }
    }
}
