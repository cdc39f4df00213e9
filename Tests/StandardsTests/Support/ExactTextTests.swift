import Standards
import Testing

@Suite("Texts told apart by their bytes")
struct ExactTextTests {
    @Test("the same bytes are the same text, another composition is another one")
    func equality() {
        #expect(ExactText("婚姻状况") == ExactText("婚姻状况"))
        #expect(ExactText("é") != ExactText("e\u{301}"))
        #expect(Set(["é", "e\u{301}", "é"].map(ExactText.init)).count == 2)
        #expect(ExactText("ab") != ExactText("abc"))
    }

    @Test("they stand in the order of their scalars")
    func order() {
        let texts = ["是否", "", "b", "ab", "a", "婚姻", "婚", "é", "𠮷"]
        let sorted = texts.map(ExactText.init).sorted().map(\.text)
        #expect(sorted == ["", "a", "ab", "b", "é", "婚", "婚姻", "是否", "𠮷"])
    }
}
