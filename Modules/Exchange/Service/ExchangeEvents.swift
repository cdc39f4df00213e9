public import Extension
public import Standards

/// An export to the national platform was begun: by whom stands in the journal's entry.
public struct ExchangeBegun: Event, Hashable {
    public static let name = "exchange.begun"
    public let batch: String
    public let from: LegalDay
    public let to: LegalDay
}

/// A batch is complete, with the count of its rows by table.
public struct ExchangeCompleted: Event, Hashable {
    public static let name = "exchange.completed"
    public let batch: String
    public let from: LegalDay
    public let to: LegalDay
    public let rows: [String: Int]
    /// Faults that kept rows out.
    public let faults: Int
}

/// An export found nothing new in its period, so that no batch came of it.
public struct ExchangeFoundNothing: Event, Hashable {
    public static let name = "exchange.nothing_new"
    public let batch: String
    public let from: LegalDay
    public let to: LegalDay
}

/// The rows of a batch were handed out as files.
public struct ExchangeTaken: Event, Hashable {
    public static let name = "exchange.taken"
    public let batch: String
    public let rows: Int
}
