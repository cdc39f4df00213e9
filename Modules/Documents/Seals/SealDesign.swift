/// How a seal looks: its shape, the organ's name along the rim, and what it is for.
///
/// The sizes are those of seals of public organs: round with 42 mm across for a county's or a city's agency, oval with
/// 45 by 30 mm for a seal with one purpose.
public struct SealDesign: Sendable, Hashable {
    /// The outline.
    public enum Shape: String, Sendable, Hashable, CaseIterable, Codable {
        case round, oval

        /// The shape for people.
        public var title: String {
            switch self {
            case .round: "圆形"
            case .oval: "椭圆形"
            }
        }

        /// In millimetres.
        public var width: Int { self == .round ? 42 : 45 }
        /// In millimetres.
        public var height: Int { self == .round ? 42 : 30 }
    }

    public let shape: Shape
    /// The organ's name, along the upper rim.
    public let organ: String
    /// What it is for, such as 行政审批专用章; empty for the organ's own seal.
    public let purpose: String

    /// The longest name that stays legible.
    public static let maximumName = 26

    public init(shape: Shape, organ: String, purpose: String = "") {
        self.shape = shape
        self.organ = organ
        self.purpose = purpose
    }
}
