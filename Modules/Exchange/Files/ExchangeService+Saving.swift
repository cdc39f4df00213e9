import Cryptography
import Documents
public import Extension
import Foundation
import Standards
import Storage

/// Where the files of a batch were written.
public struct ExchangeFiles: Sendable {
    public let batch: ExchangeBatch
    /// The folder, or the archive.
    public let path: String
    /// The files with their rows.
    public let rows: [(name: String, count: Int)]
}

extension ExchangeService {
    /// Writes a batch's files: into a folder, or into one archive when the path ends in `.zip`.
    ///
    /// Each file stands under its name only when it is whole; what was written by an interrupted run is replaced.
    ///
    /// - Throws: ``ExchangeError``; ``Problem`` without the right.
    public func save(
        _ number: String, to path: String, format: ExchangeFormat, by act: Act
    ) async throws -> ExchangeFiles {
        let batch = try await batch(number, by: act)
        guard batch.completedAt != nil else {
            throw ExchangeError.unfinished(batch.number, period: batch.periodText)
        }
        guard batch.isKept else { throw ExchangeError.cleared }
        let isArchive = path.lowercased().hasSuffix(".zip")
        let folder = isArchive ? "\(path).part" : path
        do {
            if isArchive { try? FileManager.default.removeItem(atPath: folder) }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw ExchangeFileWriter.unwritable(folder) }
        defer { if isArchive { try? FileManager.default.removeItem(atPath: folder) } }
        let rows: [(name: String, count: Int)]
        do { rows = try await write(batch, into: folder, format) } catch {
            removePartials(in: folder, format)
            throw error
        }
        if isArchive { try pack(rows.map(\.name) + ["batch.json"], from: folder, to: path, at: act) }
        try await database.write { [self] transaction in
            try transaction.execute(
                "UPDATE exchange_batch SET taken_at = ? WHERE number = ? AND taken_at IS NULL", act.now, number)
            try events.record(
                [ExchangeTaken(batch: number, rows: batch.rows)], to: stream(number), by: act, in: transaction)
        }
        return ExchangeFiles(batch: batch, path: path, rows: rows)
    }

    private static func partial(_ table: String, in folder: String, _ format: ExchangeFormat) -> String {
        "\(folder)/\(table).\(format.rawValue).partial"
    }

    /// Nothing half written stays, least of all on a disk that is full.
    private func removePartials(in folder: String, _ format: ExchangeFormat) {
        for table in schemas.tables {
            try? FileManager.default.removeItem(atPath: Self.partial(table.name, in: folder, format))
        }
    }

    private func write(
        _ batch: ExchangeBatch, into folder: String, _ format: ExchangeFormat
    ) async throws -> [(name: String, count: Int)] {
        var writers: [String: ExchangeFileWriter] = [:]
        var counts: [String: Int] = [:]
        func place(_ table: String) -> String { "\(folder)/\(table).\(format.rawValue)" }
        for table in schemas.tables {
            writers[table.name] = try ExchangeFileWriter(
                table, path: Self.partial(table.name, in: folder, format), format: format)
        }
        var position = 0
        while position < batch.place.entries {
            let start = position
            let entries = try await database.read { [cipher] snapshot in
                try snapshot.rows(
                    """
                    SELECT position, body FROM exchange_entry WHERE batch = ? AND position >= ?
                    ORDER BY position LIMIT 50
                    """, batch.number, start
                ).map { row in
                    let position: Int = try row.get("position")
                    return (
                        position,
                        try cipher.open(
                            try row.get("body"), context: Self.context(batch.number, position))
                    )
                }
            }
            guard let last = entries.last else { throw ExchangeError.cleared }
            for (_, body) in entries {
                for entry in try JSONParser.parse(body).array ?? [] {
                    guard let name = entry["table"]?.string, let writer = writers[name],
                        case .object(let members) = entry["values"]
                    else { continue }
                    var values = members.compactMapValues(\.string)
                    values["cd_operation"] = entry["operation"]?.string
                    values["cd_time"] = batch.begunAt.exchangeText
                    values["cd_batch"] = batch.number
                    values["data_source"] = settings.dataSource
                    try writer.write(values)
                    counts[name, default: 0] += 1
                }
            }
            position = last.0 + 1
        }
        for writer in writers.values { try writer.finish() }
        for table in schemas.tables {
            guard rename(Self.partial(table.name, in: folder, format), place(table.name)) == 0 else {
                throw ExchangeFileWriter.unwritable(place(table.name))
            }
        }
        let files = schemas.tables.map { (name: "\($0.name).\(format.rawValue)", count: counts[$0.name] ?? 0) }
        try writeManifest(of: batch, files, into: folder)
        return files
    }

    /// Says what belongs to the batch, with the digest of each file, so that the receiver can tell that all arrived.
    private func writeManifest(
        of batch: ExchangeBatch, _ files: [(name: String, count: Int)], into folder: String
    ) throws {
        let listed = try files.map { file -> JSONValue in
            [
                "name": .string(file.name), "rows": .integer(Int64(file.count)),
                "sm3": .string(try Self.digest(of: "\(folder)/\(file.name)")),
            ]
        }
        let manifest: JSONValue = [
            "batch": .string(batch.number), "from": batch.firstDay,
            "to": .string(batch.period.upperBound.text), "time": .string(batch.begunAt.exchangeText),
            "data_source": .string(settings.dataSource), "files": .array(listed),
        ]
        let path = "\(folder)/batch.json"
        do {
            try Data((manifest.canonical + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch { throw ExchangeFileWriter.unwritable(path) }
    }

    private static func digest(of path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw ExchangeFileWriter.unwritable(path) }
        var digest = SM3.Hasher()
        while let piece = try handle.read(upToCount: 1 << 18), !piece.isEmpty { digest.update(Array(piece)) }
        return Hex.encode(digest.finalize())
    }

    private func pack(_ names: [String], from folder: String, to path: String, at act: Act) throws {
        do {
            let archive = try ZipWriter(path: path)
            for name in names {
                try archive.add(name, file: "\(folder)/\(name)", time: Int(act.now.milliseconds / 1000))
            }
            try archive.finish()
        } catch let error as DocumentsError { throw ExchangeError.file(error.message) }
    }
}
