import Documents
import Foundation
import TestSupport
import Testing

/// Papers are looked at with other programs than ours: poppler reads the text and the fonts and makes the picture.
@Suite("Pages")
struct PagesTests {
    static func sample(paragraphs: Int = 2, rows: Int = 4, name: String = "王小明") -> PageDocument {
        PageDocument(
            title: "受理通知书", author: "平江县卫生健康局", number: "平卫受字〔2026〕12号", date: "2026-11-26",
            blocks: [
                .line("\(name)："),
                .table([
                    PageRow("办件编号", "430626-2026-000012"), PageRow("申请事项", "新生儿出生一件事"),
                    PageRow("办理期限", "五个工作日内办结，最迟2026年12月3日"),
                ]),
            ]
                + Array(
                    repeating: .paragraph("你于2026年11月26日提出的申请，经审查，申请材料齐全、符合法定形式。根据《中华人民共和国行政许可法》第三十二条的规定，决定予以受理。"),
                    count: paragraphs)
                + [
                    .grid(
                        PageGrid(
                            columns: ["序号", "材料名称", "份数"], shares: [1, 6, 2],
                            rows: (1...rows).map { ["\($0)", "第\($0)份材料", "1"] })),
                    .paragraph("特此通知。"), .signatures(["申请人（签字）：", "收件人（签字）："]),
                    .seal(
                        PageSeal(
                            name: "平江县卫生健康局", day: "2026年11月26日", code: "https://example.org/cases?number=430626",
                            caption: "扫码查询办理进度")),
                ])
    }

    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func text(_ pdf: [UInt8]) throws -> String {
        let file = try scratch.file("paper.pdf", pdf)
        return String(decoding: try scratch.run("pdftotext", "-raw", file, "-"), as: UTF8.self)
    }

    @Test("a paper says in order what it was given, with the page's number at the foot")
    func text() async throws {
        let text = try text(try await PageRenderer().pdf(Self.sample(paragraphs: 1)))
        let wanted = ["受理通知书", "平卫受字〔2026〕12号", "王小明：", "办件编号", "特此通知。", "申请人（签字）：", "（印章）", "第 1 页 共 1 页"]
        var rest = Substring(text)
        for part in wanted {
            let found = try #require(rest.range(of: part), "\(part) is missing or out of order in:\n\(text)")
            rest = rest[found.upperBound...]
        }
    }

    @Test("the same paper is the same file, also from another renderer")
    func deterministic() async throws {
        let first = try await PageRenderer().pdf(Self.sample())
        let renderer = PageRenderer()
        _ = try await renderer.pdf(Self.sample(paragraphs: 9, name: "另一人"))
        let second = try await renderer.pdf(Self.sample())
        #expect(first == second)
        let other = try await renderer.pdf(Self.sample(name: "李四"))
        #expect(first != other)
        let info = String(
            decoding: try scratch.run("pdfinfo", "-isodates", try scratch.file("a.pdf", first)), as: UTF8.self)
        #expect(info.contains("A4"))
        #expect(info.contains("2026-11-2"))
    }

    @Test("every font is embedded as a subset, and all are TrueType", arguments: ["王小明", "𠮷田一郎", "赵㛃𫝊"])
    func fonts(name: String) async throws {
        let pdf = try await PageRenderer().pdf(Self.sample(name: name))
        let fonts = String(
            decoding: try scratch.run("pdffonts", try scratch.file("f.pdf", pdf)), as: UTF8.self
        ).split(separator: "\n").dropFirst(2)
        #expect(fonts.count >= 2)
        for font in fonts {
            #expect(font.contains("TrueType"), "\(font)")
            #expect(font.contains(#/yes\s+yes\s+yes/#), "\(font)")
        }
        #expect(try text(pdf).contains("\(name)："))
    }

    @Test("a machine without the fonts is told which to install")
    func noFonts() async throws {
        let renderer = PageRenderer(fontFolder: scratch.folder.path)
        let error = await #expect(throws: DocumentsError.self) { try await renderer.pdf(Self.sample()) }
        #expect(error?.code == .noFont)
        #expect(error?.message.contains("fonts-arphic-uming") == true)
    }

    @Test("a code that no phone would read from paper is refused")
    func longCode() async throws {
        let document = PageDocument(
            title: "文书", date: "2026-11-26",
            blocks: [.seal(PageSeal(name: "某局", day: "今天", code: String(repeating: "x", count: 301)))])
        let error = await #expect(throws: DocumentsError.self) { try await PageRenderer().pdf(document) }
        #expect(error?.code == .tooLarge)
    }

    @Test("a long paper goes on with the grid's heading repeated, and its seal is not alone on the last page")
    func pages() async throws {
        for rows in 1...60 {
            let text = try text(try await PageRenderer().pdf(Self.sample(rows: rows)))
            let pages = text.split(separator: "\u{0C}").filter { $0.contains { !$0.isWhitespace } }
            for (index, page) in pages.enumerated() {
                #expect(page.contains("第 \(index + 1) 页 共 \(pages.count) 页"))
                if page.contains("份材料") { #expect(page.contains("材料名称"), "\(rows) rows, page \(index + 1)") }
            }
            let last = try #require(pages.last)
            #expect(last.contains("（印章）"))
            #expect(last.contains("特此通知。"), "\(rows) rows: the seal stands alone")
            #expect((1...rows).allSatisfy { text.contains("第\($0)份材料") })
        }
    }

    @Test("lines stand closer where that saves a page, and more to say never takes fewer pages")
    func closer() async throws {
        func pages(_ rows: Int) async throws -> Int {
            let text = try text(try await PageRenderer().pdf(Self.sample(rows: rows)))
            return text.split(separator: "\u{0C}").count { $0.contains { !$0.isWhitespace } }
        }
        var counts: [Int] = []
        for rows in 1...30 { counts.append(try await pages(rows)) }
        #expect(counts == counts.sorted())
        // At the regular distance a third row would leave the seal without room.
        #expect(counts.prefix(5).allSatisfy { $0 == 1 })
    }

    @Test("whom one asks stands at the foot of every page")
    func contact() async throws {
        var document = Self.sample(rows: 40)
        document.contact = "咨询电话：12345　网上查询：https://zwfw.example.gov.cn"
        let pages = try text(try await PageRenderer().pdf(document)).split(separator: "\u{0C}")
            .filter { $0.contains { !$0.isWhitespace } }
        #expect(pages.count > 1)
        for page in pages { #expect(page.contains("咨询电话：12345") && page.contains("https://zwfw.example.gov.cn")) }
    }

    @Test("nothing is drawn outside the page's margins, and nothing in colour")
    func picture() async throws {
        let pdf = try scratch.file("p.pdf", try await PageRenderer().pdf(Self.sample(paragraphs: 3)))
        _ = try scratch.run("pdftoppm", "-r", "60", "-singlefile", pdf, scratch.path("p"))
        let picture = try Picture(ppm: Array(Data(contentsOf: URL(fileURLWithPath: scratch.path("p.ppm")))))
        #expect(picture.isGrey)
        let margin = Int(60.0 / 2.54 * 2.3)
        #expect(picture.darkest(columns: 0..<margin) > 200)
        #expect(picture.darkest(columns: (picture.width - margin)..<picture.width) > 200)
        #expect(picture.darkest(columns: margin..<(picture.width - margin)) < 100)
    }
}

/// A picture in the plain binary form that pdftoppm writes.
struct Picture {
    let width: Int
    let height: Int
    private let pixels: ArraySlice<UInt8>

    init(ppm: [UInt8]) throws {
        var position = 0
        func word() -> String {
            var word = ""
            while ppm[position] > 32 {
                word.unicodeScalars.append(Unicode.Scalar(ppm[position]))
                position += 1
            }
            position += 1
            return word
        }
        let words = (0..<4).map { _ in word() }
        try #require(words[0] == "P6" && words[3] == "255")
        width = try #require(Int(words[1]))
        height = try #require(Int(words[2]))
        pixels = ppm[position...]
    }

    /// Whether every pixel is between black and white.
    var isGrey: Bool {
        for start in stride(from: pixels.startIndex, to: pixels.endIndex, by: 3)
        where pixels[start] != pixels[start + 1] || pixels[start] != pixels[start + 2] {
            return false
        }
        return true
    }

    func darkest(columns: Range<Int>) -> UInt8 {
        var darkest = UInt8.max
        for row in 0..<height {
            for column in columns {
                darkest = min(darkest, pixels[pixels.startIndex + (row * width + column) * 3])
            }
        }
        return darkest
    }
}
