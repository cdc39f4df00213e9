import Cryptography
import Foundation
public import Standards

/// What a backup says of itself at its beginning (`header.json`).
public struct BackupHeader: Codable, Sendable, Hashable {
    /// What this program writes and reads.
    public static let currentFormat = "yiciban-backup/1"

    public var format = currentFormat
    /// The version of the program that made it.
    public let program: String
    /// Milliseconds since 1970, UTC.
    public let madeAt: Int64
    /// The deployment's name and division.
    public let deployment: String
    public let division: String
    /// Which database it was made from: `sqlite` or `postgresql`; it can be restored into either.
    public let database: String
    /// The migrations that had run.
    public let migrations: [AppliedMigration]
    public let tables: [SchemaTable]

    /// A migration with the checksum of its text.
    public struct AppliedMigration: Codable, Sendable, Hashable {
        public let owner: String
        public let id: String
        public let checksum: String
    }

    /// When it was made.
    public var instant: Instant { Instant(milliseconds: madeAt) }

    var steps: [Migrator.Step: String] {
        Dictionary(
            migrations.map { (Migrator.Step(owner: $0.owner, id: $0.id), $0.checksum) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// What a backup says of itself at its end (`manifest.json`, signed in `manifest.sig`); without it, it is not whole.
public struct BackupManifest: Codable, Sendable, Hashable {
    /// One file in the archive.
    public struct Part: Codable, Sendable, Hashable {
        public let path: String
        /// In bytes.
        public let size: Int
        /// SM3 in hexadecimal.
        public let sm3: String
    }

    /// How far the journal was.
    public struct JournalState: Codable, Sendable, Hashable {
        /// How many events.
        public let entries: Int
        /// How many chains.
        public let streams: Int
        /// SM3 over the heads of all chains in hexadecimal.
        public let heads: String
        /// The number and hash of the newest signed checkpoint; nil before the first.
        public let checkpoint: Int64?
        public let checkpointHash: String?
    }

    /// All files before the manifest, in order.
    public let parts: [Part]
    /// How many rows each table has.
    public let rows: [String: Int]
    public let journal: JournalState
}

/// The names of what lies in a backup.
enum BackupPath {
    static let guide = "README.txt"
    static let header = "header.json"
    static let manifest = "manifest.json"
    static let signature = "manifest.sig"
    /// Before the deployment's own files.
    static let folder = "folder/"

    /// The name of a piece of a table.
    static func table(_ position: Int, _ name: String, piece: Int) -> String {
        let number = String(position + 1)
        let count = String(piece)
        return "tables/\(String(repeating: "0", count: max(0, 3 - number.count)))\(number)-\(name)/"
            + "\(String(repeating: "0", count: max(0, 6 - count.count)))\(count)"
    }

    /// Which of the tables a piece belongs to; nil when it is none.
    static func table(of path: String) -> Int? {
        guard path.hasPrefix("tables/"), let number = Int(path.dropFirst(7).prefix { $0 != "-" }), number > 0 else {
            return nil
        }
        return number - 1
    }
}

enum BackupCoding {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
