/// Renders official papers as PDF: A4, black on white, with the fonts embedded as subsets, so that a paper looks the
/// same on every reader and is complete when printed in grey.
///
/// An actor, since Pango's font maps serve one thread at a time.
public actor PageRenderer {
    private var fonts: PageFonts?

    private let fontFolder: String

    /// - Parameter fontFolder: where the fonts lie, in whatever folders below it.
    public init(fontFolder: String = "/usr/share/fonts/truetype") { self.fontFolder = fontFolder }

    /// A paper as PDF.
    ///
    /// - Throws: ``DocumentsError`` when a font is missing, or a code's text is too long.
    public func pdf(_ document: PageDocument) throws -> [UInt8] {
        let fonts = try self.fonts ?? PageFonts(folder: fontFolder)
        self.fonts = fonts
        var composer = PageComposer(fonts: fonts)
        try composer.compose(document)
        let sink = try PDFSink(document)
        for (index, page) in composer.pages.enumerated() {
            for mark in page { sink.draw(mark) }
            let foot = fonts.layout("第 \(index + 1) 页 共 \(composer.pages.count) 页", .foot)
                .lines(width: PageMetrics.textWidth, isCentred: true)
            let number = fonts.layout(document.number, .foot).lines(width: PageMetrics.textWidth / 2)
            for line in foot + (composer.pages.count > 1 ? number : []) {
                sink.draw(.text(line, x: PageMetrics.left, y: PageMetrics.height - PageMetrics.foot))
            }
            sink.endPage()
        }
        return try sink.finish()
    }
}
