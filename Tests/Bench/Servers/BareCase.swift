import Cryptography
import Foundation
import Standards
import Storage
import Synchronization

/// Writes copies of a case once there is one.
actor BareCases {
    private let program: any Database
    private let path: String
    private var captured: Task<BareCase, any Error>?

    init(program: any Database, path: String) {
        self.program = program
        self.path = path
    }

    nonisolated func insert() async throws { try await bare().value.insert() }

    private func bare() -> Task<BareCase, any Error> {
        if let captured { return captured }
        let task = Task { [program, path] in
            try await BareCase.capture(program, into: try SQLiteDatabase(path: path))
        }
        captured = task
        return task
    }
}

/// The rows that one submitted case leaves, which a bare handler writes again and again under other identifiers: what
/// remains of a submission when nothing is read, planned, checked, sealed or told.
final class BareCase: Sendable {
    /// A table with the statement that writes a case's rows into it, and these rows.
    private struct Rows: Sendable {
        let statement: String
        let columns: [String]
        let values: [SQLValue]
    }

    /// Where a submission writes, and the column that names the case there.
    private static let tables = [
        ("case_file", "id"), ("case_task", "case_id"), ("case_involved", "case_id"), ("case_duplicate", "case_id"),
        ("case_paper", "case_id"), ("journal", "stream"), ("journal_head", "stream"),
    ]

    private let id: Identifier
    private let tables: [Rows]
    private let database: SQLiteDatabase
    private let serial = Atomic(1)

    private init(id: Identifier, tables: [Rows], database: SQLiteDatabase) {
        self.id = id
        self.tables = tables
        self.database = database
    }

    /// Takes the rows of the case that was filed last, and makes the same tables and indexes elsewhere.
    static func capture(_ program: any Database, into database: SQLiteDatabase) async throws -> BareCase {
        let (id, schema, tables) = try await program.read { snapshot in
            guard let row = try snapshot.row("SELECT id FROM case_file ORDER BY id DESC LIMIT 1") else {
                throw BenchError("库里还没有办件，不知道一次提交写哪些行。")
            }
            let id: Identifier = try row.get("id")
            var schema: [String] = []
            var tables: [Rows] = []
            for (table, key) in Self.tables {
                schema += try snapshot.rows(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC", table
                ).map { try $0.get("sql") }
                let columns = try snapshot.rows("SELECT name FROM pragma_table_info(?)", table)
                    .map { try $0.get("name", as: String.self) }
                let rows = try snapshot.rows("SELECT * FROM \(table) WHERE \(key) LIKE ?", "%\(id.text)")
                let place = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
                tables.append(
                    Rows(
                        statement: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
                            + rows.map { _ in place }.joined(separator: ", "),
                        columns: columns,
                        values: try rows.flatMap { row in try columns.map { try row.get($0, as: SQLValue.self) } }))
            }
            return (id, schema, tables)
        }
        try await database.write { transaction in
            for statement in schema { try transaction.execute(statement) }
        }
        return BareCase(id: id, tables: tables, database: database)
    }

    /// Writes the rows under a new identifier, durably and with shared commits.
    func insert() async throws {
        let number = serial.add(1, ordering: .relaxed).newValue
        let fresh = Identifier(
            at: id.instant.adding(.milliseconds(number)), random: SecureRandom.bytes(Identifier.randomLength)
        ).text
        let digest = SecureRandom.bytes(32)
        try await database.write { [self] transaction in
            for table in tables {
                let values = table.values.enumerated().map { index, value -> SQLValue in
                    switch (table.columns[index % table.columns.count], value) {
                    case ("number", _): .text("BARE-\(number)")
                    case ("serial", _): .integer(Int64(number))
                    case ("digest", .blob): .blob(digest)
                    case (_, .text(let text)) where text.hasSuffix(id.text):
                        .text(text.dropLast(id.text.count) + fresh)
                    default: value
                    }
                }
                try transaction.send(table.statement, arguments: values)
            }
        }
    }
}
