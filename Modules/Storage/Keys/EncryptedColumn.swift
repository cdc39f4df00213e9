/// A column of sealed values, declared by the module that owns it, so that its values can be sealed anew.
public struct EncryptedColumn: Sendable {
    public let table: String
    /// The columns of the primary key, in its order.
    public let keys: [String]
    public let column: String
    /// The context under which a row's value is sealed.
    public let context: @Sendable (Row) throws -> String
    /// Columns that `context` reads besides the key.
    public let also: [String]

    /// - Parameters:
    ///   - table: the table's name.
    ///   - keys: the columns of its primary key, in order, none of them null.
    ///   - column: the sealed column; null values stay as they are.
    ///   - also: columns that `context` reads besides the key.
    ///   - context: the context of a row's value, as the owner builds it when it seals.
    public init(
        table: String, keys: [String], column: String, also: [String] = [],
        context: @escaping @Sendable (Row) throws -> String
    ) {
        self.table = table
        self.keys = keys
        self.column = column
        self.also = also
        self.context = context
    }
}
