/// Renders official papers as PDF: A4, black on white, with the fonts embedded as subsets, so that a paper looks the
/// same on every reader and is complete when printed in grey.
///
/// An actor, since Pango's font maps serve one thread at a time.
public actor PageRenderer {
    private var loaded: PageFonts?

    private let fontFolder: String

    /// - Parameter fontFolder: where the fonts lie, in whatever folders below it.
    public init(fontFolder: String = "/usr/share/fonts/truetype") { self.fontFolder = fontFolder }

    /// A paper as PDF.
    ///
    /// - Parameter stamp: the picture of the electronic seal for the document's `stamp` blocks; none leaves them empty.
    /// - Throws: ``DocumentsError`` when a font is missing, or a code's text is too long.
    public func pdf(_ document: PageDocument, stamp: StampPicture? = nil) throws -> [UInt8] {
        let layout = try PageLayout(document, fonts: fonts())
        let sink = try PDFSink(document)
        for page in layout.pages.indices {
            for mark in layout.pages[page] { sink.draw(mark) }
            if let stamp {
                for place in layout.stamps where place.page == page { try sink.draw(stamp, at: place) }
            }
            sink.endPage()
        }
        return try sink.finish()
    }

    /// A paper as an OFD document (GB/T 33190-2016) that is not sealed yet: its text in embedded subsets of the fonts.
    ///
    /// - Throws: ``DocumentsError`` when a font is missing, or a code's text is too long.
    public func ofd(_ document: PageDocument, identifier: String) throws -> OFDDraft {
        let layout = try PageLayout(document, fonts: fonts())
        return try OFDWriter(document, identifier: identifier, layout: layout).draft()
    }

    /// A seal's picture as PNG with a transparent ground.
    public func png(_ design: SealDesign) throws -> [UInt8] { try SealArtist(design, fonts: fonts()).png() }

    /// A seal's picture as SVG, its letters as outlines.
    public func svg(_ design: SealDesign) throws -> [UInt8] { try SealArtist(design, fonts: fonts()).svg() }

    private func fonts() throws -> PageFonts {
        if let loaded { return loaded }
        let fonts = try PageFonts(folder: fontFolder)
        loaded = fonts
        return fonts
    }
}
