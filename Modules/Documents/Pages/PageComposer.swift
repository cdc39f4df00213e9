/// Something on a page, at its place in points from the upper left corner.
enum PageMark {
    case text(TextLayout.Line, x: Double, y: Double)
    case rule(x: Double, y: Double, toX: Double, toY: Double)
    case shade(x: Double, y: Double, width: Double, height: Double)
    case code(CodeMatrix, x: Double, y: Double, size: Double)
}

/// Breaks a document into pages.
struct PageComposer {
    private let fonts: PageFonts
    private(set) var pages: [[PageMark]] = [[]]
    private var y = PageMetrics.top

    init(fonts: PageFonts) { self.fonts = fonts }

    mutating func compose(_ document: PageDocument) throws {
        write(document.title, .title, isCentred: true)
        y += 6
        if !document.number.isEmpty {
            write(document.number, .number, isCentred: true)
            y += 8
        }
        for (index, block) in document.blocks.enumerated() {
            try place(block, before: closing(document.blocks[(index + 1)...]))
        }
    }

    // MARK: Blocks

    /// How high what closes the paper is, if nothing else comes before it: signatures, small print and the seal do not
    /// stand alone on a page.
    private func closing(_ rest: ArraySlice<PageBlock>) -> Double {
        var height = 0.0
        for block in rest {
            switch block {
            case .signatures(let labels): height += Double((labels.count + 1) / 2) * Self.signatureHeight
            case .note(let text): height += self.height(lines(text, .note), .note)
            case .seal: return height + Self.sealHeight
            default: return 0
            }
        }
        return 0
    }

    /// - Parameter closing: the height of what must stand on the same page as the block's end.
    private mutating func place(_ block: PageBlock, before closing: Double) throws {
        switch block {
        case .heading(let text):
            // A heading never ends a page.
            require(TextStyle.heading.lineHeight + 2 * TextStyle.body.lineHeight)
            write(text, .heading)
        case .line(let text): write(text, .body)
        case .paragraph(let text):
            let lines = lines(text, .body, indent: 2 * TextStyle.body.size)
            let kept = lines.count <= Self.unbroken ? lines.count : 2
            write(Array(lines.dropLast(kept)), .body)
            if closing > 0 { require(height(lines.suffix(kept), .body) + closing) }
            write(lines.suffix(kept), .body)
        case .note(let text): write(text, .note)
        case .table(let rows):
            let label = min(rows.map { fonts.layout($0.label, .label).widest }.max() ?? 0, 120) + 14
            y += 4
            let widths = [label, PageMetrics.textWidth - label]
            for (index, row) in rows.enumerated() {
                let laid = lay([(row.label, .label), (row.value, .cell)], widths: widths)
                if !fits(laid.unbroken + (index == rows.count - 1 ? closing : 0)) { turn() }
                place(laid, widths: widths, shaded: [0])
            }
            y += 8
        case .grid(let grid): place(grid, before: closing)
        case .signatures(let labels): place(signatures: labels)
        case .seal(let seal): try place(seal)
        }
    }

    private mutating func place(_ grid: PageGrid, before closing: Double) {
        let shares = grid.columns.indices.map { Double($0 < grid.shares.count ? max(1, grid.shares[$0]) : 1) }
        let total = shares.reduce(0, +)
        let widths = shares.map { $0 / total * PageMetrics.textWidth }
        let heading = lay(grid.columns.map { ($0, .label) }, widths: widths, isCentred: true)
        let rows = grid.rows.map { lay($0.map { ($0, .cell) }, widths: widths) }
        y += 4
        require(heading.unbroken + (rows.first?.unbroken ?? 0) + (rows.count == 1 ? closing : 0))
        place(heading, widths: widths, shaded: Set(grid.columns.indices))
        for (index, row) in rows.enumerated() {
            if index > 0, !fits(row.unbroken + (index == rows.count - 1 ? closing : 0)) {
                turn()
                place(heading, widths: widths, shaded: Set(grid.columns.indices))
            }
            place(row, widths: widths)
        }
        y += 8
    }

    private mutating func place(signatures labels: [String]) {
        let half = PageMetrics.textWidth / 2
        for start in stride(from: 0, to: labels.count, by: 2) {
            require(Self.signatureHeight)
            y += 12
            for (column, label) in labels[start..<min(start + 2, labels.count)].enumerated() {
                let left = PageMetrics.left + Double(column) * half
                let line = lines(label, .cell)
                guard let first = line.first else { continue }
                let base = y + TextStyle.cell.size
                mark(.text(first, x: left, y: base))
                mark(.rule(x: left + first.width + 6, y: base + 3, toX: left + half - 12, toY: base + 3))
            }
            y += 26
        }
    }

    private static let signatureHeight = 38.0
    private static let sealHeight = PageMetrics.seal + 16
    /// Up to so many lines stay together.
    private static let unbroken = 8

    private mutating func place(_ seal: PageSeal) throws {
        require(Self.sealHeight)
        y += 16
        let half = PageMetrics.textWidth / 2
        let right = PageMetrics.left + half
        let top = y
        if let text = seal.code {
            let code = try CodeMatrix(text)
            mark(.code(code, x: PageMetrics.left, y: top + 6, size: PageMetrics.code))
            y = top + 6 + PageMetrics.code + 2
            write(seal.caption, .note, width: half - 20)
        }
        y = top + PageMetrics.seal / 2 - TextStyle.body.lineHeight * 1.5
        write(seal.name, .body, left: right, width: half, isCentred: true)
        write("（印章）", .note, left: right, width: half, isCentred: true)
        write(seal.day, .body, left: right, width: half, isCentred: true)
        y = max(y, top + PageMetrics.seal)
    }

    // MARK: Lines and rows

    private func lines(
        _ text: String, _ style: TextStyle, width: Double = PageMetrics.textWidth, indent: Double = 0,
        isCentred: Bool = false
    ) -> [TextLayout.Line] {
        fonts.layout(text, style).lines(width: width, indent: indent, isCentred: isCentred)
    }

    private func height(_ lines: [TextLayout.Line], _ style: TextStyle) -> Double {
        Double(lines.count) * style.lineHeight
    }

    private mutating func write(
        _ text: String, _ style: TextStyle, left: Double = PageMetrics.left, width: Double = PageMetrics.textWidth,
        isCentred: Bool = false
    ) {
        write(lines(text, style, width: width, isCentred: isCentred), style, left: left)
    }

    private mutating func write(_ lines: [TextLayout.Line], _ style: TextStyle, left: Double = PageMetrics.left) {
        for line in lines {
            require(style.lineHeight)
            mark(.text(line, x: left, y: base(y, style)))
            y += style.lineHeight
        }
    }

    /// A row of a table, broken into lines.
    private struct LaidRow {
        let cells: [[TextLayout.Line]]
        let styles: [TextStyle]
        let lineHeight: Double

        var count: Int { max(1, cells.map(\.count).max() ?? 1) }
        /// The height that must be left on a page for the row to begin there.
        var unbroken: Double {
            Double(count <= PageComposer.unbroken ? count : 2) * lineHeight + 2 * PageMetrics.cellPadding
        }
    }

    private func lay(
        _ cells: [(text: String, style: TextStyle)], widths: [Double], isCentred: Bool = false
    ) -> LaidRow {
        LaidRow(
            cells: zip(cells, widths).map { cell, width in
                lines(cell.text, cell.style, width: width - 2 * PageMetrics.cellPadding, isCentred: isCentred)
            }, styles: cells.map(\.style),
            lineHeight: cells.map(\.style.lineHeight).max() ?? TextStyle.cell.lineHeight)
    }

    /// A row with its borders; one that is longer than what is left of the page goes on upon the next.
    private mutating func place(_ row: LaidRow, widths: [Double], shaded: Set<Int> = []) {
        let padding = PageMetrics.cellPadding
        let height = row.lineHeight
        let total = row.count
        var done = 0
        while done < total {
            var room = Int((PageMetrics.floor - y - 2 * padding) / height)
            if room < min(2, total - done) {
                turn()
                room = Int((PageMetrics.floor - y - 2 * padding) / height)
            }
            let count = min(room, total - done)
            let bottom = y + Double(count) * height + 2 * padding
            var left = PageMetrics.left
            for (column, width) in widths.enumerated() {
                if shaded.contains(column) { mark(.shade(x: left, y: y, width: width, height: bottom - y)) }
                for line in row.cells[column].dropFirst(done).prefix(count).enumerated() {
                    mark(
                        .text(
                            line.element, x: left + padding,
                            y: base(y + padding + Double(line.offset) * height, row.styles[column])))
                }
                left += width
            }
            frame(widths, top: y, bottom: bottom)
            y = bottom
            done += count
        }
    }

    private mutating func frame(_ widths: [Double], top: Double, bottom: Double) {
        let end = PageMetrics.left + widths.reduce(0, +)
        mark(.rule(x: PageMetrics.left, y: top, toX: end, toY: top))
        mark(.rule(x: PageMetrics.left, y: bottom, toX: end, toY: bottom))
        var x = PageMetrics.left
        for width in [0] + widths {
            x += width
            mark(.rule(x: x, y: top, toX: x, toY: bottom))
        }
    }

    /// The base line of a line of text whose place begins at `top`.
    private func base(_ top: Double, _ style: TextStyle) -> Double {
        top + (style.lineHeight - style.size) / 2 + style.size * 0.86
    }

    // MARK: Pages

    private func fits(_ height: Double) -> Bool { y + height <= PageMetrics.floor }

    private mutating func require(_ height: Double) {
        if !fits(height), y > PageMetrics.top { turn() }
    }

    private mutating func turn() {
        pages.append([])
        y = PageMetrics.top
    }

    private mutating func mark(_ mark: PageMark) { pages[pages.count - 1].append(mark) }
}
