import Extension
import Standards

/// Holds one row to the columns of its table; every fault at once.
struct RowCheck {
    let table: ExchangeTable
    let row: String
    let subject: String
    private(set) var findings: [ExchangeFinding] = []

    init(_ table: ExchangeTable, row: String, subject: String = "") {
        self.table = table
        self.row = row
        self.subject = subject
    }

    mutating func find(_ field: String, _ code: String, _ message: String) {
        findings.append(
            ExchangeFinding(
                table: table.name, row: row, field: field, code: "exchange.\(code)", message: message,
                subject: subject))
    }

    /// Checks all values.
    ///
    /// - Parameters:
    ///   - isDeletion: whether the row says only that it is gone, so that its content may be missing.
    ///   - hasBatchColumns: whether the columns of the batch are among them; they are filled in last.
    mutating func check(_ values: [String: String], isDeletion: Bool = false, hasBatchColumns: Bool = true) {
        for field in table.fields {
            guard let value = values[field.name], !value.isEmpty else {
                let isBatch = ExchangeBatchColumn.names.contains(field.name)
                if field.isRequired, isBatch ? hasBatchColumns : !isDeletion {
                    find(field.name, "required", "“\(field.title)”必须填写，请在来源处补上。")
                }
                continue
            }
            check(value, field, values)
        }
        let unknown = values.keys.filter { table.field($0) == nil }
        for name in unknown.sorted() {
            let hint = nearest(to: name, among: table.fields.map(\.name)).map { "，是否想写 \($0)" } ?? ""
            find(name, "unknown_column", "\(table.title)没有 \(name) 这一列\(hint)。")
        }
        for rule in table.rules where rule.table == nil {
            check(rule, values[rule.field], against: values[rule.other], other: table.field(rule.other)?.title)
        }
    }

    /// Checks that one moment follows the other; what is missing or malformed was told already.
    mutating func check(_ rule: ExchangeRule, _ value: String?, against other: String?, other title: String?) {
        guard let value, let other, value.count >= 10, other.count >= 10 else { return }
        // A day against a moment is compared by the day.
        let length = min(value.count, other.count)
        let (first, second) = (value.prefix(length), other.prefix(length))
        let name = table.field(rule.field)?.title ?? rule.field
        if rule.isNotBefore, first < second {
            find(rule.field, "order", "“\(name)”早于“\(title ?? rule.other)”，请核对两个时间。")
        } else if !rule.isNotBefore, first > second {
            find(rule.field, "order", "“\(name)”晚于“\(title ?? rule.other)”，请核对两个时间。")
        }
    }

    private mutating func check(_ value: String, _ field: ExchangeField, _ values: [String: String]) {
        if let maximum = field.maximum, value.count > maximum {
            find(field.name, "length", "“\(field.title)”有 \(value.count) 个字，最多 \(maximum) 个，请在来源处改短。")
        }
        if value.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }) {
            find(field.name, "characters", "“\(field.title)”里有看不见的控制字符，请在来源处去掉。")
        }
        if HashedValue.isHashed(value) {
            if !field.isPersonal { find(field.name, "hashed", "“\(field.title)”不是个人信息，应给出原值。") }
            return
        }
        switch field.kind {
        case .text: break
        case .integer:
            if Int(value).map({ $0 < 0 }) ?? true { find(field.name, "integer", "“\(field.title)”应是不带符号的整数。") }
        case .date:
            if !Self.isDay(value) { find(field.name, "date", "“\(field.title)”应是 2026-01-31 这样的日期。") }
        case .time:
            if !Self.isTime(value) { find(field.name, "time", "“\(field.title)”应是 2026-01-31 09:30:00 这样的时间。") }
        }
        if !field.codes.isEmpty {
            let parts = field.holdsSeveral ? value.split(separator: ",").map(String.init) : [value]
            if parts.isEmpty || parts.contains(where: { field.codes[$0] == nil }) {
                let known = field.codes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                find(field.name, "code", "“\(field.title)”不在代码表里，可以是：\(known.joined(separator: "、"))。")
            }
        }
        if let form = field.form { check(value, form, field, values) }
    }

    private mutating func check(
        _ value: String, _ form: ExchangeField.Form, _ field: ExchangeField, _ values: [String: String]
    ) {
        func read(_ body: () throws(StandardsError) -> Void) -> String? {
            do {
                try body()
                return nil
            } catch { return error.code.rawValue }
        }
        let isWrong: Bool
        switch form {
        case .creditCode: isWrong = read { () throws(StandardsError) in _ = try CreditCode(exactly: value) } != nil
        case .organisationCode:
            isWrong = !(value.count == 9 && value.allSatisfy { $0.isASCII && ($0.isNumber || $0.isUppercase) })
        case .catalogCode:
            isWrong = read { () throws(StandardsError) in _ = try CatalogueCode(value) } != nil || value.count != 12
        case .taskCode: isWrong = read { () throws(StandardsError) in _ = try TaskCode(value) } != nil
        case .handleItem: isWrong = read { () throws(StandardsError) in _ = try HandlingItemCode(value) } != nil
        case .mobile: isWrong = read { () throws(StandardsError) in _ = try MobileNumber(value) } != nil
        case .certificate:
            switch field.formBy.flatMap({ values[$0] }) {
            case "111": isWrong = read { () throws(StandardsError) in _ = try ResidentID(exactly: value) } != nil
            case "001": isWrong = read { () throws(StandardsError) in _ = try CreditCode(exactly: value) } != nil
            default: isWrong = false
            }
        }
        if isWrong { find(field.name, "form", "“\(field.title)”没有通过编码规则的校验，请在来源处核对。") }
    }

    static func isDay(_ text: String) -> Bool { text.count == 10 && (try? LegalDay(text)) != nil }

    static func isTime(_ text: String) -> Bool {
        guard text.utf8.count == 19, text.count == 19, isDay(String(text.prefix(10))) else { return false }
        let clock = Array(text.utf8.dropFirst(10))
        func digits(_ index: Int) -> Int? { Int(String(decoding: clock[index...index + 1], as: UTF8.self)) }
        guard clock[0] == UInt8(ascii: " "), clock[3] == UInt8(ascii: ":"), clock[6] == UInt8(ascii: ":"),
            let hour = digits(1), let minute = digits(4), let second = digits(7)
        else { return false }
        return hour < 24 && minute < 60 && second < 60
    }
}

/// The columns that every table has besides its own.
enum ExchangeBatchColumn {
    static let names: Set<String> = ["row_guid", "cd_operation", "cd_time", "cd_batch", "data_source"]
}
