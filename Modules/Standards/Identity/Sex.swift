/// Sex as GB/T 2261.1 codes it.
public enum Sex: String, Hashable, Sendable, Codable, CaseIterable {
    case male = "1"
    case female = "2"

    /// `男` or `女`.
    public var chinese: String {
        switch self {
        case .male: "男"
        case .female: "女"
        }
    }
}
