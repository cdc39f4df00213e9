/// One row of a table (表格的一行), as texts.
public struct TableRow: Sendable, Equatable {
    /// The row's number in the file as office programs count it, from 1.
    public let number: Int
    /// The cells in order; the row ends with the last cell that was written.
    public var cells: [String]
    /// Cells whose value is not what was meant.
    public var faults: [Fault]

    /// A cell that can't be trusted.
    public struct Fault: Sendable, Equatable {
        /// The column, from 0.
        public let column: Int
        /// What is wrong and what to do, in Chinese.
        public let message: String

        public init(column: Int, message: String) {
            self.column = column
            self.message = message
        }
    }

    public init(number: Int, cells: [String], faults: [Fault] = []) {
        self.number = number
        self.cells = cells
        self.faults = faults
    }

    /// Whether nothing stands in it.
    public var isBlank: Bool { faults.isEmpty && cells.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

    /// Whether one cell alone is filled in, near the top: a title above the heading, as lists for print have it.
    public var isTitle: Bool { number <= 5 && cells.count { !$0.allSatisfy(\.isWhitespace) } == 1 }

    /// The letters by which office programs name a column: A for 0, AA for 26.
    public static func letters(ofColumn column: Int) -> String {
        var (rest, text) = (column, "")
        repeat {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest = rest / 26 - 1
        } while rest >= 0
        return text
    }
}

/// How large a table from outside may be.
public struct TableLimits: Sendable, Hashable {
    /// Bytes of the file.
    public var fileBytes = 64 << 20
    /// Bytes of one part of a spreadsheet when unpacked.
    public var partBytes = 512 << 20
    /// Rows with the heading.
    public var rows = 200_000
    /// Columns.
    public var columns = 500
    /// Characters in a cell, as many as Excel allows.
    public var cellCharacters = 32_767

    public init() {}
}
