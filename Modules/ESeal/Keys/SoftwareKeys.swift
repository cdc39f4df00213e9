public import Cryptography
public import Extension
import Standards
public import Storage
import Synchronization

/// Keys in the database, sealed by the data keys, which the master key of mode 0600 protects; never in clear on a disk.
///
/// A key that signs certificates may have a passphrase on top: then it lies as encrypted PKCS#8 inside, and signs only
/// for who knows the passphrase.
public final class SoftwareKeys: KeyProvider {
    private let database: any Database
    private let cipher: FieldCipher
    private let division: String
    /// Opened keys, so that a thousand signatures open their key once.
    private let opened = Mutex<[Identifier: SM2.PrivateKey]>([:])

    public init(database: any Database, cipher: FieldCipher, division: String) {
        self.database = database
        self.cipher = cipher
        self.division = division
    }

    static func context(_ id: String) -> String { "eseal_key.content/\(id)" }

    public func generate(by act: Act) async throws -> (reference: Identifier, publicKey: SM2.PublicKey) {
        let key = try SM2.PrivateKey.generate()
        return (
            try await store(key, label: "eseal.key.\(Hex.encode(key.publicKey.point.suffix(8)))", by: act),
            key.publicKey
        )
    }

    public func sign(_ message: [UInt8], with reference: Identifier) async throws -> [UInt8] {
        try await key(reference, passphrase: nil).sign(message)
    }

    /// Keeps a key.
    ///
    /// - Parameters:
    ///   - passphrase: locks it on top of the sealing; nil for none.
    ///   - label: names this use of the act.
    func store(
        _ key: SM2.PrivateKey, passphrase: String? = nil, label: String, by act: Act
    ) async throws -> Identifier {
        let id = act.identifier(label)
        let plain = try passphrase.map { Array(try key.pkcs8(passphrase: $0).utf8) } ?? key.der()
        try await insert(id, algorithm: "SM2", isLocked: passphrase != nil, plain, by: act)
        return id
    }

    /// Keeps the signer of PDF files.
    func store(_ signer: DocumentSigner, by act: Act) async throws {
        try await insert(
            act.identifier("eseal.key.rsa"), algorithm: "RSA", isLocked: false, try signer.stored(), by: act)
    }

    private func insert(_ id: Identifier, algorithm: String, isLocked: Bool, _ plain: [UInt8], by act: Act) async throws
    {
        let content = try cipher.seal(plain, context: Self.context(id.text), seed: act.seed.derived("key/\(id)"))
        let division = division
        try await database.write { transaction in
            _ = try transaction.execute(
                """
                INSERT INTO eseal_key (division, id, algorithm, is_locked, created_at, content)
                VALUES (?, ?, ?, ?, ?, ?)
                """, division, id, algorithm, isLocked, act.now, content)
        }
    }

    /// A key for signing certificates and lists.
    ///
    /// - Throws: ``SealError`` with `eseal.key` when it isn't there, or the passphrase is missing or wrong.
    func key(_ reference: Identifier, passphrase: String?) async throws -> SM2.PrivateKey {
        if let known = opened.withLock({ $0[reference] }) { return known }
        let row = try await database.read {
            try $0.row("SELECT is_locked, content FROM eseal_key WHERE id = ?", reference)
        }
        guard let row else { throw SealError(.key, "找不到密钥 \(reference)。请从备份恢复数据库。") }
        let plain = try cipher.open(try row.get("content"), context: Self.context(reference.text))
        guard try row.get("is_locked", as: Bool.self) else {
            let key = try SM2.PrivateKey(der: plain)
            opened.withLock { $0[reference] = key }
            return key
        }
        guard let passphrase else { throw SealError(.key, "这个密钥有口令保护。请用 --passphrase-file 给出口令文件后再试。") }
        do {
            return try SM2.PrivateKey(pem: String(decoding: plain, as: UTF8.self), passphrase: passphrase)
        } catch {
            throw SealError(.key, "密钥的口令不对。请核对口令文件后再试。")
        }
    }

    /// The signer of PDF files; nil when none was made.
    func documentSigner() async throws -> DocumentSigner? {
        let division = division
        let row = try await database.read {
            try $0.row(
                "SELECT id, content FROM eseal_key WHERE division = ? AND algorithm = 'RSA' ORDER BY id DESC LIMIT 1",
                division)
        }
        return try row.map { row in
            try DocumentSigner(
                stored: try cipher.open(try row.get("content"), context: Self.context(try row.get("id"))))
        }
    }
}
