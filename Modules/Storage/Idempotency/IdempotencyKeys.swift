public import Standards

/// Lets a client repeat a request without repeating its effect (`Idempotency-Key`).
///
/// Claim, effect and recorded answer belong into one transaction: then a request that was cut off anywhere either
/// happened with its answer or did not happen.
public struct IdempotencyKeys: Sendable {
    private let cipher: FieldCipher

    public init(cipher: FieldCipher) { self.cipher = cipher }

    /// What a claim says about a request.
    public enum Claim: Sendable, Hashable {
        /// Seen for the first time: do it, then record its answer.
        case fresh
        /// Done before: give this answer again.
        case replay(Answer)
        /// The key was used for another request: refuse.
        case mismatch
    }

    /// An answer as it was given the first time.
    public struct Answer: Sendable, Hashable {
        /// The HTTP status.
        public let status: Int
        public let body: [UInt8]
        /// The version of what the body shows, for `ETag`; nil where it has none.
        public let version: Int?

        public init(status: Int, body: [UInt8], version: Int? = nil) {
            self.status = status
            self.body = body
            self.version = version
        }
    }

    /// Claims a key for a request. A second server with the same key waits here until the first has finished.
    ///
    /// - Parameters:
    ///   - scope: who may use the key, for example the account.
    ///   - key: what the client sent.
    ///   - requestDigest: a keyed digest over method, path and body.
    ///   - instant: now.
    ///   - transaction: the transaction of the effect.
    /// - Throws: ``StorageError`` with code ``StorageError/Code/unrecordedAnswer`` when the key was claimed but its
    ///   answer never recorded.
    public func claim(
        scope: String, key: String, requestDigest: [UInt8], at instant: Instant, in transaction: Transaction
    ) throws -> Claim {
        let isFresh =
            try transaction.execute(
                """
                INSERT INTO idempotency_key (scope, key, digest, created_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (scope, key) DO NOTHING
                """, scope, key, requestDigest, instant) == 1
        if isFresh { return .fresh }
        guard
            let row = try transaction.row(
                "SELECT digest, status, body, version FROM idempotency_key WHERE scope = ? AND key = ?", scope, key)
        else { throw StorageError.known(.conflict, detail: "idempotency key expired under our hands") }
        guard try row.get("digest", as: [UInt8].self) == requestDigest else { return .mismatch }
        guard let status: Int = try row.get("status", as: Int?.self) else {
            throw StorageError(.unrecordedAnswer, "同一个请求已经受理，但没有留下答复。请先查看办理结果，不要重复提交。")
        }
        let sealed: [UInt8] = try row.get("body")
        return .replay(
            Answer(
                status: status, body: try cipher.open(sealed, context: Self.context(scope, key)),
                version: try row.get("version")))
    }

    /// Records the answer to a claimed request, sealed, since it may hold personal data.
    public func record(
        _ answer: Answer, scope: String, key: String, seed: Seed, in transaction: Transaction
    ) throws {
        let sealed = try cipher.seal(answer.body, context: Self.context(scope, key), seed: seed)
        try transaction.execute(
            "UPDATE idempotency_key SET status = ?, body = ?, version = ? WHERE scope = ? AND key = ?", answer.status,
            sealed, answer.version, scope, key)
    }

    /// Forgets keys that were claimed before an instant, a thousand at a time.
    ///
    /// - Returns: how many were forgotten.
    @discardableResult
    public static func expire(before instant: Instant, on database: any Database) async throws -> Int {
        var total = 0
        while true {
            let count = try await database.write { transaction in
                try transaction.execute(
                    """
                    DELETE FROM idempotency_key WHERE (scope, key) IN
                        (SELECT scope, key FROM idempotency_key WHERE created_at < ? ORDER BY created_at LIMIT 1000)
                    """, instant)
            }
            if count == 0 { return total }
            total += count
        }
    }

    static let encryptedBody = EncryptedColumn(
        table: "idempotency_key", keys: ["scope", "key"], column: "body"
    ) { row in
        context(try row.get("scope"), try row.get("key"))
    }

    private static func context(_ scope: String, _ key: String) -> String { "idempotency_key.body/\(scope)/\(key)" }
}
