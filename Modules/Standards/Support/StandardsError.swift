/// Why a text or a figure does not meet the standard that it claims to follow.
///
/// The message is written for the person who typed the value: what is wrong, and what to do next. It never repeats
/// a personal number, so that it may be logged.
public struct StandardsError: Error, Hashable, Sendable {
    /// A stable name for the kind of fault, such as `standards.resident_id.checksum`.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        init(_ rawValue: String) {
            self.rawValue = "standards." + rawValue
        }

        public var description: String { rawValue }
    }

    /// The kind of fault, for programs.
    public let code: Code

    /// What is wrong and what to do about it, in Chinese, for people.
    public let message: String

    /// The single findings of a check that looks at many values at once, in the order of the text; otherwise empty.
    public let findings: [StandardsError]

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: the kind of fault.
    ///   - message: Chinese text that names the remedy.
    ///   - findings: the single faults when a check found several.
    public init(_ code: Code, _ message: String, findings: [StandardsError] = []) {
        self.code = code
        self.message = message
        self.findings = findings
    }
}

extension StandardsError: CustomStringConvertible {
    /// The message, every finding on a line of its own, and the code.
    public var description: String {
        let lines = findings.map { "\n  - \($0.message)" }.joined()
        return "\(message)（\(code)）\(lines)"
    }
}
