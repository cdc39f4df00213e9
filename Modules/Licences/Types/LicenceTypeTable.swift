import Documents
import Extension
import Standards

/// A table of licence types (CSV or XLSX), with all that is wrong with it told at once.
struct LicenceTypeTable {
    private(set) var types: [LicenceType] = []

    private enum Column: String, CaseIterable {
        case name = "证照类型"
        case code = "类型代码"
        case definer = "定义机构"
        case holder = "持证主体"
        case validity = "有效期"
        case unique = "编号唯一"
        case field = "领域"
        case lines = "内容栏目"
    }

    private static let validities = ["长期": false, "期限": true]
    private static let answers = ["是": true, "否": false]

    /// - Throws: `Problem` with every fault and its row.
    init(path: String) throws {
        var positions: [Column: Int]?
        var findings: [Finding] = []
        var rows: [String: Int] = [:]
        try Self.reading(path) { row in
            guard let positions else {
                positions = Self.positions(in: row, &findings)
                return
            }
            let cells = positions.mapValues { $0 < row.cells.count ? row.cells[$0].withoutInvisibles.trimmed : "" }
            guard let type = Self.type(cells, row.number, &findings) else { return }
            if let first = rows.updateValue(row.number, forKey: type.name) {
                findings.append(
                    Self.fault(row.number, .name, "“\(type.name)”在第 \(first) 行已经有了，请删去一行。"))
            }
            types.append(type)
        }
        if !findings.isEmpty {
            throw Problem(
                422, "licences.types", "证照类型目录有误", "\(path) 有 \(findings.count) 处错误，请全部改正。", findings: findings)
        }
    }

    private static func reading(_ path: String, _ body: (TableRow) throws -> Void) throws {
        do {
            try TableFile(path: path).forEachRow(body)
        } catch let error as DocumentsError {
            throw Problem(422, error.code.rawValue, "证照类型目录读不出来", error.message)
        }
    }

    private static func positions(in row: TableRow, _ findings: inout [Finding]) -> [Column: Int] {
        var positions: [Column: Int] = [:]
        for (position, cell) in row.cells.enumerated() {
            if let column = Column(rawValue: cell.filter { !$0.isWhitespace && $0 != "*" }) {
                positions[column] = position
            }
        }
        for column in Column.allCases where positions[column] == nil {
            findings.append(Finding(column.rawValue, "import.column_missing", "缺少“\(column.rawValue)”这一列。"))
        }
        return positions
    }

    private static func type(
        _ cells: [Column: String], _ row: Int, _ findings: inout [Finding]
    ) -> LicenceType? {
        var found: [Finding] = []
        func cell(_ column: Column) -> String { cells[column] ?? "" }
        func choice<Value>(_ column: Column, _ values: [(String, Value)]) -> Value? {
            if let value = values.first(where: { $0.0 == cell(column) })?.1 { return value }
            found.append(fault(row, column, "请写\(values.map(\.0).joined(separator: "、"))之一。"))
            return nil
        }
        let name = cell(.name)
        if !(1...60).contains(name.count) { found.append(fault(row, .name, "请写证照类型的名称，不超过 60 个字。")) }
        let code = cell(.code).isEmpty ? nil : cell(.code).asCode
        if let code, !isTypeCode(code) {
            found.append(fault(row, .code, "类型代码应是定义机构的 18 位统一社会信用代码加 3 位数字，请核对；没有公布的留空。"))
        }
        if cell(.definer).isEmpty { found.append(fault(row, .definer, "请写定义机构。")) }
        let holder = choice(.holder, LicenceType.Holder.allCases.map { ($0.rawValue, $0) })
        let isLimited = choice(.validity, validities.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let isUnique = choice(.unique, answers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        let lines = cell(.lines).split { "；;".contains($0) }.map(String.init).map(\.trimmed).filter { !$0.isEmpty }
            .map { LicenceType.Line(label: String($0.drop { $0 == "*" }), isRequired: $0.hasPrefix("*")) }
        if Set(lines.map(\.label)).count != lines.count || lines.contains(where: { !(1...60).contains($0.label.count) })
        {
            found.append(fault(row, .lines, "栏目之间用分号分开，不要重复，每个不超过 60 个字。"))
        }
        findings += found
        guard found.isEmpty, let holder, let isLimited, let isUnique else { return nil }
        return LicenceType(
            name: name, code: code, definer: cell(.definer), holder: holder, isLimited: isLimited,
            hasUniqueNumber: isUnique, field: cell(.field), lines: lines)
    }

    private static func isTypeCode(_ code: String) -> Bool {
        code.utf8.count == 21 && (try? CreditCode(legacy: String(code.prefix(18)))) != nil
    }

    private static func fault(_ row: Int, _ column: Column, _ message: String) -> Finding {
        Finding("第 \(row) 行（\(column.rawValue)）", "import.fault", message)
    }
}
