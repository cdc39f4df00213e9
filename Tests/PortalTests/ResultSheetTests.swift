import PluginKit
import TestSupport
import Testing

@testable import Casework
@testable import Portal

@Suite("The table of results")
struct ResultSheetTests {
    private func sheet() throws -> ResultSheet {
        let story = try CaseStory()
        return ResultSheet(try #require(story.theme.items.first { $0.id == "P03" }).item)
    }

    private func file(_ bytes: [UInt8]) -> UploadedFile {
        UploadedFile(bytes: bytes, name: "结果.csv", contentType: "text/csv")
    }

    @Test(
        "cells are read as spreadsheets write them",
        arguments: [
            ("N1\tH1\n\nN2\tH2\n", [["N1", "H1"], ["N2", "H2"]]),
            ("N1,\"a\"\"b, c\"\r\nN2,\"\"\"\"\r\n", [["N1", "a\"b, c"], ["N2", "\""]]),
            ("N1，H1", [["N1", "H1"]]),
            ("\"\tN1\",H1", [["N1", "H1"]]),
            ("N1,\"两行\n地址\",x\nN2,b,c", [["N1", "两行\n地址", "x"], ["N2", "b", "c"]]),
            ("N1,\"没有合上\nN2,b", [["N1", "\"没有合上"], ["N2", "b"]]),
            (" \n\t\n", []),
        ])
    func cells(_ text: String, _ cells: [[String]]) {
        #expect(SheetText(text).rows.map(\.cells) == cells)
    }

    @Test("a row knows its line and what was typed")
    func source() {
        let rows = SheetText("a\tb\n\n\"两行\n字\"\tc\nd\te").rows
        #expect(rows.map(\.line) == [1, 3, 5])
        #expect(rows.map(\.source) == ["a\tb", "\"两行\n字\"\tc", "d\te"])
    }

    @Test("a file is read in the encodings that spreadsheets here use, and a spreadsheet itself is refused")
    func encodings() throws {
        let text = "办件编号,1"
        #expect(try SheetText.text(of: file([0xEF, 0xBB, 0xBF] + Array(text.utf8))) == text)
        let gbk: [UInt8] = [0xB0, 0xEC, 0xBC, 0xFE, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0x31]
        #expect(try SheetText.text(of: file(gbk)) == text)
        let wide: [UInt8] =
            [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try SheetText.text(of: file(wide)) == text)
        #expect(throws: Problem.self) { try SheetText.text(of: file(Array("PK\u{3}\u{4}\0\0\u{14}".utf8))) }
    }

    @Test("the first row may name the columns, in any order")
    func head() throws {
        let sheet = try sheet()
        #expect(sheet.columns.map(\.title) == ["办件编号", "部门办件号", "户口簿编号（户号）", "孩子的公民身份号码", "登记日期"])
        #expect(try sheet.columns(named: ["N1", "HJ-1", "H1"]) == nil)
        let columns = try #require(try sheet.columns(named: ["登记日期", "办件编号"]))
        let row = SheetText.Row(line: 2, cells: ["2026/11/3", "N1"], source: "")
        let entry = try sheet.entry(row, columns: columns)
        #expect(entry.number == "N1" && entry.item == "P03" && entry.outsideNumber == nil)
        #expect(entry.results == ["household-register": ["registered_on": "2026-11-03"]])
        #expect(throws: Problem.self) { try sheet.columns(named: ["办件编号", "不知道什么"]) }
    }

    @Test("a row that is too wide or has no number is told")
    func faults() throws {
        let sheet = try sheet()
        for cells in [["N1", "", "H1", "x", "2026-11-03", "多"], ["", "HJ-1"]] {
            #expect(throws: Finding.self) {
                try sheet.entry(SheetText.Row(line: 1, cells: cells, source: ""), columns: sheet.columns)
            }
        }
    }

    @Test("what was not entered is given back as it was typed, under its head, with the reason beside its line")
    func rest() throws {
        let story = try CaseStory()
        let item = try #require(story.theme.items.first { $0.id == "P03" }).item
        let rows = SheetText("办件编号,登记日期\nN1,2026-11-03\nN2,<b>").rows
        let run = BatchRun(
            lines: [
                BatchRun.Line(row: rows[1], number: "N1", fault: nil),
                BatchRun.Line(row: rows[2], number: "N2", fault: "日期的写法不对。"),
            ], head: rows[0])
        #expect(run.rest == "办件编号,登记日期\nN2,<b>")
        let model = BatchModel(
            target: BatchDesk.Target(theme: story.theme, item: item), typed: run.rest, run: run)
        let officer = Rendering.officer(CaseStory.account, permissions: [Permission.decideItems.id])
        let page = try Rendering.page("results", model.page, officer)
        #expect(page.faults == [])
        #expect(page.source.contains("共 2 行：登记 1 行，没有登记 1 行。"))
        #expect(page.source.contains("日期的写法不对。") && page.source.contains("N2,&lt;b&gt;"))
        let choice = BatchModel.choice([model.target], agency: "岳阳市公安局")
        #expect(try Rendering.page("results", choice, officer).faults == [])
    }
}
