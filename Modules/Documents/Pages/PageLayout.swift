/// A document laid out: everything on every page, from the ground up.
struct PageLayout {
    let pages: [[PageMark]]
    let stamps: [PageStamp]

    init(_ document: PageDocument, fonts: PageFonts) throws {
        let composer = try PageComposer.pages(of: document, fonts: fonts)
        let count = composer.pages.count
        stamps = composer.stamps
        pages = composer.pages.enumerated().map { index, marks in
            // The paper's number on the left, and the page's at the right, so that neither covers the other.
            let number = count > 1 ? fonts.layout(document.number, .foot).lines(width: PageMetrics.textWidth * 0.7) : []
            let foot = fonts.layout("第 \(index + 1) 页 共 \(count) 页", .foot)
                .lines(width: PageMetrics.textWidth, isCentred: number.isEmpty)
            let contact = fonts.layout(document.contact, .foot).lines(width: PageMetrics.textWidth, isCentred: true)
            let base = PageMetrics.height - PageMetrics.foot
            let last =
                number.prefix(1).map { PageMark.text($0, x: PageMetrics.left, y: base) }
                + foot.map { line in
                    let right = PageMetrics.left + PageMetrics.textWidth - line.width
                    return PageMark.text(line, x: number.isEmpty ? PageMetrics.left : right, y: base)
                }
                + contact.prefix(1).map {
                    PageMark.text($0, x: PageMetrics.left, y: base + TextStyle.foot.lineHeight)
                }
            // Above the shades, which would cover it, and below the text, which must stay legible.
            return marks.filter(\.isShade) + Self.watermark(document.watermark, fonts)
                + marks.filter { !$0.isShade } + last
        }
    }

    /// Two lines across the page, so that no half of it stands without.
    private static func watermark(_ text: String, _ fonts: PageFonts) -> [PageMark] {
        if text.isEmpty { return [] }
        return [0.34, 0.68].flatMap { share in
            fonts.layout(text, .watermark).lines(width: 10_000).map {
                PageMark.watermark($0, x: PageMetrics.width / 2, y: PageMetrics.height * share)
            }
        }
    }
}

extension PageMark {
    fileprivate var isShade: Bool {
        if case .shade = self { return true }
        return false
    }
}

/// A seal's picture to be put on a paper.
public struct StampPicture: Sendable, Hashable {
    public let png: [UInt8]
    /// In millimetres.
    public let width: Double
    public let height: Double

    public init(png: [UInt8], width: Double, height: Double) {
        self.png = png
        self.width = width
        self.height = height
    }
}
