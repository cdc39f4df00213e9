import Extension
import Standards

/// A column of an exchange table (交换表的列), as the schema file beside it describes it.
public struct ExchangeField: Sendable, Hashable {
    /// What a value is, and how it is written.
    public enum Kind: String, Sendable, CaseIterable {
        case text, integer
        /// `yyyy-MM-dd`.
        case date
        /// `yyyy-MM-dd HH:mm:ss`, China time.
        case time
    }

    /// A form that a text must have besides its length.
    public enum Form: String, Sendable, CaseIterable {
        case creditCode, organisationCode, catalogCode, taskCode, handleItem, mobile
        /// An identity number or credit code, by the kind of document that another column names.
        case certificate
    }

    public let name: String
    /// What people call it.
    public let title: String
    public let kind: Kind
    /// The most characters; nil where the kind fixes them.
    public let maximum: Int?
    public let isRequired: Bool
    /// The allowed codes with their meanings; empty for no list.
    public let codes: [String: String]
    /// Whether several codes may stand in it, separated by commas.
    public let holdsSeveral: Bool
    public let form: Form?
    /// The column that says which kind of document a certificate number belongs to.
    public let formBy: String?
    /// Whether it tells of a natural person.
    public let isPersonal: Bool

    /// Reads a column's description; what is wrong with it is a finding.
    init?(_ value: JSONValue, place: String, findings: inout [Finding]) {
        guard let name = value["name"]?.string, let title = value["title"]?.string,
            let kind = (value["type"]?.string).flatMap(Kind.init(rawValue:))
        else {
            findings.append(Finding(place, "exchange.schema", "每一列要写 name、title 和 type（text、integer、date 或 time）。"))
            return nil
        }
        self.name = name
        self.title = title
        self.kind = kind
        maximum = value["max"]?.integer.map(Int.init)
        isRequired = value["required"]?.bool ?? false
        holdsSeveral = value["many"]?.bool ?? false
        isPersonal = value["personal"]?.bool ?? false
        formBy = value["formBy"]?.string
        form = value["form"]?.string.flatMap(Form.init(rawValue:))
        if let written = value["form"], form == nil {
            findings.append(Finding("\(place).\(name)", "exchange.schema", "没有 \(written.canonical) 这种格式。"))
        }
        var codes: [String: String] = [:]
        if case .object(let members) = value["codes"] {
            for (code, meaning) in members { codes[code] = meaning.string ?? "" }
        }
        self.codes = codes
        if kind == .text, maximum == nil {
            findings.append(Finding("\(place).\(name)", "exchange.schema", "文字列要用 max 写明最多多少个字。"))
        }
    }
}

/// How two moments must follow each other.
public struct ExchangeRule: Sendable, Hashable {
    /// The column that is bound.
    public let field: String
    /// The table of the other column; nil for the row itself.
    public let table: String?
    public let other: String
    /// Whether it must not be before the other; else it must not be after it.
    public let isNotBefore: Bool

    init?(_ value: JSONValue) {
        guard let field = value["field"]?.string, let other = (value["notBefore"] ?? value["notAfter"])?.string else {
            return nil
        }
        self.field = field
        isNotBefore = value["notBefore"] != nil
        let parts = other.split(separator: ".").map(String.init)
        table = parts.count == 2 ? parts[0] : nil
        self.other = parts.last ?? other
    }
}
