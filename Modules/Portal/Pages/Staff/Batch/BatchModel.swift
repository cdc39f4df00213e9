import PluginKit

/// The model of the page on which results are entered in batches.
struct BatchModel {
    private static let accepted = ".csv,.txt,.tsv,text/csv,text/plain"

    let target: BatchDesk.Target
    /// What is in the box: what was typed, or what of it was not entered.
    var typed = ""
    var feedback = FormFeedback.none
    /// What became of the rows; nil before anything was sent.
    var run: BatchRun?

    private var sheet: ResultSheet { ResultSheet(target.item) }

    /// The page that asks for which item.
    static func choice(_ targets: [BatchDesk.Target], agency: String?) -> ViewModel {
        .record([
            "pageTitle": "批量登记结果", "eyebrow": agency ?? "", "heading": "批量登记部门系统的办理结果",
            "isChoice": true, "hasTargets": !targets.isEmpty,
            "targets": targets.map {
                ViewModel.record(["title": $0.item.title, "note": $0.theme.title, "url": $0.url])
            },
        ])
    }

    var page: ViewModel {
        .record([
            "pageTitle": "批量登记：\(target.item.title)", "back": ViewModel.back("返回待办", "/staff/tasks"),
            "errorSummary": feedback.summary { $0.field == "file" ? "file" : "rows" },
            "eyebrow": target.theme.title, "heading": "批量登记：\(target.item.title)",
            "isEntry": true, "action": target.url, "sheetURL": "\(target.url)/sheet", "limit": ResultSheet.limit,
            "columns": sheet.columns.enumerated().map { index, column -> ViewModel in
                .record([
                    "order": index + 1, "title": column.title, "isOptional": column.isOptional, "hint": column.hint,
                ])
            },
            "outcome": outcome,
            "rows": InputField(
                id: "rows", name: "rows", label: run?.failed.isEmpty == false ? "没有登记的，改好再提交" : "把表格粘贴到这里",
                kind: .paragraph, values: typed.isEmpty ? [] : [typed],
                hint: "从表格软件里选中、复制，再粘贴，一行一件。第一行可以是列名。", error: feedback.error("rows")),
            "file": InputField(
                id: "file", name: "file", label: "CSV 文件",
                kind: .file(accept: Self.accepted, maximumBytes: 1 << 20),
                hint: "在表格软件里“另存为 CSV”即可，编码不限。", error: feedback.error("file")),
            "isFileOpen": feedback.error("file") != nil,
        ])
    }

    private var outcome: ViewModel? {
        guard let run else { return nil }
        let (all, failed) = (run.lines.count, run.failed.count)
        return .record([
            "tone": failed == 0 ? "good" : failed == all ? "bad" : "warn",
            "text": failed == 0
                ? "\(all) 行全部登记，结果已放进申请人的证照。"
                : "共 \(all) 行：登记 \(all - failed) 行，没有登记 \(failed) 行。没有登记的留在下面的方框里，改好后再提交。",
            "lines": (run.failed + run.lines.filter { $0.fault == nil }).map { line -> ViewModel in
                .record([
                    "line": line.row.line, "number": line.number.isEmpty ? "（没有编号）" : line.number,
                    "badgeClass": line.fault == nil ? "good" : "bad", "badge": line.fault == nil ? "已登记" : "没有登记",
                    "fault": line.fault ?? "",
                ])
            },
        ])
    }
}
