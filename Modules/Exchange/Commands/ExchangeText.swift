import Extension

/// What an export came to, for people and for scripts.
enum ExchangeText {
    static func text(_ outcome: ExchangeOutcome, _ files: ExchangeFiles?, _ untaken: [ExchangeBatch]) -> String {
        var lines: [String] = []
        if let batch = outcome.batch {
            lines.append(
                "批次 \(batch.number)（\(batch.periodText)）\(outcome.isResumed ? "接着上次做完了" : "已完成")，共 \(batch.rows) 行。")
            lines += counts(batch)
            if let files { lines.append("已写到 \(files.path)。") }
        } else {
            lines.append("这个时段没有新的变化，没有产生批次。")
            if let previous = outcome.previous {
                lines.append("已送出的在批次 \(previous.number)（\(previous.periodText)）及以前；要再取一份，用 exchange save。")
            }
        }
        if outcome.faults > 0 {
            lines.append("有 \(outcome.faults) 处没有通过校验，有关的行没有送出；改好后再导出一次，会自动补送：")
            lines += findings(outcome.findings, of: outcome.faults)
        }
        lines += untaken.map {
            "批次 \($0.number)（\($0.rows) 行）的文件还没有取出过，平台收不到它：yiciban exchange save \($0.number) --output 目录"
        }
        return lines.joined(separator: "\n")
    }

    static func counts(_ batch: ExchangeBatch) -> [String] {
        batch.counts.sorted { $0.key < $1.key }.map { table, operations in
            let parts = ExchangeOperation.allCases.compactMap { operation in
                operations[operation.rawValue].map { "\(operation.chinese) \($0)" }
            }
            return "  \(table)　\(parts.joined(separator: "，"))"
        }
    }

    static func findings(_ findings: [ExchangeFinding], of count: Int) -> [String] {
        let shown = findings.prefix(50)
        let lines = shown.map { finding in
            let subject = finding.subject.isEmpty ? "" : "（\(finding.subject)）"
            return "  \(finding.table) \(finding.row)\(subject) \(finding.field)：\(finding.message)"
        }
        return lines + (count > shown.count ? ["  ……共 \(count) 处，其余见 exchange show 或加 --json"] : [])
    }

    static func json(_ outcome: ExchangeOutcome, _ files: ExchangeFiles?, _ untaken: [ExchangeBatch]) -> JSONValue {
        [
            "batch": outcome.batch?.json ?? .null, "previous": outcome.previous?.json ?? .null,
            "resumed": .bool(outcome.isResumed), "faults": .integer(Int64(outcome.faults)),
            "findings": .array(outcome.findings.map(\.json)),
            "untaken": .array(untaken.map { .string($0.number) }), "output": files.map { .string($0.path) } ?? .null,
        ]
    }
}
