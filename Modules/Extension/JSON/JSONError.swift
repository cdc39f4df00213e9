/// Why a text is not JSON that we accept.
public struct JSONError: Error, Sendable, Equatable {
    /// What is wrong, in Chinese.
    public let message: String
    /// The place, counted from 1.
    public let line: Int
    /// The place in its line in bytes, counted from 1.
    public let column: Int
}
