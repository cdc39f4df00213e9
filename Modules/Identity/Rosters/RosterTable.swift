import Documents
import Extension
import Organisation
import Standards

/// One kind of list in which a county keeps its organisation: which columns it has and what their cells become.
struct RosterKind: Sendable {
    let id: String
    let title: String
    let columns: [Column]

    /// A column: the field that it fills, its heading, other headings, and the words that stand for values.
    struct Column: Sendable {
        let field: String
        let title: String
        var aliases: [String] = []
        var isRequired = false
        var words: [String: String] = [:]
    }

    static let all = [divisions, agencies, sites, windows, staff]

    static let divisions = RosterKind(
        id: "divisions", title: "区划",
        columns: [
            Column(field: "code", title: "区划代码", isRequired: true),
            Column(field: "name", title: "区划名称", isRequired: true),
            Column(
                field: "level", title: "级别", isRequired: true,
                words: ["省": "province", "市": "prefecture", "县": "county", "区": "county", "功能区": "zone", "园区": "park"]),
            Column(field: "parent", title: "上级区划"),
        ])

    static let agencies = RosterKind(
        id: "agencies", title: "单位",
        columns: [
            Column(field: "key", title: "单位编号", isRequired: true),
            Column(field: "name", title: "单位名称", aliases: ["机构名称"], isRequired: true),
            Column(field: "creditCode", title: "统一社会信用代码", aliases: ["信用代码"]),
            Column(field: "department", title: "部门", aliases: ["部门类别"], isRequired: true),
            Column(field: "division", title: "区划代码", aliases: ["区划"], isRequired: true),
            Column(field: "parent", title: "主管单位编号", aliases: ["主管单位"]),
            Column(field: "from", title: "成立日期"),
        ])

    static let sites = RosterKind(
        id: "sites", title: "场所",
        columns: [
            Column(field: "key", title: "场所编号", isRequired: true),
            Column(field: "division", title: "区划代码", aliases: ["区划"], isRequired: true),
            Column(
                field: "level", title: "场所级别", aliases: ["级别"], isRequired: true,
                words: ["政务服务中心": "centre", "便民服务中心": "township", "便民服务站": "village"]),
            Column(field: "place", title: "乡镇或村", aliases: ["地名", "乡镇（街道）或村（社区）"]),
            Column(field: "hours", title: "开放时间", aliases: ["办公时间"]),
            Column(field: "address", title: "地址"),
            Column(field: "phone", title: "电话", aliases: ["联系电话"]),
        ])

    static let windows = RosterKind(
        id: "windows", title: "窗口",
        columns: [
            Column(field: "key", title: "窗口编号", isRequired: true),
            Column(field: "site", title: "所在场所编号", aliases: ["场所编号", "所在场所"], isRequired: true),
            Column(field: "name", title: "窗口名称", isRequired: true),
            Column(
                field: "kind", title: "窗口类型", aliases: ["类型"],
                words: Dictionary(uniqueKeysWithValues: WindowKind.allCases.map { ($0.chinese, $0.rawValue) })),
        ])

    static let staff = RosterKind(
        id: "staff", title: "人员",
        columns: [
            Column(field: "login", title: "登录名", isRequired: true),
            Column(field: "name", title: "姓名", isRequired: true),
            Column(field: "agency", title: "单位", aliases: ["单位名称", "单位编号"], isRequired: true),
            Column(field: "division", title: "区划代码", aliases: ["区划"]),
            Column(field: "site", title: "场所编号", aliases: ["场所"]),
            Column(field: "roles", title: "角色", isRequired: true),
            Column(field: "from", title: "起始日期"),
            Column(field: "until", title: "截止日期"),
        ])

    /// The kind whose required columns a heading has all of; the one with most columns when several fit.
    static func of(_ heading: [String]) -> RosterKind? {
        all.filter { kind in kind.columns.filter(\.isRequired).allSatisfy { $0.position(in: heading) != nil } }
            .max { $0.matches(heading) < $1.matches(heading) }
    }

    private func matches(_ heading: [String]) -> Int { columns.filter { $0.position(in: heading) != nil }.count }
}

extension RosterKind.Column {
    func position(in heading: [String]) -> Int? {
        heading.firstIndex { cell in
            let bare = String(cell.filter { !$0.isWhitespace && $0 != "*" }.prefix { $0 != "（" && $0 != "(" })
            return bare == title || aliases.contains(bare) || aliases.contains(cell)
        }
    }
}

/// A list as it was read: each row's values by field, and what is wrong with it.
struct RosterTable {
    let kind: RosterKind
    var rows: [(number: Int, values: [String: String])] = []
    var faults: [RosterFault] = []
    private var positions: [String: Int] = [:]

    init(_ kind: RosterKind, heading: [String]) {
        self.kind = kind
        for column in kind.columns { positions[column.field] = column.position(in: heading) }
    }

    mutating func add(_ row: TableRow) {
        var values: [String: String] = [:]
        for fault in row.faults {
            faults.append(RosterFault(sheet: kind.title, row: row.number, title: "", message: fault.message))
        }
        for column in kind.columns {
            guard let position = positions[column.field] else { continue }
            let cell = position < row.cells.count ? Self.trimmed(row.cells[position]) : ""
            if cell.isEmpty {
                if column.isRequired { faults.append(fault(row.number, column.title, "没有填写。")) }
                continue
            }
            values[column.field] = column.words[cell] ?? cell.asCode
        }
        rows.append((row.number, values))
    }

    func fault(_ row: Int, _ title: String, _ message: String) -> RosterFault {
        RosterFault(sheet: kind.title, row: row, title: title, message: message)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

/// One thing that is wrong in a list of the organisation.
struct RosterFault: Hashable {
    let sheet: String
    let row: Int
    let title: String
    let message: String

    var finding: Finding {
        Finding("\(sheet) 第 \(row) 行" + (title.isEmpty ? "" : "（\(title)）"), "import.fault", message)
    }
}

/// Everything that is wrong with one row, each about a column.
struct RosterFindings: Error {
    var list: [Finding] = []

    /// What is read, or nil with what is wrong kept.
    mutating func keep<Value>(_ read: () throws -> Value) throws -> Value? {
        do {
            return try read()
        } catch let finding as Finding {
            list.append(finding)
            return nil
        } catch let others as RosterFindings {
            list += others.list
            return nil
        }
    }
}
