/// A value as both databases store it: the common subset of SQLite's and PostgreSQL's types (DESIGN §7).
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}
