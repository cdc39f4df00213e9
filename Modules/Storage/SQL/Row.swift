/// The column names of a result, shared by all its rows.
final class Columns: Sendable {
    let names: [String]

    init(_ names: [String]) { self.names = names }

    func index(of name: String) -> Int? { names.firstIndex(of: name) }
}

/// One row of a result.
public struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    /// The value of a column in the type that the caller expects.
    ///
    /// - Throws: ``StorageError`` with code ``StorageError/Code/decoding`` when the column is missing or holds another
    ///   type: a mistake in our own SQL, or a database changed by another program.
    public func get<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let index = columns.index(of: column) else {
            throw StorageError(.decoding, "结果里没有列 \(column)。", detail: columns.names.joined(separator: ","))
        }
        guard let value = Value(sql: values[index]) else {
            throw StorageError(.decoding, "列 \(column) 的内容不是预期的类型。", detail: "\(Value.self)")
        }
        return value
    }
}
