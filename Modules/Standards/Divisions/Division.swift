/// A row of the table of administrative divisions.
public struct Division: Hashable, Sendable, Codable {
    /// What kind of place a division is.
    public enum Level: String, Hashable, Sendable, Codable, CaseIterable {
        /// 省、自治区、直辖市、特别行政区
        case province
        /// 市、州
        case prefecture
        /// 县、市、区
        case county
        /// A functional zone (功能区) without a GB/T 2260 code.
        case zone
        /// A park (园区) without a GB/T 2260 code.
        case park
    }

    /// Why a code is no longer given out.
    public struct Retirement: Hashable, Sendable, Codable {
        /// The year in which the code was retired.
        public let year: Int
        /// The code that stands in its place.
        public let successor: DivisionCode
    }

    /// The code; a local one of ours for zones and parks.
    public let code: DivisionCode
    /// The full name, such as `岳阳楼区`.
    public let name: String
    /// What people call a zone for short; the full name where there is no other.
    public let shortName: String
    /// The division above; nil for a province.
    public let parent: DivisionCode?
    /// What kind of place it is.
    public let level: Level
    /// For a code that lives on only in identity numbers.
    public let retirement: Retirement?
    /// A code that the statistics bureau uses for a zone; not of GB/T 2260, for connectors only.
    public let statisticalCode: String?

    /// A row of the table.
    ///
    /// - Parameters:
    ///   - code: the code; its own structure gives the parent.
    ///   - name: the full name.
    ///   - level: what kind of place it is.
    ///   - shortName: what people call it, if that differs.
    ///   - retirement: since when the code is no longer given out.
    ///   - statisticalCode: another system's code for a zone.
    public init(
        code: DivisionCode, name: String, level: Level, shortName: String? = nil, retirement: Retirement? = nil,
        statisticalCode: String? = nil
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.shortName = shortName ?? name
        self.parent = code.parent
        self.retirement = retirement
        self.statisticalCode = statisticalCode
    }

    /// Whether the code is one of GB/T 2260, retired ones included; false for local codes of ours.
    public var isNational: Bool { !code.isLocal }
}
