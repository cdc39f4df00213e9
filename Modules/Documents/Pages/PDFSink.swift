import CPango

/// A PDF file as cairo writes it into memory.
final class PDFSink {
    private final class Bytes { var all: [UInt8] = [] }

    private let bytes = Bytes()
    private let surface: OpaquePointer
    private let canvas: OpaquePointer

    init(_ document: PageDocument) throws {
        let surface = cairo_pdf_surface_create_for_stream(
            { sink, data, count in
                guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
                Unmanaged<Bytes>.fromOpaque(sink).takeUnretainedValue().all
                    .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                return CAIRO_STATUS_SUCCESS
            }, Unmanaged.passUnretained(bytes).toOpaque(), PageMetrics.width, PageMetrics.height)
        guard let surface, let canvas = cairo_create(surface) else { throw Self.failed }
        self.surface = surface
        self.canvas = canvas
        // Its table of objects is a plain one, to which a signature is appended.
        cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4)
        func property(_ key: cairo_pdf_metadata_t, _ value: String) {
            if !value.isEmpty { cairo_pdf_surface_set_metadata(surface, key, value) }
        }
        property(CAIRO_PDF_METADATA_TITLE, document.title)
        property(CAIRO_PDF_METADATA_AUTHOR, document.author)
        property(CAIRO_PDF_METADATA_SUBJECT, document.number)
        // Otherwise cairo would write the time of printing, and the same paper would never be the same file.
        property(CAIRO_PDF_METADATA_CREATE_DATE, "\(document.date)T00:00:00+08:00")
        property(CAIRO_PDF_METADATA_MOD_DATE, "\(document.date)T00:00:00+08:00")
    }

    deinit {
        cairo_destroy(canvas)
        cairo_surface_destroy(surface)
    }

    func draw(_ mark: PageMark) {
        switch mark {
        case .text(let line, let x, let y):
            cairo_set_source_rgb(canvas, 0, 0, 0)
            line.draw(on: canvas, x: x, y: y)
        case .rule(let x, let y, let toX, let toY):
            cairo_set_source_rgb(canvas, 0, 0, 0)
            cairo_set_line_width(canvas, 0.6)
            cairo_move_to(canvas, x, y)
            cairo_line_to(canvas, toX, toY)
            cairo_stroke(canvas)
        case .shade(let x, let y, let width, let height):
            cairo_set_source_rgb(canvas, 0.94, 0.94, 0.94)
            cairo_rectangle(canvas, x, y, width, height)
            cairo_fill(canvas)
        case .watermark(let line, let x, let y):
            cairo_save(canvas)
            cairo_translate(canvas, x, y)
            cairo_rotate(canvas, PageMetrics.watermarkAngle)
            cairo_set_source_rgb(canvas, 0.93, 0.8, 0.8)
            line.draw(on: canvas, x: -line.width / 2 - line.x, y: 0)
            cairo_restore(canvas)
        case .code(let code, let x, let y, let size):
            cairo_set_source_rgb(canvas, 0, 0, 0)
            let cell = size / Double(code.width)
            for row in 0..<code.width {
                for column in 0..<code.width where code.isDark(column, row) {
                    cairo_rectangle(canvas, x + Double(column) * cell, y + Double(row) * cell, cell, cell)
                }
            }
            cairo_fill(canvas)
        }
    }

    /// Draws a seal's picture.
    ///
    /// - Throws: ``DocumentsError`` when it is no PNG.
    func draw(_ stamp: StampPicture, at place: PageStamp) throws {
        let source = PNGSource(stamp.png)
        let image = cairo_image_surface_create_from_png_stream(
            { source, target, count in
                guard let source, let target else { return CAIRO_STATUS_READ_ERROR }
                let png = Unmanaged<PNGSource>.fromOpaque(source).takeUnretainedValue()
                return png.read(into: target, Int(count)) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_READ_ERROR
            }, Unmanaged.passUnretained(source).toOpaque())
        defer { cairo_surface_destroy(image) }
        guard cairo_surface_status(image) == CAIRO_STATUS_SUCCESS else { throw Self.failed }
        let width = PageMetrics.points(stamp.width)
        let height = PageMetrics.points(stamp.height)
        cairo_save(canvas)
        cairo_translate(canvas, place.x - width / 2, place.y - height / 2)
        cairo_scale(
            canvas, width / Double(cairo_image_surface_get_width(image)),
            height / Double(cairo_image_surface_get_height(image)))
        cairo_set_source_surface(canvas, image, 0, 0)
        cairo_paint(canvas)
        cairo_restore(canvas)
    }

    private final class PNGSource {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: [UInt8]) { rest = bytes[...] }

        func read(into target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
            guard rest.count >= count else { return false }
            for (index, byte) in rest.prefix(count).enumerated() { target[index] = byte }
            rest = rest.dropFirst(count)
            return true
        }
    }

    func endPage() { cairo_show_page(canvas) }

    /// - Throws: ``DocumentsError`` when cairo could not write.
    func finish() throws -> [UInt8] {
        cairo_surface_finish(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, cairo_status(canvas) == CAIRO_STATUS_SUCCESS
        else { throw Self.failed }
        return bytes.all
    }

    private static let failed = DocumentsError(.unwritable, "文书没有排印成功。请重试；仍不成功的，把这条信息告诉管理员。")
}
