import Documents
import Testing

@Suite("A drawing from outside is made harmless")
struct LogoTests {
    private func clean(_ inner: String, root: String = "viewBox=\"0 0 10 10\"") throws -> SVGCleaner.Drawing {
        try SVGCleaner.clean(
            Array("<svg xmlns=\"http://www.w3.org/2000/svg\" \(root)>\(inner)</svg>".utf8), name: "logo.svg")
    }

    @Test(
        "what could run, load or lead somewhere goes, and the drawing stays",
        arguments: [
            "<script>alert(1)</script>", "<foreignObject><p>x</p></foreignObject>",
            "<a href=\"https://x.cn\"><path d=\"M0 0\"/></a>",
            "<image href=\"https://x.cn/a.png\"/>", "<use href=\"https://x.cn/a.svg#b\"/>",
            "<style>*{fill:red}</style>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/>", "<set attributeName=\"onload\" to=\"x\"/>",
            "<iframe src=\"x\"/>", "<metadata>x</metadata>",
        ])
    func elements(hostile: String) throws {
        let drawing = try clean(hostile + "<path d=\"M1 1h2\" fill=\"#b83a1b\"/>")
        let text = String(decoding: drawing.bytes, as: UTF8.self)
        #expect(
            text
                == "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><path d=\"M1 1h2\" fill=\"#b83a1b\"></path></svg>"
        )
        #expect(!drawing.dropped.isEmpty)
    }

    @Test(
        "attributes that could do harm go",
        arguments: [
            "onload=\"alert(1)\"", "fill=\"url(https://x.cn/a#b)\"", "style=\"fill:url(javascript:alert(1))\"",
            "href=\"javascript:alert(1)\"", "fill=\"URL( 'http://x.cn' )\"", "d=\"javascript:x\"", "data-x=\"1\"",
        ])
    func attributes(hostile: String) throws {
        let text = String(decoding: try clean("<g \(hostile)><circle r=\"3\"/></g>").bytes, as: UTF8.self)
        #expect(
            text
                == "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><g><circle r=\"3\"></circle></g></svg>"
        )
    }

    @Test("looks that stand in a style become attributes, and parts of the drawing may be referred to")
    func looks() throws {
        let drawing = try clean(
            "<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs>"
                + "<rect style=\"fill: url(#g); stroke-width:2;\" width=\"4\" height=\"4\"/>")
        let text = String(decoding: drawing.bytes, as: UTF8.self)
        #expect(text.contains("fill=\"url(#g)\"") && text.contains("stroke-width=\"2\"") && drawing.dropped.isEmpty)
    }

    @Test("cleaning twice changes nothing more")
    func idempotence() throws {
        let once = try clean("<g onload=\"x\"><text x=\"1\">一 &amp; &lt;办&gt;</text><script/></g>")
        let twice = try SVGCleaner.clean(once.bytes, name: "logo.svg")
        #expect(twice.bytes == once.bytes && twice.dropped.isEmpty)
    }

    @Test(
        "what is no drawing is refused",
        arguments: [
            "", "<html/>", "<svg>",
            "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>",
            "<?xml version=\"1.0\" encoding=\"gbk\"?><svg/>", "\u{0}PNG",
        ])
    func refused(text: String) {
        #expect(throws: DocumentsError.self) { try SVGCleaner.clean(Array(text.utf8), name: "logo.svg") }
    }
}
