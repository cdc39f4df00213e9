import CLibPQ

/// One libpq connection; the pool lends it to one thread at a time.
final class PostgreSQLConnection: DriverConnection {
    private let handle: OpaquePointer
    private var prepared: [String: PreparedStatement] = [:]

    private struct PreparedStatement {
        let name: String
        var columns: Columns?
    }

    init(_ conninfo: String) throws {
        guard let handle = PQconnectdb(conninfo) else {
            throw StorageError.known(.connection, detail: "out of memory")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let detail = String(cString: PQerrorMessage(handle))
            PQfinish(handle)
            throw StorageError.known(.connection, detail: detail)
        }
        // Only now: once every property has its value, a throwing init runs deinit, which would free the handle again.
        self.handle = handle
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        try script("SET client_encoding = 'UTF8'; SET bytea_output = 'hex'; SET synchronous_commit = on")
    }

    deinit { PQfinish(handle) }

    var dialect: Dialect { .postgreSQL }

    /// Whether the connection can still be used.
    var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

    /// Whether a transaction is open, failed or not.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Whether a statement failed in the open transaction, so that a commit would silently roll back.
    var hasFailed: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }

    func script(_ sql: String) throws {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result)
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        let result = try run(sql, arguments)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        let result = try run(sql, arguments)
        defer { PQclear(result) }
        let fields = PQnfields(result)
        guard fields > 0 else { return [] }
        let columns: Columns
        if let known = prepared[sql]?.columns {
            columns = known
        } else {
            columns = Columns((0..<fields).map { String(cString: PQfname(result, $0)) })
            prepared[sql]?.columns = columns
        }
        let types = (0..<fields).map { PQftype(result, $0) }
        return (0..<PQntuples(result)).map { row in
            Row(
                columns: columns,
                values: (0..<fields).map { field in Self.value(result, row, field, type: types[Int(field)]) })
        }
    }

    private func run(_ sql: String, _ arguments: [SQLValue]) throws -> OpaquePointer? {
        let name = try prepare(sql)
        let encoded = try EncodedArguments(arguments)
        let result = encoded.withPointers { values, lengths, formats in
            PQexecPrepared(handle, name, Int32(arguments.count), values, lengths, formats, 0)
        }
        do {
            try check(result)
        } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    private func prepare(_ sql: String) throws -> String {
        if let statement = prepared[sql] { return statement.name }
        // Bounded, so that statements built at run time can't fill the server's memory.
        if prepared.count >= 512 {
            try script("DEALLOCATE ALL")
            prepared.removeAll()
        }
        let name = "s\(prepared.count)"
        let result = PQprepare(handle, name, numberedPlaceholders(sql), 0, nil)
        defer { PQclear(result) }
        try check(result)
        prepared[sql] = PreparedStatement(name: name)
        return name
    }

    private func check(_ result: OpaquePointer?) throws {
        let status = PQresultStatus(result)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY { return }
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? "08006"
        // The primary message names tables and constraints, while the detail would quote the values of the row.
        let primary = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
        throw StorageError.known(
            Self.code(sqlState: state), detail: "\(state) \(primary ?? String(cString: PQerrorMessage(handle)))")
    }

    private static func code(sqlState: String) -> StorageError.Code {
        switch sqlState {
        case "23505": .uniqueViolation
        case "23503": .foreignKey
        case "23514", "23502": .checkViolation
        case "40001", "40P01": .conflict
        case "55P03", "57014": .busy
        case "53100": .diskFull
        case "25006": .readOnly
        case let state where state.hasPrefix("08") || state.hasPrefix("57P"): .connection
        default: .other
        }
    }

    private static func value(_ result: OpaquePointer?, _ row: Int32, _ field: Int32, type: Oid) -> SQLValue {
        guard PQgetisnull(result, row, field) == 0, let bytes = PQgetvalue(result, row, field) else { return .null }
        let length = Int(PQgetlength(result, row, field))
        let raw = UnsafeRawBufferPointer(start: bytes, count: length)
        switch type {
        case 16: return .integer(bytes.pointee == CChar(UInt8(ascii: "t")) ? 1 : 0)
        case 20, 21, 23, 26: return .integer(Int64(String(decoding: raw, as: UTF8.self)) ?? 0)
        case 700, 701, 1700: return .real(Double(String(decoding: raw, as: UTF8.self)) ?? 0)
        case 17: return .blob(Self.unhex(raw.dropFirst(2)))
        default: return .text(String(decoding: raw, as: UTF8.self))
        }
    }

    private static func unhex(_ digits: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        func nibble(_ digit: UInt8) -> UInt8 { digit < 58 ? digit - 48 : digit - 87 }
        return [UInt8](unsafeUninitializedCapacity: digits.count / 2) { buffer, count in
            var index = digits.startIndex
            while index < digits.endIndex {
                buffer[count] = nibble(digits[index]) << 4 | nibble(digits[index + 1])
                count += 1
                index += 2
            }
        }
    }
}
