/// How the rows of a table are written into a file.
public enum ExchangeFormat: String, Sendable, CaseIterable {
    /// UTF-8 with commas as RFC 4180 has it, a heading, and every value as it is: a program reads it, no office.
    case csv
    /// An array with one object on each line.
    case json
}
