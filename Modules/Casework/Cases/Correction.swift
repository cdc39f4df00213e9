public import Standards
public import Storage

/// One complete notice of everything that is to be corrected (一次性告知, 行政许可法第三十二条).
public struct CorrectionNotice: Sendable, Hashable, Codable {
    public let faults: [Fault]
    public let sent: Instant
    public let by: Identifier?
    public internal(set) var answered: Instant?
    /// Digests of every field and material as the clerk saw them, so that a later notice can be held to them.
    let seen: [String: String]
}

/// One thing that is to be corrected.
public struct Fault: Sendable, Hashable, Codable {
    /// What it concerns: `form.<field>` or `material.<slot>`.
    public let target: String
    /// What is wrong and how to mend it.
    public let text: String

    public init(target: String, text: String) {
        self.target = target
        self.text = text
    }
}

/// A fault that a department named before acceptance, so that the clerk can send one merged notice.
public struct DepartmentFault: Sendable, Hashable, Codable {
    public let item: String
    public let fault: Fault
    public let by: Identifier?
    public let at: Instant
}
