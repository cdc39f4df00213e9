public import Standards
public import Storage

/// One complete notice of everything that is to be corrected (一次性告知, 行政许可法第三十二条).
public struct CorrectionNotice: Sendable, Hashable, Codable {
    public let faults: [Fault]
    public let sent: Instant
    public let by: Identifier?
    public internal(set) var answered: Instant?
    /// Why the applicant left what was named as it is, by target; nil where everything was mended.
    public internal(set) var asIs: [String: String]?
    /// Digests of every field and material as the clerk saw them, so that a later notice can be held to them.
    let seen: [String: String]
}

/// One thing that is to be corrected.
public struct Fault: Sendable, Hashable, Codable {
    /// What it concerns: `form.<field>` or `material.<slot>`.
    public let target: String
    /// What is wrong and how to mend it.
    public let text: String
    /// Which fault of the notice before, counted from 1, was named then and is still not mended.
    public let repeats: Int?

    public init(target: String, text: String, repeats: Int? = nil) {
        self.target = target
        self.text = text
        self.repeats = repeats
    }
}

/// A fault that a department named before acceptance, so that the clerk can send one merged notice.
public struct DepartmentFault: Sendable, Hashable, Codable {
    public let item: String
    public let fault: Fault
    public let by: Identifier?
    public let at: Instant
}

/// What a department named and the clerk did not pass on, with the reason.
public struct SetAsideFault: Sendable, Hashable, Codable {
    public let named: DepartmentFault
    public let reason: String
    public let by: Identifier?
    public let at: Instant
}

extension CaseFile {
    /// What is to be mended now, by target; empty unless the case waits for a correction.
    public var namedTargets: Set<String> {
        state == .correction ? Set(corrections.last?.faults.map(\.target) ?? []) : []
    }

    /// What the last notice named and the applicant has not changed since it was sent.
    public var unmendedFaults: [Fault] {
        guard state == .correction, let notice = corrections.last else { return [] }
        let current = digests()
        return notice.faults.filter { notice.seen[$0.target] == current[$0.target] }
    }
}
