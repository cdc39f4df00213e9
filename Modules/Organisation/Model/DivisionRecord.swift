public import Standards

/// A division that the deployment serves (区划): a place of GB/T 2260, or a zone or park with a code of our own.
public struct DivisionRecord: Hashable, Sendable {
    /// `430600` or `430600-Z01`.
    public let code: String
    /// The full name, such as `岳阳楼区`.
    public let name: String
    /// The division above, in the order of competence; nil at the top of the deployment.
    public let parent: String?
    /// What kind of place it is.
    public let level: Division.Level
    /// Whether the code is one of GB/T 2260; false for codes of our own, which never leave the system unmapped.
    public let isNational: Bool

    public init(code: String, name: String, parent: String?, level: Division.Level, isNational: Bool) {
        self.code = code
        self.name = name
        self.parent = parent
        self.level = level
        self.isNational = isNational
    }
}
