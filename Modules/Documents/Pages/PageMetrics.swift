/// The measures of a paper in points, after those of official papers (GB/T 9704—2012, in part): A4, wide margins, a
/// regular distance of lines.
enum PageMetrics {
    static let width = 595.28
    static let height = 841.89
    static let left = 79.4
    static let right = 73.7
    static let top = 85.0
    static let bottom = 85.0
    /// The foot's base line, from the lower edge.
    static let foot = 54.0
    static let textWidth = width - left - right
    /// The lower edge of what may be written on.
    static let floor = height - bottom

    /// The place that a round seal of 42 mm needs.
    static let seal = 119.0
    static let code = 71.0
    /// The slope of what stands across a page, in radians.
    static let watermarkAngle = -0.6

    /// Millimetres as points.
    static func points(_ millimetres: Double) -> Double { millimetres * 72 / 25.4 }

    /// Points as millimetres.
    static func millimetres(_ points: Double) -> Double { points * 25.4 / 72 }
    static let cellPadding = 5.0
}

/// A style of text: the fonts, the size and the distance of lines, in points.
struct TextStyle: Hashable {
    /// Fonts for Song and Hei letters with those that hold rarer characters behind them.
    private static let song = "AR PL UMing CN, HanaMinA, HanaMinB, WenQuanYi Micro Hei"
    private static let hei = "WenQuanYi Micro Hei, HanaMinA, HanaMinB, AR PL UMing CN"

    let families: String
    let size: Double
    let lineHeight: Double

    static let title = TextStyle(families: hei, size: 22, lineHeight: 34)
    static let number = TextStyle(families: song, size: 14, lineHeight: 26)
    static let heading = TextStyle(families: hei, size: 14, lineHeight: 26)
    static let body = TextStyle(families: song, size: 14, lineHeight: 26)
    static let label = TextStyle(families: hei, size: 12, lineHeight: 18)
    static let cell = TextStyle(families: song, size: 12, lineHeight: 18)
    static let note = TextStyle(families: song, size: 10.5, lineHeight: 17)
    static let watermark = TextStyle(families: hei, size: 48, lineHeight: 60)
    static let foot = TextStyle(families: song, size: 9, lineHeight: 14)
}
