import Standards
import Testing

@Suite("The codes of items and cases")
struct ItemCodeTests {
    static let items = Vectors.identifiers.itemCode.publicExamples + Vectors.identifiers.itemCode.synthetic

    @Test("are taken apart and put together", arguments: items)
    func vectors(vector: IdentifierVectors.Item) throws {
        let task = try TaskCode(vector.task)
        #expect(task.organ.text == vector.parts.org)
        #expect(String(task.level.rawValue) == vector.parts.level)
        #expect(task.catalogueCode.text == vector.parts.catalog)
        #expect(task.text == vector.task)
        #expect(try ItemCode(vector.task) == .task(task))
        #expect(try ItemCode(vector.parts.catalog) == .catalogue(task.catalogueCode))
        if let text = vector.handleItem {
            let code = try HandlingItemCode(text)
            #expect(code.task == task && code.text == text)
            #expect(try ItemCode(text) == .handlingItem(code))
            #expect(try ItemCode(text).catalogueCode == task.catalogueCode)
        }
        if let text = vector.caseNo {
            let number = try CaseNumber(text)
            #expect(number.subject == .item(task) && number.text == text)
            #expect(number.day.text == "2022-03-08" && number.serial == 1)
        }
    }

    @Test("name the type of an item where the nation defines it")
    func itemTypes() throws {
        #expect(try CatalogueCode("430145001001").itemType == "行政许可")
        #expect(try CatalogueCode("442199806003").itemType == nil)
        let code = try CatalogueCode("000145001002")
        #expect(
            code.regionCode == "00" && code.departmentCode == "45" && code.mainItem == "001" && code.subItem == "002")
    }

    @Test(
        "are refused when malformed",
        arguments: [
            ("99014500100", StandardsError.Code.catalogueCodeForm), ("990145001001", .catalogueCodeForm),
            ("43014500100A", .catalogueCodeForm), ("1143060000610000207430145001001", .taskCodeForm),
            ("1143060000610000213430145001001", .creditCodeChecksum),
            ("1143060000610000203990145001001", .catalogueCodeForm),
            ("114306000061000020343014500100100", .handlingItemForm),
            ("1143060000610000203430145001001AB", .handlingItemForm),
        ])
    func refuses(text: String, code: StandardsError.Code) {
        #expect(refusal(of: try ItemCode(text))?.code == code)
    }

    @Test(
        "make case numbers of an item that grow from four digits to six",
        arguments: [
            (1, 43), (9_999, 43), (10_000, 44), (999_999, 45),
        ])
    func itemCases(serial: Int, length: Int) throws {
        let task = try TaskCode("1143060000610000203430145001001")
        let number = try CaseNumber(item: task, day: try day("2026-11-22"), serial: serial)
        #expect(number.text.count == length)
        #expect(try CaseNumber(number.text) == number)
        #expect(try roundTrip(number) == number)
    }

    @Test("make case numbers of a theme that no item's can equal")
    func themeCases() throws {
        let theme = try ThemeCode(division: DivisionCode("430600-Z02"), number: 7)
        #expect(theme.text == "994306000007")
        let number = try CaseNumber(
            theme: theme, agency: CreditCode("114306000061000020"), level: .city, day: try day("2026-11-22"), serial: 12
        )
        #expect(number.text == "114306000061000020" + "3" + "994306000007" + "20261122" + "000012")
        #expect(try CaseNumber(number.text) == number)
        #expect(try ThemeCode(theme.text) == theme)
        #expect(refusal(of: try CatalogueCode(theme.text))?.code == .catalogueCodeForm)
    }

    @Test(
        "refuse a case number with a wrong day, serial, length or level",
        arguments: [
            "1143060000610000203430145001001202202300001", "1143060000610000203430145001001202203080000",
            "114306000061000020343014500100120220308001", "11430600006100002034301450010012022030800001",
            "1143060000610000209430145001001202203080001", "", "办件",
            "1143060000610000203994306000007202611220012",
        ])
    func refusesCases(text: String) {
        #expect(refusal(of: try CaseNumber(text))?.code == .caseNumberForm)
    }

    @Test("refuse a serial or number out of range")
    func ranges() throws {
        let task = try TaskCode("1143060000610000203430145001001")
        let today = try day("2026-11-22")
        #expect(refusal(of: try CaseNumber(item: task, day: today, serial: 0))?.code == .caseNumberForm)
        #expect(refusal(of: try CaseNumber(item: task, day: today, serial: 1_000_000))?.code == .caseNumberForm)
        #expect(refusal(of: try HandlingItemCode(task: task, serial: 100))?.code == .handlingItemForm)
        let city = try DivisionCode("430600")
        #expect(refusal(of: try ThemeCode(division: city, number: 10_000))?.code == .themeCodeForm)
    }
}
