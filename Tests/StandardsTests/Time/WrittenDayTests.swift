import Standards
import Testing

@Suite("Days and codes as people type them")
struct WrittenDayTests {
    @Test(
        "a day is read however it is written",
        arguments: [
            "2026-1-3", "2026/1/3", "2026.1.3", "2026年1月3日", "2026 年 1 月 3 日", "20260103", "２０２６／１／３", "2026-01-03",
        ])
    func written(_ text: String) { #expect(LegalDay(written: text)?.text == "2026-01-03") }

    @Test(
        "what is no day, or not clearly one, is not guessed",
        arguments: ["", "1/3/2026", "26/1/3", "2026/13/1", "2026-1", "2026-1/3", "下周", "2026年1月", "2026010"])
    func refused(_ text: String) { #expect(LegalDay(written: text) == nil) }

    @Test("a code loses its width and its spaces, a text stays as it is")
    func codes() {
        #expect("４３０６２６".asCode == "430626")
        #expect("Ｐ－０１".asCode == "P-01")
        #expect("4306 26".asCode == "4306 26")
        #expect("王　芳".asCode == "王　芳")
        #expect("１号楼".asCode == "１号楼")
    }
}
