import Standards
import Testing

@Suite("A mobile number")
struct MobileNumberTests {
    @Test(
        "is read as people type it",
        arguments: [
            "13800001234", " 138 0000 1234", "+86 138-0000-1234", "008613800001234", "8613800001234", "１３８００００１２３４",
        ])
    func reads(text: String) throws {
        let number = try MobileNumber(text)
        #expect(number.text == "13800001234")
        #expect(number.masked == "138****1234" && "\(number)" == number.masked)
        #expect(try roundTrip(number) == number)
    }

    @Test(
        "is refused when it is none of the mainland",
        arguments: ["12800001234", "1380000123", "138000012345", "0730-8880000", "+85291234567", "1380000123a"])
    func refuses(text: String) {
        #expect(refusal(of: try MobileNumber(text))?.code == .mobileNumber)
        #expect(refusal(of: try MobileNumber(" "))?.code == .empty)
    }
}

@Suite("A person's name")
struct PersonNameTests {
    @Test(
        "keeps what stands on the document",
        arguments: [
            ("张三", "张三"), (" 张 三　", "张三"), ("欧阳\u{3000}娜娜", "欧阳娜娜"), ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
            ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"), ("𠮷𡋾", "𠮷𡋾"), ("\u{30EDE}𬀩", "\u{30EDE}𬀩"), ("〇一", "〇一"),
            ("John  Smith", "John Smith"), ("Anne-Marie O'Neil Jr.", "Anne-Marie O'Neil Jr."), ("Zoe\u{308}", "Zoë"),
            ("葛\u{E0100}三", "葛\u{E0100}三"),
        ])
    func keeps(text: String, name: String) throws {
        let read = try PersonName(text)
        #expect(Array(read.text.unicodeScalars) == Array(name.unicodeScalars))
        #expect(try roundTrip(read) == read)
        #expect(try PersonName(read.text) == read)
    }

    @Test(
        "is refused with characters that no name has",
        arguments: [
            "张三1", "张\u{0}三", "张\n三", "张\u{202E}三", "张\u{200B}三", "张\u{E000}三", "·张三", "张三·", "张··三", "张三！", "<b>",
            "张😀",
        ])
    func refuses(text: String) {
        #expect(refusal(of: try PersonName(text))?.code == .personNameCharacter)
    }

    @Test("has 1 to 50 characters, rare ones counting once")
    func length() throws {
        #expect(try PersonName(String(repeating: "𠮷", count: 50)).text.count == 50)
        #expect(refusal(of: try PersonName(String(repeating: "张", count: 51)))?.code == .personNameLength)
        #expect(refusal(of: try PersonName(" \u{3000}"))?.code == .empty)
    }

    @Test("does not show itself in logs")
    func masked() throws {
        let name = try PersonName("欧阳娜娜")
        #expect("\(name)" == "欧***" && String(reflecting: name) == "欧***")
    }
}
