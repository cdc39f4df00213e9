import Extension
import StorageTestSupport
import Testing
import TestSupport

@testable import Exchange

@Suite("Rows are held to the exchange tables")
struct RowCheckTests {
    let schemas: ExchangeSchemas

    init() throws { schemas = try ExchangeSchemas.load() }

    private func findings(_ row: [String: String], in table: String = "up_pro_accept") throws -> [String] {
        let table = try #require(schemas[table])
        var check = RowCheck(table, row: "1")
        check.check(row.merging(SampleRows.batch) { first, _ in first })
        return check.findings.map { "\($0.field) \($0.code)" }
    }

    @Test("a right row of every table passes", arguments: SampleRows.all.keys.sorted())
    func right(table: String) throws {
        #expect(try findings(try #require(SampleRows.all[table]), in: table) == [])
    }

    @Test("each required column that is missing is told, all at once", arguments: SampleRows.all.keys.sorted())
    func missing(table: String) throws {
        let required = try #require(schemas[table]).fields.filter { $0.isRequired && SampleRows.batch[$0.name] == nil }
        #expect(try findings([:], in: table) == required.map { "\($0.name) exchange.required" })
    }

    @Test("a text one character too long is told in every bounded column", arguments: SampleRows.all.keys.sorted())
    func lengths(table: String) throws {
        let row = try #require(SampleRows.all[table])
        for field in try #require(schemas[table]).fields {
            guard let maximum = field.maximum, SampleRows.batch[field.name] == nil else { continue }
            var long = row
            long[field.name] = String(repeating: "9", count: maximum + 1)
            #expect(try findings(long, in: table).contains("\(field.name) exchange.length"), "\(field.name)")
        }
    }

    @Test("a code outside its list is told in every column that has one", arguments: SampleRows.all.keys.sorted())
    func codes(table: String) throws {
        let row = try #require(SampleRows.all[table])
        for field in try #require(schemas[table]).fields where !field.codes.isEmpty {
            var wrong = row
            wrong[field.name] = "?"
            #expect(try findings(wrong, in: table).contains("\(field.name) exchange.code"), "\(field.name)")
        }
    }

    @Test(
        "a malformed date, number or code is told and nothing else",
        arguments: [
            ("accept_date", "2026-02-30 09:00:00", "time"), ("accept_date", "2026-3-2 9:00", "time"),
            ("accept_date", "2026-03-02 24:00:00", "time"), ("task_version", "一", "integer"),
            ("org_code", "11430626MYY000196X", "form"), ("task_code", "11430626MYY000196F4", "form"),
            ("applyer_page_code", "430602190904265450", "form"), ("contact_mobile", "12345", "form"),
            ("task_version", "-1", "integer"), ("project_name", "甲\u{1}乙", "characters"),
        ])
    func forms(field: String, value: String, code: String) throws {
        var row = SampleRows.accept
        row[field] = value
        #expect(try findings(row).contains("\(field) exchange.\(code)"))
    }

    @Test("an acceptance before the application is told")
    func order() throws {
        var row = SampleRows.accept
        row["accept_date"] = "2026-03-01 07:59:59"
        #expect(try findings(row) == ["accept_date exchange.order"])
    }

    @Test("a digest stands in for a personal value and for no other")
    func hashed() throws {
        let digest = "sm3:" + String(repeating: "a", count: 43)
        var row = SampleRows.accept
        row["applyer_page_code"] = digest
        row["contact_mobile"] = digest
        #expect(try findings(row) == [])
        row["project_no"] = digest
        #expect(try findings(row) == ["project_no exchange.hashed"])
    }

    @Test("no finding shows a value")
    func discretion() throws {
        var row = SampleRows.accept
        row["applyer_page_code"] = "430602190904265450"
        row["contact_mobile"] = "13800000000000"
        var check = RowCheck(try #require(schemas["up_pro_accept"]), row: "1")
        check.check(row)
        #expect(check.findings.count > 1)
        #expect(!check.findings.contains { $0.message.contains("43060219") || $0.message.contains("1380000") })
    }

    @Test("a pause must lie inside its case")
    func pauses() throws {
        var related = RelatedRows(schemas, mayBeElsewhere: false)
        for (table, row) in [("up_pro_accept", SampleRows.accept), ("up_pro_result", SampleRows.result)] {
            related.note(row, of: try #require(schemas[table]))
        }
        func told(_ start: String, _ end: String?) throws -> [String] {
            var row = SampleRows.pause
            row["special_time"] = start
            row["end_time"] = end
            var check = RowCheck(try #require(schemas["up_pro_special_procedure"]), row: "1")
            related.check(row, &check)
            return check.findings.map { "\($0.field) \($0.code)" }
        }
        #expect(try told("2026-03-03 09:00:00", "2026-03-04 09:00:00") == [])
        #expect(try told("2026-03-02 07:00:00", "2026-03-04 09:00:00") == ["special_time exchange.order"])
        #expect(try told("2026-03-03 09:00:00", "2026-03-07 09:00:00") == ["end_time exchange.order"])
    }
}
