import Standards
import Testing

@Suite("Characters that nobody sees")
struct InvisibleTests {
    static let invisible: [Unicode.Scalar] = [
        "\u{FEFF}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202E}", "\u{2060}",
        "\u{2066}", "\u{2069}", "\u{00AD}", "\u{061C}", "\u{3164}", "\u{2800}", "\u{FFF9}", "\u{E0041}",
    ]

    @Test("come off wherever they stand", arguments: invisible)
    func comeOff(scalar: Unicode.Scalar) {
        let mark = String(scalar)
        for text in [mark + "张三", "张" + mark + "三", "张三" + mark, mark + "张" + mark + mark + "三" + mark] {
            #expect(Array(text.withoutInvisibles.unicodeScalars) == ["张", "三"])
        }
        #expect(mark.withoutInvisibles.isEmpty)
    }

    @Test(
        "are not what writing needs",
        arguments: [
            "", "plain", "阿卜杜拉·买买提", "\u{20BB7}\u{2A6DD}\u{30EDE}\u{3106C}", "〇一", "葛\u{E0100}三", "Zoe\u{308}",
            "می\u{200C}خواهم", "क\u{94D}\u{200D}ष", "ᠮᠣᠩᠭᠣᠯ\u{180B}", "第一行\n第二行\t三", "全角　空格", "👍\u{FE0F}", "\u{E000}",
        ])
    func stay(text: String) {
        #expect(Array(text.withoutInvisibles.unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test("leave nothing to take away the second time")
    func idempotent() {
        var generator = SeededGenerator(seed: 20_261_125)
        let pool = Self.invisible + ["a", "张", "ی", "\u{94D}", "·", "\u{308}", "\u{20BB7}"]
        for _ in 0..<2000 {
            var view = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                view.append(pool.randomElement(using: &generator) ?? "a")
            }
            let once = String(view).withoutInvisibles
            #expect(Array(once.withoutInvisibles.unicodeScalars) == Array(once.unicodeScalars))
        }
    }
}
