import Cryptography
public import Standards
import Synchronization

/// The data keys of a database, opened with the master key (envelope encryption, 信封加密).
///
/// Row 0 of `data_key` is the key of the blind indexes, which never rotates; the rows from 1 on seal values, the newest
/// of them new values. Another server may add a key at any time: a value sealed under a key that is not known here
/// makes the keyring read the table again, on a connection of its own, so that it works in the middle of a
/// transaction.
public final class Keyring: Sendable {
    private struct Keys {
        var ciphers: [UInt32: SM4.Cipher] = [:]
        var newest: UInt32 = 0
    }

    private let master: MasterKey
    private let database: any Database
    private let keys: Mutex<Keys>
    let index: HMACSM3.Key

    /// Opens the keys of a database and makes the first ones where there are none.
    ///
    /// - Parameters:
    ///   - master: the key that protects them.
    ///   - database: a database with the migrations of ``StorageSchema``.
    ///   - instant: when the first keys were made.
    ///   - seed: from which the first keys are made.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/keys`` when the master key is not the one that made
    ///   them.
    public static func open(
        master: MasterKey, database: any Database, at instant: Instant, seed: Seed
    ) async throws -> Keyring {
        let rows = try await database.write { transaction in
            if try transaction.row("SELECT id FROM data_key WHERE id = 1") == nil {
                for id in [Int64(0), 1] { try add(id, master: master, at: instant, seed: seed, in: transaction) }
            }
            return try transaction.rows(allKeys)
        }
        return try Keyring(master: master, database: database, rows: rows)
    }

    private init(master: MasterKey, database: any Database, rows: [Row]) throws {
        self.master = master
        self.database = database
        guard let first = try rows.first(where: { try $0.get("id", as: Int64.self) == 0 }) else {
            throw StorageError(.keys, "数据库里没有索引密钥，数据查不出来。请停止服务，用最近的备份恢复。")
        }
        let key = try master.unwrap(try first.get("wrapped"), id: 0)
        index = HMACSM3.Key(key.derived(label: "yiciban.storage.blind"))
        keys = Mutex(try Self.decode(rows, master: master))
    }

    /// Seals and opens values with these keys.
    public var cipher: FieldCipher { FieldCipher(keyring: self) }

    /// The number of the key that seals new values.
    public var newest: UInt32 { keys.withLock(\.newest) }

    /// Learns the keys that other servers have added since; every server does so once a minute.
    public func refresh() async throws {
        let rows = try await database.read { try $0.rows(Self.allKeys) }
        try adopt(rows)
    }

    /// Makes a new key that seals all new values from now on.
    ///
    /// - Returns: its number.
    func rotate(at instant: Instant, seed: Seed) async throws -> UInt32 {
        let master = self.master
        let rows = try await database.write { transaction in
            let last = try transaction.row("SELECT MAX(id) AS id FROM data_key")?.get("id", as: Int64.self) ?? 0
            try Self.add(last + 1, master: master, at: instant, seed: seed, in: transaction)
            return try transaction.rows(Self.allKeys)
        }
        try adopt(rows)
        return newest
    }

    func sealing() throws -> (id: UInt32, cipher: SM4.Cipher) {
        try keys.withLock { keys in
            guard let cipher = keys.ciphers[keys.newest] else { throw Self.unknown(keys.newest) }
            return (keys.newest, cipher)
        }
    }

    func opening(_ id: UInt32) throws -> SM4.Cipher {
        if let cipher = keys.withLock({ $0.ciphers[id] }) { return cipher }
        try adopt(try database.readApart { try $0.rows(Self.allKeys) })
        guard let cipher = keys.withLock({ $0.ciphers[id] }) else { throw Self.unknown(id) }
        return cipher
    }

    private static let allKeys = "SELECT id, wrapped FROM data_key"

    private static func add(
        _ id: Int64, master: MasterKey, at instant: Instant, seed: Seed, in transaction: Transaction
    ) throws {
        let wrapped = try master.wrap(seed.bytes("data_key/\(id)", count: SymmetricKey.length), id: id, seed: seed)
        try transaction.execute(
            "INSERT INTO data_key (id, wrapped, created_at) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
            id, wrapped, instant)
    }

    private func adopt(_ rows: [Row]) throws {
        let decoded = try Self.decode(rows, master: master)
        // Keys are only ever added, so the larger set is the newer one whichever thread read it first.
        keys.withLock { if decoded.newest >= $0.newest { $0 = decoded } }
    }

    private static func decode(_ rows: [Row], master: MasterKey) throws -> Keys {
        var keys = Keys()
        for row in rows {
            let id: Int64 = try row.get("id")
            guard id > 0, let number = UInt32(exactly: id) else { continue }
            keys.ciphers[number] = SM4.Cipher(try master.unwrap(try row.get("wrapped"), id: id))
            keys.newest = max(keys.newest, number)
        }
        return keys
    }

    private static func unknown(_ id: UInt32) -> StorageError {
        StorageError(.keys, "数据所用的密钥 \(id) 不在密钥表里，打不开。请停止服务，用最近的备份恢复。", detail: "key \(id)")
    }
}
