import Foundation

/// Writes a table row by row with flat memory, as CSV or as a spreadsheet by the file's name.
///
/// The file stands under its name only when it is whole; what a full disk cut off is removed.
public struct TableWriter {
    private var writing: any TableWriting
    private let path: String
    private let unfinished: UnfinishedFile

    /// - Parameters:
    ///   - path: where to; a file there is replaced. `.xlsx` makes a spreadsheet, all else CSV.
    ///   - sheet: the name of the sheet.
    /// - Throws: ``DocumentsError`` `unwritable`.
    public init(path: String, sheet: String = "Sheet1") throws {
        self.path = path
        unfinished = UnfinishedFile(path: "\(path).partial")
        writing =
            path.lowercased().hasSuffix(".xlsx")
            ? try XLSXWriter(path: unfinished.path, sheet: sheet) : try CSVWriter(path: unfinished.path)
    }

    /// Writes the heading: bold and staying in sight in a spreadsheet.
    public mutating func heading(_ cells: [String]) throws { try writing.heading(cells) }

    /// Writes a row; every cell is text, so that codes keep their zeros and all their digits.
    public mutating func row(_ cells: [String]) throws { try writing.write(cells, numbersFrom: cells.count) }

    /// Writes a row whose last cells are numbers, with which a spreadsheet can reckon.
    ///
    /// - Parameter first: the first column of numbers, from 0; what is no number there stays text.
    public mutating func row(_ cells: [String], numbersFrom first: Int) throws {
        try writing.write(cells, numbersFrom: first)
    }

    /// Finishes the file; without it nothing is complete.
    public mutating func finish() throws {
        try writing.finish()
        guard rename(unfinished.path, path) == 0 else { throw DocumentsError.unwritable(path) }
    }
}

/// A file that goes when nobody holds it any more; one that was renamed in time stays.
private final class UnfinishedFile: Sendable {
    let path: String

    init(path: String) { self.path = path }

    deinit { unlink(path) }
}

/// What a kind of table file can do.
protocol TableWriting {
    mutating func heading(_ cells: [String]) throws
    mutating func write(_ cells: [String], numbersFrom first: Int) throws
    mutating func finish() throws
}

extension TableWriting {
    mutating func heading(_ cells: [String]) throws { try write(cells, numbersFrom: cells.count) }
}

extension DocumentsError {
    static func unwritable(_ path: String) -> DocumentsError {
        let path = path.hasSuffix(".partial") ? String(path.dropLast(".partial".count)) : path
        return DocumentsError(.unwritable, "文件 \(path) 写不进去。请检查目录是否存在、是否有写入权限、磁盘是否已满。")
    }
}
