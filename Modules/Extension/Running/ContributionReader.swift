/// A service that takes up what others contributed, once everything is collected and before anything runs.
public protocol ContributionReader: ServiceModule {
    /// Reads all contributions of kinds that the kernel does not run itself.
    func read(_ contributions: [any Contribution]) -> ContributionReading
}

/// What came of reading contributions.
public struct ContributionReading: Sendable {
    /// What they give rise to, such as subscriptions.
    public let contributions: [any Contribution]
    /// Everything that is wrong with them, or with settings and files that speak of them; it stops the start.
    public let findings: [Finding]

    public init(contributions: [any Contribution], findings: [Finding]) {
        self.contributions = contributions
        self.findings = findings
    }
}
