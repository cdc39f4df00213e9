/// One thing that is wrong with a bundle; a reading or check reports all of them.
public struct ThemeFinding: Error, Sendable, Hashable {
    /// The file within the folder of bundles, such as `birth/theme.yaml`.
    public let file: String
    /// The line, counted from 1; nil when the finding is about the file as a whole.
    public let line: Int?
    /// The place in the line in characters, counted from 1.
    public let column: Int?
    /// A stable code, such as `theme.unknown_key`.
    public let code: String
    /// What is wrong and how to mend it, in Chinese.
    public let message: String

    public init(file: String, line: Int? = nil, column: Int? = nil, code: String, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.code = code
        self.message = message
    }
}

extension ThemeFinding: CustomStringConvertible {
    /// `birth/theme.yaml:12:5 没有名为 titel 的字段… [theme.unknown_key]`.
    public var description: String {
        let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
        return "\(file)\(place) \(message) [\(code)]"
    }
}

extension ThemeFinding: Comparable {
    public static func < (lhs: ThemeFinding, rhs: ThemeFinding) -> Bool {
        (lhs.file, lhs.line ?? 0, lhs.column ?? 0, lhs.code, lhs.message)
            < (rhs.file, rhs.line ?? 0, rhs.column ?? 0, rhs.code, rhs.message)
    }
}
