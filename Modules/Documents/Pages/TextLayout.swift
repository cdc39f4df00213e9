import CPango

/// A text broken into lines by Pango.
final class TextLayout {
    /// A line of it: which, and where it begins from the left in points.
    struct Line {
        let layout: TextLayout
        let index: Int
        let x: Double
        let width: Double

        /// Draws the line with its base line at `y`.
        func draw(on canvas: OpaquePointer, x left: Double, y: Double) {
            cairo_move_to(canvas, left + x, y)
            pango_cairo_show_layout_line(canvas, pango_layout_get_line_readonly(layout.pointer, Int32(index)))
        }
    }

    let pointer: OpaquePointer
    let style: TextStyle

    init(_ pointer: OpaquePointer, _ text: String, _ style: TextStyle) {
        self.pointer = pointer
        self.style = style
        let font = pango_font_description_new()
        pango_font_description_set_family(font, style.families)
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        pango_layout_set_font_description(pointer, font)
        pango_font_description_free(font)
        // A character that cannot be printed would end the text in C.
        pango_layout_set_text(pointer, text.replacing("\0", with: ""), -1)
    }

    deinit { yc_unref(UnsafeMutableRawPointer(pointer)) }

    /// The length of its longest line without breaks, in points.
    var widest: Double { lines(width: 10_000).map(\.width).max() ?? 0 }

    /// The lines at a width.
    ///
    /// - Parameter indent: of the first line, in points.
    func lines(width: Double, indent: Double = 0, isCentred: Bool = false) -> [Line] {
        pango_layout_set_width(pointer, Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_wrap(pointer, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_indent(pointer, Int32(indent * Double(PANGO_SCALE)))
        pango_layout_set_alignment(pointer, isCentred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT)
        var lines: [Line] = []
        guard let walk = pango_layout_get_iter(pointer) else { return [] }
        defer { pango_layout_iter_free(walk) }
        repeat {
            var extents = PangoRectangle()
            pango_layout_iter_get_line_extents(walk, nil, &extents)
            lines.append(
                Line(
                    layout: self, index: lines.count, x: Double(extents.x) / Double(PANGO_SCALE),
                    width: Double(extents.width) / Double(PANGO_SCALE)))
        } while pango_layout_iter_next_line(walk) != 0
        return lines
    }
}
