import CPango

/// A piece of a line that stands in one font: its characters with the distance from each to the next.
struct TextRun {
    let face: OpaquePointer
    let family: String
    let text: String
    /// From the line's own beginning, in points.
    let x: Double
    /// How far it is from each character to the next, in points; as many as there are characters.
    let advances: [Double]
}

extension TextLayout.Line {
    /// The line's runs from the left to the right.
    var runs: [TextRun] {
        guard let line = pango_layout_get_line_readonly(layout.pointer, Int32(index)),
            let start = pango_layout_get_text(layout.pointer)
        else { return [] }
        var x = 0.0
        return (0..<yc_run_count(line)).compactMap { number in
            guard let run = yc_run(line, number), let face = yc_run_face(run) else { return nil }
            let bytes = UnsafeRawBufferPointer(
                start: start + Int(yc_run_start(run)), count: Int(yc_run_length(run)))
            let text = String(decoding: bytes, as: UTF8.self)
            // What a cluster of several characters takes goes to the first of them.
            var widths: [Int: Double] = [:]
            for glyph in 0..<yc_run_glyphs(run) {
                widths[Int(yc_glyph_byte(run, glyph)), default: 0] +=
                    Double(yc_glyph_width(run, glyph)) / Double(PANGO_SCALE)
            }
            var offset = 0
            let advances = text.unicodeScalars.map { scalar -> Double in
                defer { offset += scalar.utf8.count }
                return widths[offset] ?? 0
            }
            defer { x += advances.reduce(0, +) }
            return TextRun(face: face, family: Self.family(run), text: text, x: x, advances: advances)
        }
    }

    private static func family(_ run: UnsafeMutablePointer<PangoGlyphItem>) -> String {
        guard let description = pango_font_describe(run.pointee.item.pointee.analysis.font) else { return "宋体" }
        defer { pango_font_description_free(description) }
        return pango_font_description_get_family(description).map { String(cString: $0) } ?? "宋体"
    }
}
