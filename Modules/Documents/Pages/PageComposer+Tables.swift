/// Tables: rows with borders, broken over pages.
extension PageComposer {
    /// Labels and what belongs to each.
    mutating func place(_ rows: [PageRow], before closing: Double) {
        let label = min(rows.map { fonts.layout($0.label, .label).widest }.max() ?? 0, 120) + 14
        y += 4
        let widths = [label, PageMetrics.textWidth - label]
        for (index, row) in rows.enumerated() {
            let laid = lay([(row.label, .label), (row.value, .cell)], widths: widths)
            require(laid.unbroken + (index == rows.count - 1 ? closing : 0))
            place(laid, widths: widths, shaded: [0])
        }
        y += 8
    }

    /// A grid under its heading, which is repeated on every page.
    mutating func place(_ grid: PageGrid, before closing: Double) {
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

    /// A row of a table, broken into lines.
    private struct LaidRow {
        let cells: [[TextLayout.Line]]
        let styles: [TextStyle]
        let lineHeight: Double
        let padding: Double

        var count: Int { max(1, cells.map(\.count).max() ?? 1) }
        /// The height that must be left on a page for the row to begin there.
        var unbroken: Double {
            Double(count <= PageComposer.unbroken ? count : 2) * lineHeight + 2 * padding
        }
    }

    private func lay(
        _ cells: [(text: String, style: TextStyle)], widths: [Double], isCentred: Bool = false
    ) -> LaidRow {
        LaidRow(
            cells: zip(cells, widths).map { cell, width in
                lines(cell.text, cell.style, width: width - 2 * PageMetrics.cellPadding, isCentred: isCentred)
            }, styles: cells.map(\.style),
            lineHeight: cells.map { pitch($0.style) }.max() ?? pitch(.cell), padding: cellPadding)
    }

    /// A row with its borders; one that is longer than what is left of the page goes on upon the next.
    private mutating func place(_ row: LaidRow, widths: [Double], shaded: Set<Int> = []) {
        let padding = row.padding
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
}
