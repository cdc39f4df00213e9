import Extension
import Standards
import Storage

/// What of one thing goes into a batch: the rows that are new or changed since they were last sent, and the faults of
/// those that are kept out.
struct UnitDelivery: Sendable {
    /// A row as it is written into the files.
    struct Entry: Sendable {
        let table: String
        let operation: ExchangeOperation
        let values: [String: String]
    }

    private(set) var entries: [Entry] = []
    private(set) var findings: [ExchangeFinding]
    /// What the receiver has after this batch: the digests of the rows by table and identifier.
    private(set) var sent: [String: String]
    /// What it had before.
    private let before: [String: String]

    /// Whether anything is to be noted of it.
    var isChanged: Bool { sent != before }

    init(
        _ unit: ExchangeUnit, sent before: [String: String], schemas: ExchangeSchemas,
        settings: ExchangeSettings, cipher: FieldCipher
    ) {
        self.before = before
        sent = before
        findings = unit.obstacles
        // Values are judged before they are hashed: a digest of a wrong number looks like any other.
        let rows = unit.rows.sorted { Self.order($0, schemas) < Self.order($1, schemas) }
        var related = RelatedRows(schemas, mayBeElsewhere: false)
        for row in rows { if let table = schemas[row.table] { related.note(row.values, of: table) } }
        var standing: Set<String> = []
        var faultyParents: Set<String> = []
        for row in rows {
            guard let table = schemas[row.table] else { continue }
            let guid = row.guid
            let name = "\(row.table)/\(guid)"
            standing.insert(name)
            var check = RowCheck(table, row: guid, subject: unit.subject)
            check.check(row.values, hasBatchColumns: false)
            related.check(row.values, &check)
            let ownKey = schemas.link(of: table).flatMap { row.values[$0] } ?? guid
            if let parent = table.parent, faultyParents.contains("\(parent.table)/\(ownKey)") {
                let title = schemas[parent.table]?.title ?? parent.table
                check.find(parent.field, "parent_faulty", "它所属的“\(title)”没有通过校验，先改正那一行，这一行会一起送出。")
            }
            if !check.findings.isEmpty {
                findings += check.findings
                if before[name] == nil { faultyParents.insert("\(row.table)/\(ownKey)") }
                continue
            }
            let digest = row.digest
            if before[name] == digest { continue }
            entries.append(
                Entry(
                    table: row.table, operation: before[name] == nil ? .insert : .update,
                    values: Self.hashing(row, table, settings, cipher).merging(["row_guid": guid]) { $1 }))
            sent[name] = digest
        }
        // What made no row this time for a reason that was told is not gone.
        let obstructed = Set(unit.obstacles.map { "\($0.table)/\($0.row)" })
        if unit.obstacles.isEmpty {
            for name in before.keys.sorted() where !standing.contains(name) && !obstructed.contains(name) {
                let parts = name.split(separator: "/").map(String.init)
                guard parts.count == 2 else { continue }
                entries.append(Entry(table: parts[0], operation: .delete, values: ["row_guid": parts[1]]))
                sent[name] = nil
            }
        }
    }

    private static func order(_ row: ExchangeRow, _ schemas: ExchangeSchemas) -> Int {
        schemas.tables.firstIndex { $0.name == row.table } ?? .max
    }

    private static func hashing(
        _ row: ExchangeRow, _ table: ExchangeTable, _ settings: ExchangeSettings, _ cipher: FieldCipher
    ) -> [String: String] {
        var values = row.values
        for field in table.fields where field.isPersonal && settings.hashed.contains("\(table.name).\(field.name)") {
            values[field.name] = values[field.name].map { HashedValue.make($0, cipher) }
        }
        return values
    }
}

extension ExchangeSchemas {
    /// The column through which rows of a table are known to the others.
    func link(of table: ExchangeTable) -> String? {
        table.parent?.field ?? tables.first { $0.parent?.table == table.name }?.parent?.field
    }
}
