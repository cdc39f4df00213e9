import Extension

/// An exchange table of the national platform (国家平台数据交换表): its columns and what binds its rows, read from a file.
public struct ExchangeTable: Sendable, Hashable {
    /// The table's name there, such as `up_pro_accept`.
    public let name: String
    public let title: String
    /// The columns in their order, the batch columns first.
    public let fields: [ExchangeField]
    public let rules: [ExchangeRule]
    /// The table whose row must be there for one of this table, and the column by which they belong together.
    public let parent: Parent?

    /// To which row of which table a row belongs.
    public struct Parent: Sendable, Hashable {
        public let table: String
        public let field: String
    }

    /// Where each column stands.
    private let places: [String: Int]

    /// A column by its name.
    public func field(_ name: String) -> ExchangeField? { places[name].map { fields[$0] } }

    init?(_ value: JSONValue, batch: [ExchangeField], place: String, findings: inout [Finding]) {
        guard let name = value["table"]?.string, let title = value["title"]?.string,
            let columns = value["fields"]?.array
        else {
            findings.append(Finding(place, "exchange.schema", "表要写 table、title 和 fields。"))
            return nil
        }
        self.name = name
        self.title = title
        var fields = batch
        for column in columns {
            if let field = ExchangeField(column, place: place, findings: &findings) { fields.append(field) }
        }
        let counts = fields.reduce(into: [:]) { $0[$1.name, default: 0] += 1 }
        for repeated in counts.filter({ $0.value > 1 }).keys.sorted() {
            findings.append(Finding("\(place).\(repeated)", "exchange.schema", "列 \(repeated) 写了两次。"))
        }
        self.fields = fields
        places = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let written = value["rules"]?.array ?? []
        let rules = written.compactMap(ExchangeRule.init)
        self.rules = rules
        if rules.count != written.count {
            findings.append(Finding(place, "exchange.schema", "rules 里每条要写 field，以及 notBefore 或 notAfter。"))
        }
        for rule in rules where counts[rule.field] == nil || (rule.table == nil && counts[rule.other] == nil) {
            findings.append(Finding(place, "exchange.schema", "rules 提到的列 \(rule.field)、\(rule.other) 不在这张表里。"))
        }
        if let table = value["parent"]?["table"]?.string, let field = value["parent"]?["field"]?.string {
            parent = Parent(table: table, field: field)
        } else {
            parent = nil
        }
    }
}
