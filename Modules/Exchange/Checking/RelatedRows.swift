/// What rows of several tables say of the same thing, as far as rules compare it: of each table the moments that others
/// refer to, by the column through which rows belong together.
struct RelatedRows {
    private let schemas: ExchangeSchemas
    /// The columns that rules of other tables look at, by table.
    private let wanted: [String: Set<String>]
    private var known: [String: [String: [String: String]]] = [:]
    /// Whether rows may belong to one that was sent before and is not here.
    let mayBeElsewhere: Bool

    init(_ schemas: ExchangeSchemas, mayBeElsewhere: Bool) {
        self.schemas = schemas
        self.mayBeElsewhere = mayBeElsewhere
        var wanted: [String: Set<String>] = [:]
        for table in schemas.tables {
            if let parent = table.parent { wanted[parent.table, default: []].formUnion([]) }
            for rule in table.rules {
                if let other = rule.table { wanted[other, default: []].insert(rule.other) }
            }
        }
        self.wanted = wanted
    }

    /// Takes note of a row.
    mutating func note(_ values: [String: String], of table: ExchangeTable) {
        guard let columns = wanted[table.name], let link = schemas.link(of: table), let key = values[link] else {
            return
        }
        known[table.name, default: [:]][key] = values.filter { columns.contains($0.key) }
    }

    /// Whether a row of a table is known under a key.
    func has(_ key: String, in table: String) -> Bool { known[table]?[key] != nil }

    /// Holds a row to those that belong to it.
    func check(_ values: [String: String], _ check: inout RowCheck) {
        let table = check.table
        guard let parent = table.parent, let key = values[parent.field], !key.isEmpty else { return }
        if !mayBeElsewhere, !has(key, in: parent.table) {
            let title = schemas[parent.table]?.title ?? parent.table
            check.find(parent.field, "parent", "“\(title)”里没有它所属的那一行，请一起给出，或先改正那一行。")
        }
        for rule in table.rules {
            guard let other = rule.table else { continue }
            check.check(
                rule, values[rule.field], against: known[other]?[key]?[rule.other],
                other: schemas[other]?.field(rule.other)?.title)
        }
    }
}
