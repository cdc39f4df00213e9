import CXLSXWriter

/// Writes a spreadsheet with libxlsxwriter in constant memory.
final class XLSXWriter: TableWriting {
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let bold: UnsafeMutablePointer<lxw_format>
    private let path: String
    private var row: UInt32 = 0

    init(path: String, sheet name: String) throws {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let workbook = workbook_new_opt(path, &options),
            let sheet = workbook_add_worksheet(workbook, String(name.prefix(31))),
            let bold = workbook_add_format(workbook)
        else { throw DocumentsError.unwritable(path) }
        self.workbook = workbook
        self.sheet = sheet
        self.bold = bold
        self.path = path
        format_set_bold(bold)
        format_set_bg_color(bold, 0xE8F1EE)
        format_set_text_wrap(bold)
    }

    deinit {
        if let workbook { _ = workbook_close(workbook) }
    }

    func heading(_ cells: [String]) throws {
        if !cells.isEmpty {
            worksheet_set_column(sheet, 0, UInt16(cells.count - 1), 18, nil)
            worksheet_freeze_panes(sheet, row + 1, 0)
        }
        try write(cells, numbersFrom: cells.count, format: bold)
    }

    func write(_ cells: [String], numbersFrom first: Int) throws {
        try write(cells, numbersFrom: first, format: nil)
    }

    func finish() throws {
        guard let workbook else { return }
        self.workbook = nil
        guard workbook_close(workbook) == LXW_NO_ERROR else { throw DocumentsError.unwritable(path) }
    }

    private func write(_ cells: [String], numbersFrom first: Int, format: UnsafeMutablePointer<lxw_format>?) throws {
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
            if column >= first, let number = Double(cell) {
                worksheet_write_number(sheet, row, UInt16(column), number, format)
                continue
            }
            let text =
                cell.unicodeScalars.contains { $0.value < 32 && !"\n\r\t".unicodeScalars.contains($0) }
                ? String(String.UnicodeScalarView(cell.unicodeScalars.filter { $0.value >= 32 || $0 == "\n" })) : cell
            guard worksheet_write_string(sheet, row, UInt16(column), text, format) == LXW_NO_ERROR else {
                throw DocumentsError(
                    .tooLarge, "第 \(row + 1) 行第 \(TableRow.letters(ofColumn: column)) 列放不进表格文件。请改用 CSV 导出。")
            }
        }
        row += 1
    }
}
