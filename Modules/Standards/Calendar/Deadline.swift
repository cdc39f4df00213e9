/// The day on which a limit ends (到期日).
public struct Deadline: Hashable, Sendable, Codable {
    /// The last day that is still in time, until 24:00 (``LegalDay/end``).
    public let day: LegalDay
    /// Whether the day may still move (暂定), because it was counted through a year whose holidays are not published.
    public let isProvisional: Bool

    /// A due day.
    public init(day: LegalDay, isProvisional: Bool) {
        self.day = day
        self.isProvisional = isProvisional
    }

    /// The deadline as it is said to people, such as `2026年11月22日（星期日）`, with `暂定` where it may still move.
    public var chinese: String {
        isProvisional ? "\(day.chinese)（暂定，待国务院公布节假日安排后确定）" : day.chinese
    }
}
