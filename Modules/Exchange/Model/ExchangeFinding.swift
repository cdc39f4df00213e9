public import Extension

/// One thing that is wrong with one row; it never shows a value, since many are personal.
public struct ExchangeFinding: Sendable, Hashable {
    public let table: String
    /// Which row: its identifier, or its line in a file.
    public let row: String
    /// The column; empty when it concerns the whole row.
    public let field: String
    /// A stable code such as `exchange.required`.
    public let code: String
    /// What is wrong and how to mend it, in Chinese.
    public let message: String
    /// What people know the row by, such as a case number; empty when there is nothing.
    public var subject = ""

    public init(table: String, row: String, field: String, code: String, message: String, subject: String = "") {
        self.table = table
        self.row = row
        self.field = field
        self.code = code
        self.message = message
        self.subject = subject
    }

    public var json: JSONValue {
        [
            "table": .string(table), "row": .string(row), "field": .string(field), "code": .string(code),
            "message": .string(message), "subject": .string(subject),
        ]
    }
}
