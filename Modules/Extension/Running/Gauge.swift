public import Standards
public import Storage

/// Numbers that tell how the system is doing, read from the database; shown by `/metrics` and `yiciban status`.
///
/// They are read at most a few times a minute, and their cost must not grow with what is closed and done.
public struct Gauge: Contribution {
    /// One number with its labels, such as `state`; labels never hold anything personal.
    public struct Sample: Sendable, Hashable {
        public let labels: [String: String]
        public let value: Double

        public init(_ value: Double, _ labels: [String: String] = [:]) {
            self.value = value
            self.labels = labels
        }
    }

    /// In Prometheus' form without prefix, such as `cases_open`.
    public let name: String
    /// What is counted, in English, for the exposition.
    public let help: String
    /// The same in Chinese for `yiciban status`; nil keeps it out of there.
    public let title: String?
    public let read: @Sendable (Snapshot, Instant) throws -> [Sample]

    public init(
        _ name: String, help: String, title: String? = nil,
        _ read: @escaping @Sendable (Snapshot, Instant) throws -> [Sample]
    ) {
        self.name = name
        self.help = help
        self.title = title
        self.read = read
    }
}
