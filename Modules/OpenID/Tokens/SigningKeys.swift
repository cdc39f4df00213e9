import Cryptography
import Extension
import Standards
import Storage
import Synchronization

/// A key pair that signs tokens just now.
struct SigningKey: Sendable {
    /// Its name (`kid`).
    let id: String
    let privateKey: JOSE.PrivateKey

    var algorithm: JOSE.Algorithm { privateKey.publicKey.algorithm }
}

/// The keys that sign tokens: sealed in the database like those of the seals, changed on schedule.
///
/// A new key is published a day before it signs, and stays published a day after the next one took over, so that whoever
/// keeps our keys for up to a day never meets a signature that it can't check.
final class SigningKeys: Sendable {
    /// How long a key is known before it signs, and after it has signed.
    static let overlap: Duration = .seconds(24 * 3600)

    private let database: any Database
    private let cipher: FieldCipher
    private let lifetime: Duration
    private let opened = Mutex<[String: JOSE.PrivateKey]>([:])

    init(database: any Database, cipher: FieldCipher, lifetime: Duration) {
        self.database = database
        self.cipher = cipher
        self.lifetime = lifetime
    }

    static func context(_ id: String) -> String { "openid_key.content/\(id)" }

    /// The key that signs now; made when there is none yet.
    func signing(_ algorithm: JOSE.Algorithm, by act: Act) async throws -> SigningKey {
        if let key = try await current(algorithm, at: act.now) { return key }
        try await rotate(by: act)
        guard let key = try await current(algorithm, at: act.now) else {
            throw OpenIDError(.keys, 503, "暂时不能登录其他系统", "签名密钥没有准备好，请稍后再试。")
        }
        return key
    }

    /// All keys by which a token of ours may be checked now.
    func published(at now: Instant) async throws -> [JSONWebKey] {
        let rows = try await database.read { try $0.rows("SELECT id, content FROM openid_key ORDER BY created_at, id") }
        return try rows.map { JSONWebKey(try self.key($0).publicKey) }
    }

    /// Makes what is missing or due, retires what was followed, forgets what nobody needs any more.
    ///
    /// - Parameter isForced: makes new keys that sign at once, when one may have leaked; the old ones end at once too.
    func rotate(isForced: Bool = false, by act: Act) async throws {
        for algorithm in JOSE.Algorithm.allCases {
            let rows = try await database.read { view in
                try view.rows(
                    "SELECT id, created_at FROM openid_key WHERE algorithm = ? AND retired_at IS NULL",
                    algorithm.rawValue)
            }
            let newest = try rows.map { try $0.get("created_at", as: Instant.self) }.max {
                $0.milliseconds < $1.milliseconds
            }
            let isDue = newest.map { $0.adding(lifetime) <= act.now } ?? true
            if isDue || isForced {
                let key = try JOSE.PrivateKey.generate(algorithm)
                let id = JSONWebKey(key.publicKey).id
                let content = try cipher.seal(
                    try key.der(), context: Self.context(id), seed: act.seed.derived("openid.key/\(id)"))
                let signsFrom = newest == nil || isForced ? act.now : act.now.adding(Self.overlap)
                try await database.write { transaction in
                    if isForced {
                        try transaction.execute("DELETE FROM openid_key WHERE algorithm = ?", algorithm.rawValue)
                    }
                    try transaction.execute(
                        """
                        INSERT INTO openid_key (id, algorithm, created_at, signs_from, retired_at, content)
                        VALUES (?, ?, ?, ?, NULL, ?)
                        """, id, algorithm.rawValue, act.now, signsFrom, content)
                }
            }
            try await database.write { transaction in
                try transaction.execute(
                    """
                    UPDATE openid_key SET retired_at = ? WHERE algorithm = ? AND retired_at IS NULL AND signs_from < (
                        SELECT MAX(signs_from) FROM openid_key WHERE algorithm = ? AND signs_from <= ?)
                    """, act.now, algorithm.rawValue, algorithm.rawValue, act.now)
                try transaction.execute(
                    "DELETE FROM openid_key WHERE retired_at <= ?", act.now.adding(.zero - Self.overlap))
            }
        }
    }

    private func current(_ algorithm: JOSE.Algorithm, at now: Instant) async throws -> SigningKey? {
        let row = try await database.read { view in
            try view.row(
                """
                SELECT id, content FROM openid_key WHERE algorithm = ? AND retired_at IS NULL AND signs_from <= ?
                ORDER BY signs_from DESC, id DESC LIMIT 1
                """, algorithm.rawValue, now)
        }
        return try row.map { SigningKey(id: try $0.get("id"), privateKey: try key($0)) }
    }

    private func key(_ row: Row) throws -> JOSE.PrivateKey {
        let id: String = try row.get("id")
        if let known = opened.withLock({ $0[id] }) { return known }
        let key = try JOSE.PrivateKey(der: try cipher.open(try row.get("content"), context: Self.context(id)))
        opened.withLock { $0[id] = key }
        return key
    }
}
