public import Extension
public import Standards
public import Storage

/// A clerk's drawer for one shift (窗口钱箱).
public struct Drawer: Sendable, Hashable {
    public let id: Identifier
    /// The division whose journal tells of it.
    public let division: String
    /// The account of the clerk whose drawer it is.
    public let account: Identifier
    public let opened: Instant
    public let closed: Instant?
    /// What should have been in it when it was closed, in fen; nil while it is open.
    public let expected: Money?
    /// What was counted then.
    public let counted: Money?

    init(_ row: Row) throws {
        id = try row.get("id")
        division = try row.get("division")
        account = try row.get("account")
        opened = try row.get("opened_at")
        closed = try row.get("closed_at")
        expected = try row.get("expected", as: Int64?.self).map { Money(fen: $0) }
        counted = try row.get("counted", as: Int64?.self).map { Money(fen: $0) }
    }
}

/// A clerk opened a drawer.
public struct PaymentDrawerOpened: Event, Hashable {
    public static let name = "payment.drawer_opened"
    public let drawer: Identifier
}

/// A clerk closed a drawer out.
public struct PaymentDrawerClosed: Event, Hashable {
    public static let name = "payment.drawer_closed"
    public let drawer: Identifier
    /// In fen.
    public let expected: Money
    public let counted: Money
}
