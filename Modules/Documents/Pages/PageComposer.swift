/// Something on a page, at its place in points from the upper left corner.
enum PageMark {
    case text(TextLayout.Line, x: Double, y: Double)
    case rule(x: Double, y: Double, toX: Double, toY: Double)
    case shade(x: Double, y: Double, width: Double, height: Double)
    case code(CodeMatrix, x: Double, y: Double, size: Double)
    /// Pale letters whose middle lies there, sloping upwards.
    case watermark(TextLayout.Line, x: Double, y: Double)
}

/// Where the middle of an electronic seal lies: the page, counted from 0, and points from the upper left corner.
struct PageStamp: Hashable {
    let page: Int
    let x: Double
    let y: Double
}

/// Breaks a document into pages.
struct PageComposer {
    let fonts: PageFonts
    /// The distances of lines and the room in cells in relation to the regular ones.
    let density: Double
    private(set) var pages: [[PageMark]] = [[]]
    /// Where electronic seals go.
    private(set) var stamps: [PageStamp] = []
    var y = PageMetrics.top

    init(fonts: PageFonts, density: Double = 1) {
        self.fonts = fonts
        self.density = density
    }

    /// The pages of a document; lines that stand somewhat closer where that saves a page, so that no seal has a page to
    /// itself and a notice is one sheet where it can be.
    static func pages(of document: PageDocument, fonts: PageFonts) throws -> PageComposer {
        let regular = try PageComposer(fonts: fonts, of: document)
        if regular.pages.count == 1 { return regular }
        for density in densities {
            let closer = try PageComposer(fonts: fonts, density: density, of: document)
            if closer.pages.count < regular.pages.count { return closer }
        }
        return regular
    }

    private static let densities = [0.92, 0.84]

    private init(fonts: PageFonts, density: Double = 1, of document: PageDocument) throws {
        self.init(fonts: fonts, density: density)
        try compose(document)
    }

    /// The distance of lines here.
    func pitch(_ style: TextStyle) -> Double { style.lineHeight * density }

    var cellPadding: Double { PageMetrics.cellPadding * density }

    private mutating func compose(_ document: PageDocument) throws {
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
            case .seal, .stamp: return height + Self.sealHeight
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
            require(pitch(.heading) + 2 * pitch(.body))
            write(text, .heading)
        case .line(let text): write(text, .body)
        case .paragraph(let text):
            let lines = lines(text, .body, indent: 2 * TextStyle.body.size)
            let kept = lines.count <= Self.unbroken ? lines.count : 2
            write(Array(lines.dropLast(kept)), .body)
            if closing > 0 { require(height(lines.suffix(kept), .body) + closing) }
            write(lines.suffix(kept), .body)
        case .note(let text): write(text, .note)
        case .table(let rows): place(rows, before: closing)
        case .grid(let grid): place(grid, before: closing)
        case .signatures(let labels): place(signatures: labels)
        case .seal(let seal): try place(seal)
        case .stamp(let seal): try place(seal, isElectronic: true)
        }
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
    static let unbroken = 8

    private mutating func place(_ seal: PageSeal, isElectronic: Bool = false) throws {
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
        y = top + PageMetrics.seal / 2 - pitch(.body) * 1.5
        write(seal.name, .body, left: right, width: half, isCentred: true)
        if isElectronic {
            stamps.append(
                PageStamp(page: pages.count - 1, x: right + half / 2, y: top + PageMetrics.seal / 2))
        } else {
            write("（印章）", .note, left: right, width: half, isCentred: true)
        }
        write(seal.day, .body, left: right, width: half, isCentred: true)
        y = max(y, top + PageMetrics.seal)
    }

    // MARK: Lines and rows

    func lines(
        _ text: String, _ style: TextStyle, width: Double = PageMetrics.textWidth, indent: Double = 0,
        isCentred: Bool = false
    ) -> [TextLayout.Line] {
        fonts.layout(text, style).lines(width: width, indent: indent, isCentred: isCentred)
    }

    private func height(_ lines: [TextLayout.Line], _ style: TextStyle) -> Double {
        Double(lines.count) * pitch(style)
    }

    private mutating func write(
        _ text: String, _ style: TextStyle, left: Double = PageMetrics.left, width: Double = PageMetrics.textWidth,
        isCentred: Bool = false
    ) {
        write(lines(text, style, width: width, isCentred: isCentred), style, left: left)
    }

    private mutating func write(_ lines: [TextLayout.Line], _ style: TextStyle, left: Double = PageMetrics.left) {
        for line in lines {
            require(pitch(style))
            mark(.text(line, x: left, y: base(y, style)))
            y += pitch(style)
        }
    }

    /// The base line of a line of text whose place begins at `top`.
    func base(_ top: Double, _ style: TextStyle) -> Double {
        top + (pitch(style) - style.size) / 2 + style.size * 0.86
    }

    // MARK: Pages

    func fits(_ height: Double) -> Bool { y + height <= PageMetrics.floor }

    mutating func require(_ height: Double) {
        if !fits(height), y > PageMetrics.top { turn() }
    }

    mutating func turn() {
        pages.append([])
        y = PageMetrics.top
    }

    mutating func mark(_ mark: PageMark) { pages[pages.count - 1].append(mark) }
}
