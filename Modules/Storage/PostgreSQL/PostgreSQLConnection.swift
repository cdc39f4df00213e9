import CLibPQ

/// One libpq connection; the pool lends it to one thread at a time.
///
/// Statements travel in libpq's pipeline mode: what nobody waits for is only queued and goes out together with the
/// next statement whose rows are wanted, so that a transaction takes as many journeys as it has questions.
final class PostgreSQLConnection: DriverConnection {
    private let handle: OpaquePointer
    private var prepared: [String: PreparedStatement] = [:]
    /// Numbers the prepared statements; a name is never used twice, also when a preparation failed.
    private var serial = 0
    /// What was queued since the last journey, in order.
    private var queued: [Queued] = []

    private struct PreparedStatement {
        let name: String
        var columns: Columns?
    }

    /// A message whose answer is still to come.
    private enum Queued {
        case preparation(sql: String)
        case statement
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
        try script("SET client_encoding = 'UTF8'; SET synchronous_commit = on")
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
        // Several statements in one text exist only outside of pipeline mode.
        if !queued.isEmpty { PQclear(try travel()) }
        if PQpipelineStatus(handle) != PQ_PIPELINE_OFF, PQexitPipelineMode(handle) != 1 { throw lost() }
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        if let error = failure(of: result) { throw error }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try queue(sql, arguments)
        let result = try travel()
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func send(_ sql: String, _ arguments: [SQLValue]) throws {
        try queue(sql, arguments)
        // Bounded, since a server whose answers nobody reads stops reading in its turn.
        if queued.count >= 64 { PQclear(try travel()) }
    }

    /// Rolls back whatever is open; a lost connection can't, and then the server has done it already.
    func abandon() {
        if !queued.isEmpty, let result = try? travel() { PQclear(result) }
        if isUsable, isInTransaction { _ = try? execute("ROLLBACK", []) }
    }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try queue(sql, arguments)
        let result = try travel()
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
                values: (0..<fields).map { field in
                    guard PQgetisnull(result, row, field) == 0, let bytes = PQgetvalue(result, row, field) else {
                        return .null
                    }
                    let length = Int(PQgetlength(result, row, field))
                    return SQLValue(UnsafeRawBufferPointer(start: bytes, count: length), type: types[Int(field)])
                })
        }
    }

    func each(_ sql: String, _ body: (Row) throws -> Void) throws {
        // A name of its own each time: the statement that fetches is prepared, and its columns are remembered.
        serial += 1
        let cursor = "cursor_\(serial)"
        try send("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", [])
        while true {
            let rows = try query("FETCH FORWARD \(Self.fetched) FROM \(cursor)", [])
            for row in rows { try body(row) }
            if rows.count < Self.fetched { break }
        }
        try send("CLOSE \(cursor)", [])
    }

    /// How many rows a cursor gives at a time; a row may hold a quarter of a megabyte.
    private static let fetched = 64

    /// Queues one statement; its answer comes with the next journey.
    private func queue(_ sql: String, _ arguments: [SQLValue]) throws {
        // Before anything is queued, so that a refused argument leaves nothing half said.
        let encoded = try EncodedArguments(arguments)
        if PQpipelineStatus(handle) == PQ_PIPELINE_OFF, PQenterPipelineMode(handle) != 1 { throw lost() }
        let name = try prepare(sql)
        let sent = encoded.withPointers { values, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(arguments.count), values, lengths, formats, Self.binary)
        }
        guard sent == 1 else { throw lost() }
        queued.append(.statement)
    }

    private static let binary: Int32 = 1

    private func prepare(_ sql: String) throws -> String {
        if let statement = prepared[sql] { return statement.name }
        // Bounded, so that statements built at run time can't fill the server's memory.
        if prepared.count >= 512 {
            guard PQsendQueryParams(handle, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 0) == 1 else { throw lost() }
            queued.append(.statement)
            prepared.removeAll()
        }
        serial += 1
        let name = "s\(serial)"
        guard PQsendPrepare(handle, name, numberedPlaceholders(sql), 0, nil) == 1 else { throw lost() }
        queued.append(.preparation(sql: sql))
        prepared[sql] = PreparedStatement(name: name)
        return name
    }

    /// Sends what is queued and waits for all answers.
    ///
    /// - Returns: the answer to the last statement; the caller clears it.
    /// - Throws: ``StorageError`` for the first that failed; those after it were not run.
    private func travel() throws -> OpaquePointer? {
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var failure: StorageError?
        var last: OpaquePointer?
        for message in queued {
            let result = PQgetResult(handle)
            let error = self.failure(of: result)
            failure = failure ?? error
            if error != nil, case .preparation(let sql) = message { prepared[sql] = nil }
            // Each answer ends with a null.
            if result != nil { while let more = PQgetResult(handle) { PQclear(more) } }
            PQclear(last)
            last = result
        }
        queued.removeAll(keepingCapacity: true)
        // The sync itself, after which the pipeline takes statements again.
        PQclear(PQgetResult(handle))
        guard let failure else { return last }
        PQclear(last)
        throw failure
    }

    private func lost() -> StorageError {
        queued.removeAll()
        return StorageError.known(.connection, detail: String(cString: PQerrorMessage(handle)))
    }

    private func failure(of result: OpaquePointer?) -> StorageError? {
        let status = PQresultStatus(result)
        if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY { return nil }
        if status == PGRES_PIPELINE_ABORTED {
            return StorageError.known(.other, detail: "not run, since a statement before it failed")
        }
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? "08006"
        // The primary message names tables and constraints, while the detail would quote the values of the row.
        let primary = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
        return StorageError.known(
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
}
