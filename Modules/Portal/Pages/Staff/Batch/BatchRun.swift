import PluginKit

/// One sending of the table: what became of each row.
struct BatchRun {
    /// A row with its outcome.
    struct Line {
        let row: SheetText.Row
        let number: String
        /// Why it was not entered; nil when it was.
        let fault: String?
    }

    let lines: [Line]
    /// The first row when it names the columns.
    let head: SheetText.Row?

    var failed: [Line] { lines.filter { $0.fault != nil } }

    /// What is still to be entered, as it was typed, under the same head.
    var rest: String {
        failed.isEmpty ? "" : ((head.map { [$0.source] } ?? []) + failed.map(\.row.source)).joined(separator: "\n")
    }

    /// Enters the rows of a text.
    ///
    /// - Throws: findings when the text as a whole can't be used; then nothing was entered.
    static func enter(
        _ text: String, into sheet: ResultSheet, _ casework: CaseworkService, by act: Act
    ) async throws -> BatchRun {
        var rows = SheetText(text).rows
        var head: SheetText.Row?
        var columns = sheet.columns
        if let first = rows.first, let named = try sheet.columns(named: first.cells) {
            (head, columns) = (first, named)
            rows.removeFirst()
        }
        if rows.isEmpty {
            throw Problem.invalid([Finding("rows", "field.required", "还没有要登记的内容。请把表格粘贴到方框里，或者选择一个文件。")])
        }
        if rows.count > ResultSheet.limit {
            throw Problem.invalid([
                Finding("rows", "sheet.too_long", "一次最多登记 \(ResultSheet.limit) 行，这里有 \(rows.count) 行。请分几次登记。")
            ])
        }
        var entries: [BatchEntry] = []
        var read: [(row: SheetText.Row, number: String, fault: String?)] = []
        for row in rows {
            do throws(any Error) {
                let entry = try sheet.entry(row, columns: columns)
                entries.append(entry)
                read.append((row, entry.number, nil))
            } catch {
                guard let finding = error as? Finding else { throw error }
                read.append((row, row.cells.first ?? "", finding.message))
            }
        }
        var outcomes = try await casework.grantAll(entries, by: act).makeIterator()
        let lines = read.map { row, number, fault in
            if let fault { return Line(row: row, number: number, fault: fault) }
            let outcome = outcomes.next()
            return Line(row: row, number: number, fault: outcome?.isGranted == true ? nil : outcome?.message ?? "没有登记。")
        }
        return BatchRun(lines: lines, head: head)
    }
}
