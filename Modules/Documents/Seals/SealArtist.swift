import CPango
import Foundation

/// Draws a seal with the fonts of papers: a ring, a star in round ones, the organ's name along the rim.
struct SealArtist {
    private let design: SealDesign
    private let fonts: PageFonts

    /// Dots for each millimetre of a picture: 300 to the inch.
    private static let density = 12.0
    private static let song = "AR PL UMing CN, HanaMinA, HanaMinB, WenQuanYi Micro Hei"

    init(_ design: SealDesign, fonts: PageFonts) {
        self.design = design
        self.fonts = fonts
    }

    private final class Bytes { var all: [UInt8] = [] }

    func png() throws -> [UInt8] {
        let width = Double(design.shape.width) * Self.density
        let height = Double(design.shape.height) * Self.density
        guard let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)) else {
            throw Self.failed
        }
        defer { cairo_surface_destroy(surface) }
        try draw(on: surface, scale: Self.density)
        let bytes = Bytes()
        let status = cairo_surface_write_to_png_stream(
            surface, Self.write, Unmanaged.passUnretained(bytes).toOpaque())
        guard status == CAIRO_STATUS_SUCCESS else { throw Self.failed }
        return bytes.all
    }

    func svg() throws -> [UInt8] {
        let bytes = Bytes()
        let surface = cairo_svg_surface_create_for_stream(
            Self.write, Unmanaged.passUnretained(bytes).toOpaque(), PageMetrics.points(Double(design.shape.width)),
            PageMetrics.points(Double(design.shape.height)))
        guard let surface else { throw Self.failed }
        defer { cairo_surface_destroy(surface) }
        try draw(on: surface, scale: PageMetrics.points(1))
        cairo_surface_finish(surface)
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else { throw Self.failed }
        return withExtendedLifetime(bytes) { bytes.all }
    }

    private static let write: cairo_write_func_t = { sink, data, count in
        guard let sink, let data else { return CAIRO_STATUS_WRITE_ERROR }
        Unmanaged<Bytes>.fromOpaque(sink).takeUnretainedValue().all
            .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
        return CAIRO_STATUS_SUCCESS
    }

    private static let failed = DocumentsError(.unwritable, "印章图样没有画成。请重试；仍不成功的，把这条信息告诉管理员。")

    // MARK: Drawing, in millimetres from the middle

    private func draw(on surface: OpaquePointer, scale: Double) throws {
        guard let canvas = cairo_create(surface) else { throw Self.failed }
        defer { cairo_destroy(canvas) }
        cairo_scale(canvas, scale, scale)
        cairo_translate(canvas, Double(design.shape.width) / 2, Double(design.shape.height) / 2)
        cairo_set_source_rgb(canvas, 0.85, 0.07, 0.1)
        let (a, b) = (Double(design.shape.width) / 2 - 0.8, Double(design.shape.height) / 2 - 0.8)
        ellipse(canvas, a, b)
        cairo_set_line_width(canvas, 1.2)
        cairo_stroke(canvas)
        switch design.shape {
        case .round:
            star(canvas, radius: 6.6)
            name(canvas, a: a - 4.6, b: b - 4.6, size: 6, share: 0.72)
            if !design.purpose.isEmpty { straight(canvas, design.purpose, y: 13.2, width: 25, size: 4.4) }
        case .oval:
            ellipse(canvas, a - 1.3, b - 1.3)
            cairo_set_line_width(canvas, 0.25)
            cairo_stroke(canvas)
            name(canvas, a: a - 4.7, b: b - 4.7, size: 4.4, share: design.purpose.isEmpty ? 0.66 : 0.47)
            if !design.purpose.isEmpty { straight(canvas, design.purpose, y: 5.4, width: 25, size: 4.2) }
        }
    }

    private func ellipse(_ canvas: OpaquePointer, _ a: Double, _ b: Double) {
        cairo_save(canvas)
        cairo_scale(canvas, a, b)
        cairo_new_path(canvas)
        cairo_arc(canvas, 0, 0, 1, 0, 2 * .pi)
        cairo_restore(canvas)
    }

    private func star(_ canvas: OpaquePointer, radius: Double) {
        // The inner corners of a star whose sides are straight lines.
        let inner = radius * cos(2 * Double.pi / 5) / cos(Double.pi / 5)
        for corner in 0..<10 {
            let angle = Double(corner) * .pi / 5 - .pi / 2
            let distance = corner.isMultiple(of: 2) ? radius : inner
            cairo_line_to(canvas, distance * cos(angle), distance * sin(angle))
        }
        cairo_close_path(canvas)
        cairo_fill(canvas)
    }

    /// The organ's name on the ellipse of the letters' middles, equally spaced along its length.
    ///
    /// - Parameter share: how much of the ellipse it may take; the rest below stays free.
    private func name(_ canvas: OpaquePointer, a: Double, b: Double, size: Double, share: Double) {
        let letters = Array(design.organ)
        guard !letters.isEmpty else { return }
        let track = EllipseTrack(a: a, b: b)
        // Few letters stand no farther apart than looks well.
        let room = track.length * share
        let step = min(room / Double(max(letters.count - 1, 1)), size * 1.5)
        let width = min(size, step * 0.94)
        let first = -step * Double(letters.count - 1) / 2
        for (index, letter) in letters.enumerated() {
            let place = track.place(at: first + step * Double(index))
            cairo_save(canvas)
            cairo_translate(canvas, place.x, place.y)
            cairo_rotate(canvas, place.angle)
            self.letter(canvas, String(letter), width: width, height: size * 1.12)
            cairo_restore(canvas)
        }
    }

    /// A line in the middle, narrowed until it fits.
    private func straight(_ canvas: OpaquePointer, _ text: String, y: Double, width: Double, size: Double) {
        let letters = Array(text)
        let step = min(size * 1.08, width / Double(max(letters.count, 1)))
        let first = -step * Double(letters.count - 1) / 2
        for (index, letter) in letters.enumerated() {
            cairo_save(canvas)
            cairo_translate(canvas, first + step * Double(index), y)
            self.letter(canvas, String(letter), width: step * 0.94, height: size)
            cairo_restore(canvas)
        }
    }

    /// One letter about the origin, stretched to a width and a height.
    private func letter(_ canvas: OpaquePointer, _ text: String, width: Double, height: Double) {
        let unit = 100.0
        let layout = fonts.layout(text, TextStyle(families: Self.song, size: unit, lineHeight: unit))
        guard let line = layout.lines(width: 10_000).first else { return }
        cairo_scale(canvas, width / unit, height / unit)
        // Outlines, so that the letters are as bold as on a cut seal.
        cairo_move_to(canvas, -line.width / 2, unit * 0.36)
        pango_cairo_layout_line_path(canvas, pango_layout_get_line_readonly(layout.pointer, 0))
        cairo_fill_preserve(canvas)
        cairo_set_line_width(canvas, 2.2)
        cairo_stroke(canvas)
    }
}

/// An ellipse measured along its length from its uppermost point, clockwise.
private struct EllipseTrack {
    private let a: Double
    private let b: Double
    private var lengths: [Double] = [0]

    private static let parts = 720

    init(a: Double, b: Double) {
        self.a = a
        self.b = b
        for part in 1...Self.parts {
            let (from, to) = (point(part - 1), point(part))
            lengths.append(lengths[part - 1] + hypot(to.x - from.x, to.y - from.y))
        }
    }

    var length: Double { lengths[Self.parts] }

    /// The point at a length, negative to the left, and how far a letter there is turned.
    func place(at distance: Double) -> (x: Double, y: Double, angle: Double) {
        let wanted = distance < 0 ? distance + length : distance
        let part = lengths.firstIndex { $0 >= wanted } ?? Self.parts
        let middle = point(part)
        let (before, after) = (point(part - 1), point(part + 1))
        return (middle.x, middle.y, atan2(after.y - before.y, after.x - before.x))
    }

    private func point(_ part: Int) -> (x: Double, y: Double) {
        let angle = 2 * Double.pi * Double(part) / Double(Self.parts)
        return (a * sin(angle), -b * cos(angle))
    }
}
