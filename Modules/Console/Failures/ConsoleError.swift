/// Why the program can't do its work here, in one line with the remedy.
public struct ConsoleError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stable code such as `console.folder_not_empty`.
    public let code: String
    /// What happened and what to do, in Chinese.
    public let message: String

    public init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
