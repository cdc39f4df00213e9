import Foundation

/// Writes a laid out document as OFD: `OFD.xml`, the document, its pages and its fonts (GB/T 33190-2016 §7–§11).
struct OFDWriter {
    private let document: PageDocument
    private let identifier: String
    private let layout: PageLayout
    private var fonts = OFDFonts()
    private var nextID = 100

    private static let firstFont = 10
    private static let firstPage = 50

    /// - Parameter identifier: 32 hexadecimal digits.
    init(_ document: PageDocument, identifier: String, layout: PageLayout) {
        self.document = document
        self.identifier = identifier
        self.layout = layout
    }

    func draft() throws -> OFDDraft {
        var writer = self
        let pages = layout.pages.enumerated().map { index, marks in
            OFDDraft.File(path: "Doc_0/Pages/Page_\(index)/Content.xml", bytes: writer.page(marks))
        }
        let fonts = try writer.fonts.embedded()
        let fontFiles = fonts.enumerated().map { index, font in
            OFDDraft.File(path: "Doc_0/Res/font_\(index).ttf", bytes: font.bytes)
        }
        let list = "Doc_0/Signs/Signatures.xml"
        let files =
            [
                OFDDraft.File(path: "OFD.xml", bytes: writer.root(list)),
                OFDDraft.File(path: "Doc_0/Document.xml", bytes: writer.body()),
                OFDDraft.File(path: "Doc_0/PublicRes.xml", bytes: writer.resources(fonts.map(\.family))),
            ] + fontFiles + pages
        return OFDDraft(
            files: files,
            places: layout.stamps.map {
                OFDDraft.Place(
                    page: Self.firstPage + $0.page, x: PageMetrics.millimetres($0.x), y: PageMetrics.millimetres($0.y))
            }, signatureList: list)
    }

    private func root(_ list: String) -> [UInt8] {
        func entry(_ name: String, _ value: String) -> String {
            value.isEmpty ? "" : "<ofd:\(name)>\(XMLText.escaped(value))</ofd:\(name)>"
        }
        let data = document.metadata.map {
            "<ofd:CustomData Name=\"\(XMLText.escaped($0.label))\">\(XMLText.escaped($0.value))</ofd:CustomData>"
        }.joined()
        return XMLText.document(
            "<ofd:OFD \(XMLText.namespace) Version=\"1.1\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>"
                + entry("DocID", identifier) + entry("Title", document.title) + entry("Author", document.author)
                + entry("CreationDate", document.date) + entry("Creator", "Yiciban")
                + (data.isEmpty ? "" : "<ofd:CustomDatas>\(data)</ofd:CustomDatas>")
                + "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
                + "<ofd:Signatures>\(list)</ofd:Signatures></ofd:DocBody></ofd:OFD>")
    }

    private func body() -> [UInt8] {
        let pages = layout.pages.indices.map {
            "<ofd:Page ID=\"\(Self.firstPage + $0)\" BaseLoc=\"Pages/Page_\($0)/Content.xml\"/>"
        }.joined()
        return XMLText.document(
            "<ofd:Document \(XMLText.namespace)><ofd:CommonData><ofd:MaxUnitID>\(nextID)</ofd:MaxUnitID>"
                + "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
                + "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
                + "<ofd:Pages>\(pages)</ofd:Pages></ofd:Document>")
    }

    private func resources(_ families: [String]) -> [UInt8] {
        let fonts = families.enumerated().map { index, family in
            let name = XMLText.escaped(family)
            return "<ofd:Font ID=\"\(Self.firstFont + index)\" FontName=\"\(name)\" FamilyName=\"\(name)\">"
                + "<ofd:FontFile>font_\(index).ttf</ofd:FontFile></ofd:Font>"
        }.joined()
        return XMLText.document(
            "<ofd:Res \(XMLText.namespace) BaseLoc=\"Res\"><ofd:Fonts>\(fonts)</ofd:Fonts></ofd:Res>")
    }

    // MARK: Pages

    private mutating func page(_ marks: [PageMark]) -> [UInt8] {
        let layer = identify()
        let objects = marks.map { object($0) }.joined()
        return XMLText.document(
            "<ofd:Page \(XMLText.namespace)><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
                + "<ofd:Content><ofd:Layer ID=\"\(layer)\" Type=\"Body\">\(objects)</ofd:Layer></ofd:Content></ofd:Page>"
        )
    }

    private mutating func object(_ mark: PageMark) -> String {
        switch mark {
        case .text(let line, let x, let y): text(line, x: x + line.x, y: y)
        case .rule(let x, let y, let toX, let toY):
            path(
                [Box(x: min(x, toX), y: min(y, toY), width: max(abs(toX - x), 0.6), height: max(abs(toY - y), 0.6))],
                colour: "0 0 0")
        case .shade(let x, let y, let width, let height):
            path([Box(x: x, y: y, width: width, height: height)], colour: "240 240 240")
        case .code(let code, let x, let y, let size): path(Self.boxes(code, x: x, y: y, size: size), colour: "0 0 0")
        case .watermark(let line, let x, let y): watermark(line, x: x, y: y)
        }
    }

    private mutating func text(_ line: TextLayout.Line, x: Double, y: Double) -> String {
        let size = line.layout.style.size
        let rise = size * 0.88
        return line.runs.map { run in
            let width = run.advances.reduce(0, +)
            let boundary = Self.numbers([x + run.x, y - rise, max(width, 0.1), size * 1.2])
            return "<ofd:TextObject ID=\"\(identify())\" Boundary=\"\(boundary)\" "
                + content(run, size: size, x: 0, y: rise) + "</ofd:TextObject>"
        }.joined()
    }

    /// Sloping letters: the object's own matrix turns them about their middle.
    private mutating func watermark(_ line: TextLayout.Line, x: Double, y: Double) -> String {
        let (cosine, sine) = (cos(PageMetrics.watermarkAngle), sin(PageMetrics.watermarkAngle))
        let matrix = [cosine, sine, -sine, cosine].map { String(format: "%.4f", $0) }.joined(separator: " ")
        let shift = Self.numbers([x, y])
        let box = Self.numbers([0, 0, PageMetrics.width, PageMetrics.height])
        return line.runs.map { run in
            "<ofd:TextObject ID=\"\(identify())\" Boundary=\"\(box)\" CTM=\"\(matrix) \(shift)\" "
                + content(
                    run, size: line.layout.style.size, x: run.x - line.width / 2, y: 0, colour: "237 204 204")
                + "</ofd:TextObject>"
        }.joined()
    }

    /// The rest of a text object from its font on.
    private mutating func content(
        _ run: TextRun, size: Double, x: Double, y: Double, colour: String = "0 0 0"
    ) -> String {
        let font = Self.firstFont + fonts.number(of: run)
        let distances = Self.numbers(Array(run.advances.dropLast()))
        return "Font=\"\(font)\" Size=\"\(Self.numbers([size]))\"><ofd:FillColor Value=\"\(colour)\"/>"
            + "<ofd:TextCode X=\"\(Self.numbers([x]))\" Y=\"\(Self.numbers([y]))\""
            + (distances.isEmpty ? "" : " DeltaX=\"\(distances)\"") + ">\(XMLText.escaped(run.text))</ofd:TextCode>"
    }

    private struct Box {
        let x: Double
        let y: Double
        let width: Double
        let height: Double
    }

    /// Filled rectangles as one object.
    private mutating func path(_ boxes: [Box], colour: String) -> String {
        let left = boxes.map(\.x).min() ?? 0
        let top = boxes.map(\.y).min() ?? 0
        let right = boxes.map { $0.x + $0.width }.max() ?? 0
        let bottom = boxes.map { $0.y + $0.height }.max() ?? 0
        let data = boxes.map { box in
            let corners = [
                [box.x, box.y], [box.x + box.width, box.y], [box.x + box.width, box.y + box.height],
                [box.x, box.y + box.height],
            ].map { Self.numbers([$0[0] - left, $0[1] - top]) }
            return "M \(corners[0]) L \(corners[1]) L \(corners[2]) L \(corners[3]) C"
        }.joined(separator: " ")
        return
            "<ofd:PathObject ID=\"\(identify())\" Boundary=\"\(Self.numbers([left, top, right - left, bottom - top]))\" "
            + "LineWidth=\"0\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"\(colour)\"/>"
            + "<ofd:AbbreviatedData>\(data)</ofd:AbbreviatedData></ofd:PathObject>"
    }

    /// A code's dark squares, those beside each other in one.
    private static func boxes(_ code: CodeMatrix, x: Double, y: Double, size: Double) -> [Box] {
        let cell = size / Double(code.width)
        return (0..<code.width).flatMap { row -> [Box] in
            var boxes: [Box] = []
            var column = 0
            while column < code.width {
                guard code.isDark(column, row) else {
                    column += 1
                    continue
                }
                let start = column
                while column < code.width, code.isDark(column, row) { column += 1 }
                boxes.append(
                    Box(
                        x: x + Double(start) * cell, y: y + Double(row) * cell, width: Double(column - start) * cell,
                        height: cell))
            }
            return boxes
        }
    }

    private mutating func identify() -> Int {
        nextID += 1
        return nextID
    }

    /// Points as millimetres, in text.
    private static func numbers(_ points: [Double]) -> String {
        points.map { value in
            let hundredths = (PageMetrics.millimetres(value) * 1000).rounded() / 1000
            return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
        }.joined(separator: " ")
    }
}
