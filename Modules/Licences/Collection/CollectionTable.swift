import Documents
import Extension
import Foundation
import Standards
import Storage

/// A row of an old register that can be taken over.
struct CollectedRow: Sendable {
    let number: Int
    var draft: LicenceDraft
    var findings: QualityFindings
}

/// Reads an old register of licences from CSV or XLSX (R14.5), and tells everything that can't be taken over at once.
///
/// Columns that are none of the fixed ones are lines of the licences.
struct CollectionTable {
    private(set) var rows: [CollectedRow] = []
    private(set) var faults: [Finding] = []
    /// Columns that are no line of any type in the table; they are taken over all the same.
    private(set) var unknownLines: Set<String> = []
    private var seen: [String: (row: Int, draft: LicenceDraft)] = [:]
    private let types: LicenceTypes
    private let division: String
    private let today: LegalDay

    private enum Column: String, CaseIterable {
        case type = "证照类型"
        case number = "证照编号"
        case holder = "持证主体"
        case holderNumber = "持证主体证件号码"
        case issuer = "颁发机构"
        case issuerCode = "颁发机构代码"
        case issuedOn = "颁发日期"
        case validUntil = "有效期至"

        var isRequired: Bool { [.type, .number, .holder, .issuer, .issuedOn].contains(self) }
    }

    private struct Heading {
        var positions: [Column: Int] = [:]
        var lines: [Int: String] = [:]
    }

    /// - Throws: `Problem` when the file as a whole can't be read.
    init(_ path: String, sheet: String?, types: LicenceTypes, division: String, today: LegalDay) throws {
        self.types = types
        self.division = division
        self.today = today
        var heading: Heading?
        do {
            try TableFile(path: path).forEachRow(sheet: sheet) { row in
                if let heading {
                    add(row, heading)
                } else if !row.isTitle {
                    heading = try Self.heading(row)
                }
            }
        } catch let error as DocumentsError {
            throw Problem(422, error.code.rawValue, "文件处理不了", error.message)
        }
        if rows.isEmpty, faults.isEmpty {
            throw Problem(422, "licences.collection.empty", "表里没有证照", "\(path) 里除了表头什么也没有，请检查是不是选错了文件或工作表。")
        }
    }

    /// Writes an empty table for a type.
    ///
    /// - Throws: `Problem` where there is a file already, since it may be filled in.
    static func writeTemplate(for type: LicenceType, to path: String) throws {
        if FileManager.default.fileExists(atPath: path) {
            throw Problem(409, "licences.template_exists", "文件已经存在", "\(path) 已经存在，没有覆盖。请换一个文件名。")
        }
        do {
            var writer = try TableWriter(path: path, sheet: String(type.name.prefix(31)))
            let fixed = Column.allCases.map { ($0.isRequired ? "*" : "") + $0.rawValue }
            try writer.heading(fixed + type.lines.map { ($0.isRequired ? "*" : "") + $0.label })
            try writer.finish()
        } catch let error as DocumentsError {
            throw Problem(422, error.code.rawValue, "文件写不进去", error.message)
        }
    }

    private static func heading(_ row: TableRow) throws -> Heading {
        var heading = Heading()
        var findings: [Finding] = []
        for (position, cell) in row.cells.enumerated() {
            let title = String(cell.withoutInvisibles.trimmed.drop { $0 == "*" })
            if title.isEmpty { continue }
            if let column = Column(rawValue: title) {
                if heading.positions.updateValue(position, forKey: column) != nil {
                    findings.append(Finding(title, "import.column_twice", "“\(title)”这一列出现了两次，请删去一列。"))
                }
            } else if heading.lines.values.contains(title) {
                findings.append(Finding(title, "import.column_twice", "“\(title)”这一列出现了两次，请删去一列。"))
            } else if title.count > 60 {
                findings.append(Finding(title, "import.column", "列名“\(title.prefix(20))…”超过 60 个字，请改短。"))
            } else {
                heading.lines[position] = title
            }
        }
        let titles = Array(heading.lines.values)
        for column in Column.allCases where column.isRequired && heading.positions[column] == nil {
            let hint = nearest(to: column.rawValue, among: titles).map { "（是不是“\($0)”这一列？）" } ?? ""
            findings.append(Finding(column.rawValue, "import.column_missing", "缺少“\(column.rawValue)”这一列\(hint)。"))
        }
        if findings.isEmpty { return heading }
        throw Problem(
            422, "licences.collection.heading", "表头读不懂", "第一行应是表头。可以用 yiciban licence template 生成一份空表对照。",
            findings: findings)
    }

    private mutating func add(_ row: TableRow, _ heading: Heading) {
        var found: [Finding] = []
        func fault(_ column: Column, _ message: String) {
            let letters = heading.positions[column].map { " \(TableRow.letters(ofColumn: $0)) 列" } ?? ""
            found.append(
                Finding("第 \(row.number) 行\(letters)（\(column.rawValue)）", "import.fault", message))
        }
        func text(_ position: Int) -> String {
            position < row.cells.count ? row.cells[position].withoutInvisibles.trimmed : ""
        }
        func cell(_ column: Column) -> String { heading.positions[column].map(text) ?? "" }
        func day(_ column: Column) -> LegalDay? {
            let written = cell(column)
            if written.isEmpty || (column == .validUntil && ["长期", "长期有效"].contains(written)) { return nil }
            if let day = LegalDay(written: written) { return day }
            fault(column, "“\(written.prefix(20))”不是日期，请写成 2022-07-01 的样子。")
            return nil
        }
        for broken in row.faults {
            found.append(Finding("第 \(row.number) 行", "import.fault", broken.message))
        }
        for column in Column.allCases {
            if column.isRequired, cell(column).isEmpty { fault(column, "没有填写。") }
            if cell(column).count > 120 { fault(column, "超过 120 个字。") }
        }
        let name = cell(.type)
        let type = types[name]
        if type == nil, !name.isEmpty {
            let hint = nearest(to: name, among: types.all.map(\.name)).map { "是不是“\($0)”？" } ?? ""
            fault(.type, "没有“\(name)”这种证照。\(hint)全部类型见 yiciban licence types；要用新的类型，请写进 licence-types.csv。")
        }
        let issued = day(.issuedOn)
        let until = day(.validUntil)
        if let issued, issued > today { fault(.issuedOn, "颁发日期晚于今天，请核对。") }
        if let issued, let until, until < issued { fault(.validUntil, "有效期至早于颁发日期，请核对。") }
        let code = cell(.issuerCode).asCode
        let issuerCode = code.isEmpty ? nil : try? CreditCode(legacy: code)
        if !code.isEmpty, issuerCode == nil { fault(.issuerCode, "不是统一社会信用代码（18 位），请核对；不知道的留空。") }
        let lines = heading.lines.sorted { $0.key < $1.key }.compactMap { position, label in
            text(position).isEmpty ? nil : LicenceField(label, text(position))
        }
        for line in lines where line.value.count > 4000 {
            found.append(Finding("第 \(row.number) 行（\(line.label)）", "import.fault", "超过 4000 个字。"))
        }
        guard found.isEmpty, let type, let issued else {
            faults += found
            return
        }
        let known = Set(type.lines.map(\.label))
        unknownLines.formUnion(lines.map(\.label).filter { !known.contains($0) })
        let number = cell(.holderNumber).asCode.uppercased()
        let draft = LicenceDraft(
            type: type.name, number: cell(.number).asCode,
            holders: [LicenceHolder(party: nil, name: cell(.holder), idNumber: number.isEmpty ? nil : number)],
            issuer: LicenceIssuer(name: cell(.issuer), creditCode: issuerCode), origin: .elsewhere, issuedOn: issued,
            validUntil: until, fields: type.ordered(lines), division: division)
        // The rules of what is signed hold before anything is written.
        let check = draft.statement(
            id: .none, identifier: nil, by: Act(actor: .system("licence-collection"), now: Instant(milliseconds: 0)))
        do {
            _ = try check.checked()
        } catch let error as LicenceError {
            faults += error.findings.map { finding in
                Finding("第 \(row.number) 行（\(finding.field)）", "import.fault", finding.message)
            }
            return
        } catch {
            faults.append(Finding("第 \(row.number) 行", "import.fault", "这一行读不懂，请核对。"))
            return
        }
        keep(draft, of: type, row.number)
    }

    private mutating func keep(_ draft: LicenceDraft, of type: LicenceType, _ number: Int) {
        if let first = seen[draft.label] {
            if first.draft == draft { return }
            faults.append(
                Finding("第 \(number) 行", "import.fault", "和第 \(first.row) 行是同一份证照，内容却不一样，请只留对的一行。"))
            return
        }
        seen[draft.label] = (number, draft)
        rows.append(CollectedRow(number: number, draft: draft, findings: QualityFindings(draft, of: type)))
    }
}
