import Documents
import Foundation
import Testing

@Suite("Tables")
struct TableRoundTripTests {
    @Test("what is written is read again cell by cell, whatever stands in it", arguments: ["csv", "xlsx"], 0..<25)
    func roundTrip(kind: String, seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let scratch = try Scratch()
        let pieces = [
            "", "岳阳楼区", "a,b", "\"引号\"", "两\n行", "=1+1", "-5", "'=x", "''=x", "'普通", "+86", "@某", "007", "𠮷", "a;b\tc",
            " x ",
        ]
        let rows = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
            // A row with something in it, and with its last cell filled: blank ends are nobody's data.
            (0..<Int.random(in: 0...8, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
                + ["末"]
        }
        let path = scratch.path("table.\(kind)")
        var writer = try TableWriter(path: path)
        try writer.heading(["一", "二"])
        for row in rows { try writer.row(row) }
        try writer.finish()
        let read = try scratch.rows(of: path)
        #expect(read.map(\.cells) == [["一", "二"]] + rows)
        #expect(read.allSatisfy { $0.faults.isEmpty })
    }

    @Test("a table that was never finished leaves what was there, and nothing beside it", arguments: ["csv", "xlsx"])
    func unfinished(kind: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("table.\(kind)", Array("原来的".utf8))
        func begin() throws {
            var writer = try TableWriter(path: path)
            try writer.row(["一半"])
        }
        try begin()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["table.\(kind)"])
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "原来的")
    }

    @Test("a spreadsheet's rows carry their own numbers, and blank ones are passed over")
    func numbers() throws {
        let scratch = try Scratch()
        let path = scratch.path("table.xlsx")
        var writer = try TableWriter(path: path)
        try writer.heading(["名称"])
        try writer.row([])
        try writer.row(["", ""])
        try writer.row(["身份证"])
        try writer.finish()
        #expect(
            try scratch.rows(of: path) == [TableRow(number: 1, cells: ["名称"]), TableRow(number: 4, cells: ["身份证"])])
    }

    @Test(
        "CSV of Chinese offices is read in each of its encodings",
        arguments: ["utf-8", "utf-8-mark", "gb18030", "utf-16"])
    func encodings(name: String) throws {
        let scratch = try Scratch()
        let text = "事项名称,承诺时限\r\n出生医学证明签发（𠮷）,1\r\n"
        let bytes: [UInt8] =
            switch name {
            case "utf-8": Array(text.utf8)
            case "utf-8-mark": [0xEF, 0xBB, 0xBF] + text.utf8
            case "utf-16": [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            default: try scratch.converted(text, to: "GB18030")
            }
        let path = try scratch.file("表.csv", bytes)
        #expect(try scratch.rows(of: path).map(\.cells) == [["事项名称", "承诺时限"], ["出生医学证明签发（𠮷）", "1"]])
    }

    @Test("tabs and semicolons separate as well as commas", arguments: [",", "\t", ";"])
    func separators(separator: String) throws {
        let scratch = try Scratch()
        let path = try scratch.file("表.csv", Array("甲\(separator)乙\n\"一\n行\"\(separator)2\n".utf8))
        #expect(try scratch.rows(of: path).map(\.cells) == [["甲", "乙"], ["一\n行", "2"]])
    }
}

@Suite("Tables that mean harm or are broken")
struct HostileTableTests {
    @Test("a quotation mark without an end names its row")
    func openQuote() throws {
        let scratch = try Scratch()
        let path = try scratch.file("表.csv", Array("甲,乙\n一,\"二\n".utf8))
        let error = #expect(throws: DocumentsError.self) { try scratch.rows(of: path) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains("第 2 行") == true)
    }

    @Test("bytes that are no text of any encoding are refused")
    func noText() throws {
        let scratch = try Scratch()
        let path = try scratch.file("表.csv", [0x41, 0xFF, 0xFF, 0x80, 0x0A])
        #expect(throws: DocumentsError.self) { try scratch.rows(of: path) }
    }

    @Test("the old binary format of Excel is named with its remedy")
    func oldExcel() throws {
        let scratch = try Scratch()
        let path = try scratch.file("表.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        let error = #expect(throws: DocumentsError.self) { try scratch.rows(of: path) }
        #expect(error?.message.contains("另存为 .xlsx") == true)
    }

    @Test("an archive that is no workbook is refused")
    func notAWorkbook() throws {
        let scratch = try Scratch()
        let path = try scratch.archive(["readme.txt": "hello"])
        #expect(throws: DocumentsError.self) { try scratch.rows(of: path) }
    }

    @Test("a workbook with a document type declaration is refused, wherever it lies", arguments: [0, 4090, 70_000])
    func doctype(at offset: Int) throws {
        let scratch = try Scratch()
        let padding = "<!--" + String(repeating: "x", count: offset) + "-->"
        let evil = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\(padding)<!DOCTYPE x [<!ENTITY a \"b\">]><workbook/>"
        let path = try scratch.archive(["xl/workbook.xml": evil])
        let error = #expect(throws: DocumentsError.self) { try scratch.rows(of: path) }
        #expect(error?.code == .unsafe)
    }

    @Test(
        "XML that stops Foundation's parser is read or refused like any other",
        arguments: [
            (Array("<workbook xmlns=\"\"/>".utf8), nil), (Array("<workbook Check\u{DF}=\"1\"/>".utf8), nil),
            ([0x3C, 0x61, 0xDF, 0x62, 0x2F, 0x3E], DocumentsError.Code.unsafe),
            (Array("<a b=\"1\" b=\"2\"/>".utf8), .damaged), (Array("<a>&nbsp;</a>".utf8), .damaged),
            (Array("<a>&#0;</a>".utf8), .damaged), (Array("<a></b>".utf8), .damaged),
            (Array("<a/><b/>".utf8), .damaged),
            (Array("text<a/>".utf8), .damaged), (Array("<a".utf8), .damaged), ([], .damaged),
        ] as [([UInt8], DocumentsError.Code?)])
    func hostileXML(_ bytes: [UInt8], _ code: DocumentsError.Code?) throws {
        do {
            _ = try XMLTree.read(bytes, "样例")
            #expect(code == nil)
        } catch let error as DocumentsError {
            #expect(error.code == code)
        }
    }

    @Test("entities, CDATA, comments and both kinds of quotes are read as XML has them")
    func soundXML() throws {
        let text =
            "<?xml version='1.0' encoding='UTF-8'?><!-- 头 --><o:a x='1 &amp; 2' y=\"岳\"><b>甲&lt;&#x4E59;&#20025;\r\n<![CDATA[<丙>]]></b>\n</o:a>"
        let tree = try XMLTree.read(Array(text.utf8), "样例")
        #expect(tree.name == "a")
        #expect(tree.attributes == ["x": "1 & 2", "y": "岳"])
        #expect(tree.child("b")?.text == "甲<乙丹\n<丙>")
    }

    @Test("a sheet that unpacks to more than the limit is refused before it is held in memory")
    func bomb() throws {
        let scratch = try Scratch()
        var limits = TableLimits()
        limits.partBytes = 1 << 20
        let path = try scratch.workbook(sheet: String(repeating: "<row><c><v>1</v></c></row>", count: 100_000))
        let error = #expect(throws: DocumentsError.self) { try scratch.rows(of: path, limits: limits) }
        #expect(error?.code == .tooLarge)
    }

    @Test("more rows or columns than the limits are refused")
    func limits() throws {
        let scratch = try Scratch()
        var limits = TableLimits()
        limits.rows = 3
        limits.columns = 2
        let long = try scratch.file("长.csv", Array("a\nb\nc\nd\n".utf8))
        let wide = try scratch.file("宽.csv", Array("a,b,c\n".utf8))
        for path in [long, wide] {
            let error = #expect(throws: DocumentsError.self) { try scratch.rows(of: path, limits: limits) }
            #expect(error?.code == .tooLarge)
        }
    }
}

@Suite("Cells as other programs write them")
struct ForeignCellTests {
    @Test("numbers, dates, truth values, formulas and inline texts are read as a person sees them")
    func kinds() throws {
        let scratch = try Scratch()
        let path = try scratch.workbook(
            sheet: """
                <row r="2"><c r="A2"><v>430600000000</v></c><c r="B2" s="1"><v>45292</v></c><c r="C2" t="b"><v>1</v></c>\
                <c r="E2" t="str"><f>A1&amp;B1</f><v>合并</v></c><c r="F2" t="inlineStr"><is><t>一</t><t>行</t></is></c>\
                <c r="G2"><v>0.5</v></c></row>
                """)
        #expect(
            try scratch.rows(of: path)
                == [TableRow(number: 2, cells: ["430600000000", "2024-01-01", "是", "", "合并", "一行", "0.5"])])
    }

    @Test("a number whose last digits are lost and a failed formula are faults of their cells")
    func faults() throws {
        let scratch = try Scratch()
        let path = try scratch.workbook(
            sheet: "<row r=\"3\"><c r=\"B3\"><v>4.30602198001011E+17</v></c><c r=\"C3\" t=\"e\"><v>#N/A</v></c></row>")
        let rows = try scratch.rows(of: path)
        #expect(rows.count == 1)
        #expect(rows.first?.number == 3)
        #expect(rows.first?.faults.map(\.column) == [1, 2])
        #expect(rows.first?.faults.first?.message.contains("文本") == true)
    }

    @Test("columns are named by letters", arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
    func letters(column: Int, name: String) {
        #expect(TableRow.letters(ofColumn: column) == name)
    }
}
