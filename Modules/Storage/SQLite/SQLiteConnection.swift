import Foundation
import GRDB

/// GRDB's connection behind the common surface; it never leaves GRDB's own queue.
final class SQLiteConnection: DriverConnection {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    var dialect: Dialect { .sqlite }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try translatingErrors {
            let statement = try database.cachedStatement(sql: sql)
            let columns = Columns(statement.columnNames)
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: try Self.bind(arguments))
            var rows: [Row] = []
            while let row = try cursor.next() {
                rows.append(Row(columns: columns, values: row.databaseValues.map(SQLValue.init)))
            }
            return rows
        }
    }

    func each(_ sql: String, _ body: (Row) throws -> Void) throws {
        try translatingErrors {
            let statement = try database.makeStatement(sql: sql)
            let columns = Columns(statement.columnNames)
            let cursor = try GRDB.Row.fetchCursor(statement)
            while let row = try cursor.next() {
                try body(Row(columns: columns, values: row.databaseValues.map(SQLValue.init)))
            }
        }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try translatingErrors {
            let statement = try database.cachedStatement(sql: sql)
            try statement.execute(arguments: try Self.bind(arguments))
            return database.changesCount
        }
    }

    func send(_ sql: String, _ arguments: [SQLValue]) throws { _ = try execute(sql, arguments) }

    func script(_ sql: String) throws {
        try translatingErrors { try database.execute(sql: sql) }
    }

    private static func bind(_ arguments: [SQLValue]) throws -> StatementArguments {
        // As existentials: the initialiser for one type follows a key path for each value.
        try StatementArguments(
            arguments.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: return nil
                case .integer(let integer): return integer
                case .real(let real): return real
                case .text(let text): return try text.refusingNUL()
                case .blob(let bytes): return Data(bytes)
                }
            })
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        case .double(let real): self = .real(real)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob(Array(data))
        }
    }
}

/// Runs a closure and turns GRDB's errors into ours.
func translatingErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw StorageError.known(
            error.storageCode, detail: "\(error.extendedResultCode.rawValue) \(error.message ?? "")")
    }
}

extension DatabaseError {
    fileprivate var storageCode: StorageError.Code {
        switch extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: return .uniqueViolation
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return .foreignKey
        case .SQLITE_CONSTRAINT_CHECK, .SQLITE_CONSTRAINT_NOTNULL: return .checkViolation
        // A full disk is SQLITE_FULL, but for the shared memory's file.
        case .SQLITE_IOERR_SHMSIZE: return .diskFull
        default: break
        }
        switch resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_FULL: return .diskFull
        case .SQLITE_READONLY: return .readOnly
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: return .cannotOpen
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt
        case .SQLITE_IOERR: return .readOnly
        default: return .other
        }
    }
}

extension String {
    /// Refuses a NUL character: PostgreSQL would cut the text there without a word.
    func refusingNUL() throws -> String {
        if utf8.contains(0) {
            throw StorageError(.nulCharacter, "文字里含有不可见的空字符，不能保存。请删去后重新填写。")
        }
        return self
    }
}
