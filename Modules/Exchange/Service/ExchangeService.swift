public import ArgumentParser
public import Extension
import Standards
public import Storage

/// Delivers what happened here to the national platform (国家平台数据交换): cases, items, agencies as rows of its tables,
/// incrementally, with faulty rows kept out and told.
public struct ExchangeService: ServiceModule {
    public static let id = "exchange"
    public static var migrations: MigrationSet { ExchangeSchema.migrations }
    public static var commands: [any ParsableCommand.Type] { [ExchangeCommands.self] }
    /// The sealed columns, for key rotation.
    public static let encryptedColumns = [
        EncryptedColumn(table: "exchange_entry", keys: ["batch", "position"], column: "body") { row in
            context(try row.get("batch"), try row.get("position"))
        }
    ]

    public let database: any Database
    let events: EventLog
    let cipher: FieldCipher
    let schemas: ExchangeSchemas
    let settings: ExchangeSettings
    /// What is delivered, in the order in which the receiver takes it.
    let sources: [any ExchangeSource]
    /// The deployment's division, which begins each batch's number.
    public let division: String

    public init(
        database: any Database, events: EventLog, cipher: FieldCipher, schemas: ExchangeSchemas,
        settings: ExchangeSettings, sources: [any ExchangeSource], division: String
    ) {
        self.database = database
        self.events = events
        self.cipher = cipher
        self.schemas = schemas
        self.settings = settings
        self.sources = sources
        self.division = division
    }

    public var contributions: [any Contribution] { [Permission.exchangeData, clearing] }

    static func context(_ batch: String, _ position: Int) -> String { "exchange_entry.body/\(batch)/\(position)" }

    func stream(_ batch: String) -> StreamID { StreamID(division: division, kind: "exchange", id: batch) }

    func require(_ act: Act) throws {
        guard act.actor.holds(.exchangeData) else {
            throw act.actor.kind == .anonymous ? Problem.signInRequired : Problem.forbidden
        }
    }

    /// What settings name as personal columns and the tables don't have.
    public static func findings(_ settings: ExchangeSettings, schemas: ExchangeSchemas) -> [Finding] {
        let known = schemas.tables.flatMap { table in
            table.fields.filter(\.isPersonal).map { "\(table.name).\($0.name)" }
        }
        return settings.hashed.sorted().filter { !known.contains($0) }.map { name in
            let hint = nearest(to: name, among: known).map { "，是否想写 \($0)" } ?? ""
            return Finding(
                "exchange.hashed", "settings.unknown_column",
                "\(name) 不是交换表里的个人信息列\(hint)。可以写：\(known.joined(separator: "、"))。")
        }
    }

    /// Forgets the rows of batches that were complete long ago; what was sent stays known by its digests.
    private var clearing: Job {
        Job("clear-exchange", every: .seconds(3_600)) { act in
            let before = act.now.adding(.seconds(-settings.keptDays * 86_400))
            try await database.write { transaction in
                let old = try transaction.rows(
                    """
                    SELECT number FROM exchange_batch
                    WHERE completed_at IS NOT NULL AND completed_at < ? AND cleared_at IS NULL
                    """, before
                ).map { try $0.get("number", as: String.self) }
                for number in old {
                    try transaction.execute("DELETE FROM exchange_entry WHERE batch = ?", number)
                    try transaction.execute(
                        "UPDATE exchange_batch SET cleared_at = ? WHERE number = ?", act.now, number)
                }
            }
        }
    }
}

extension Permission {
    /// Export exchange data and look at its batches.
    public static let exchangeData = Permission("exchange.export", "导出国家平台交换数据，查看批次和校验结果")
}
