/// A table from outside (CSV or XLSX), told apart by its content, read row by row.
public struct TableFile: Sendable {
    /// How the file is written.
    public enum Kind: String, Sendable, CaseIterable {
        case csv, xlsx
    }

    /// Where the file lies.
    public let path: String
    public let kind: Kind
    let limits: TableLimits

    /// - Throws: ``DocumentsError`` when the file can't be read or is too large.
    public init(path: String, limits: TableLimits = TableLimits()) throws {
        let start = try LocalBytes.start(of: path, count: 8)
        let size = try LocalBytes.size(of: path)
        guard size <= limits.fileBytes else {
            throw DocumentsError(
                .tooLarge, "\(path) 有 \(size >> 20) MB，超过 \(limits.fileBytes >> 20) MB 的上限。请拆成几个文件分别导入。")
        }
        if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw DocumentsError(.damaged, "\(path) 是旧版 Excel 文件（.xls）或加了密码。请用表格软件另存为 .xlsx 后再导入。")
        }
        self.path = path
        self.limits = limits
        kind = start.starts(with: [0x50, 0x4B]) ? .xlsx : .csv
    }

    /// Gives every row that is not blank, in order.
    ///
    /// - Parameters:
    ///   - sheet: the name of the sheet of a spreadsheet; nil is its first.
    ///   - body: what to do with a row; what it throws ends the reading.
    /// - Throws: ``DocumentsError``, or what `body` threw.
    public func forEachRow(sheet: String? = nil, _ body: (TableRow) throws -> Void) throws {
        switch kind {
        case .csv: try CSVReader(path: path, limits: limits).forEachRow(body)
        case .xlsx: try XLSXReader(path: path, limits: limits).forEachRow(sheet: sheet, body)
        }
    }

    /// The names of a spreadsheet's sheets in order; none for CSV.
    public func sheets() throws -> [String] {
        kind == .csv ? [] : try XLSXReader(path: path, limits: limits).sheets()
    }
}
