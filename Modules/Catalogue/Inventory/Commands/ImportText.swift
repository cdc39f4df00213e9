import Documents
import Extension
import Storage

extension ItemImport {
    /// What was found, and what to do next.
    func summary(isDryRun: Bool, cancelsMissing: Bool) -> String {
        var lines = ["共 \(rows) 行：新增 \(added)，变更 \(changed)，不变 \(unchanged)。"]
        if !missing.isEmpty {
            lines.append(
                "清单里没有、现在在用的同单位事项 \(missing.count) 个"
                    + (cancelsMissing ? (isDryRun ? "，将列为取消。" : "，已列为取消。") : "，没有改动；要取消请加 --cancel-missing。"))
        }
        if incomplete > 0 { lines.append("其中 \(incomplete) 个要素不全，补齐之前不能送审；见 item batch 命令。") }
        if let batch {
            lines.append("已形成目录调整 \(batch.id)（\(batch.state.chinese)）。下一步：yiciban item submit \(batch.id)")
        } else if isDryRun {
            lines.append("这是试运行，没有写入。")
        } else if added + changed == 0 {
            lines.append("没有任何变化，不需要调整。")
        }
        return lines.joined(separator: "\n")
    }

    /// The differences item by item.
    var comparison: String {
        var lines = differences.flatMap { difference in
            ["\(difference.isNew ? "新增" : "变更")　\(difference.code)　\(difference.title)"]
                + difference.lines.map {
                    "　　\($0.title)：\($0.before.isEmpty ? "（空）" : $0.before) → \($0.after.isEmpty ? "（空）" : $0.after)"
                }
        }
        if added + changed > differences.count { lines.append("……其余 \(added + changed - differences.count) 项从略。") }
        lines += missing.prefix(200).map { "清单里没有　\($0)" }
        lines.append("新增 \(added)，变更 \(changed)，不变 \(unchanged)，清单里没有的 \(missing.count)。")
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "rows": .integer(Int64(rows)), "added": .integer(Int64(added)), "changed": .integer(Int64(changed)),
            "unchanged": .integer(Int64(unchanged)), "incomplete": .integer(Int64(incomplete)),
            "missing": .array(missing.map(JSONValue.string)),
            "unknown_headings": .array(unknownHeadings.map(JSONValue.string)),
            "batch": batch.map { .string($0.id.text) } ?? .null,
            "differences": .array(
                differences.map { difference in
                    [
                        "code": .string(difference.code), "is_new": .bool(difference.isNew),
                        "fields": .array(
                            difference.lines.map {
                                ["title": .string($0.title), "before": .string($0.before), "after": .string($0.after)]
                            }),
                    ]
                }),
        ]
    }
}

extension ImportFault {
    /// Writes faults as a table that can be sorted and handed on.
    static func write(_ faults: [ImportFault], to path: String) throws {
        try CatalogueError.ofFile {
            var writer = try TableWriter(path: path, sheet: "错误")
            try writer.heading(["行", "列", "列名", "错误和改法"])
            for fault in faults { try writer.row(["\(fault.row)", fault.column, fault.title, fault.message]) }
            try writer.finish()
        }
    }
}
