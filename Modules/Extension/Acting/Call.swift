public import Storage

/// One call of an endpoint: the act and what HTTP adds to it.
public struct Call: Sendable {
    /// Who, when, with which randomness.
    public let act: Act
    /// The caller's `Idempotency-Key` with the digest of the request, if one was sent.
    public let idempotency: IdempotencyRequest?
    /// The version that `If-Match` demands, if any.
    public let expectedVersion: Int?

    public init(act: Act, idempotency: IdempotencyRequest? = nil, expectedVersion: Int? = nil) {
        self.act = act
        self.idempotency = idempotency
        self.expectedVersion = expectedVersion
    }

    public var actor: Actor { act.actor }

    /// Runs the effect of a call in one transaction together with the record of its idempotency key.
    ///
    /// A call that comes again with the same key gets the first answer; the effect happens once.
    ///
    /// - Throws: ``IdempotentReplay`` when this call was answered before; ``Problem`` 422 when the key was used for
    ///   another request.
    public func commit<Output: SchemaType>(
        to database: any Database, status: Int = 200,
        _ effect: @escaping @Sendable (Transaction) throws -> Output
    ) async throws -> Output {
        guard let idempotency else { return try await database.write(effect) }
        let act = act
        return try await database.write { transaction in
            switch try idempotency.keys.claim(
                scope: idempotency.scope, key: idempotency.key, requestDigest: idempotency.requestDigest,
                at: act.now, in: transaction)
            {
            case .fresh: break
            case .replay(let status, let body): throw IdempotentReplay(status: status, body: body)
            case .mismatch:
                throw Problem(
                    422, "idempotency.key_reused", "幂等键已用于另一请求",
                    "这个 Idempotency-Key 已经用于内容不同的请求。请换一个新的键再提交。")
            }
            let output = try effect(transaction)
            try idempotency.keys.record(
                status: status, body: output.json, scope: idempotency.scope, key: idempotency.key, seed: act.seed,
                in: transaction)
            return output
        }
    }
}

/// A caller's idempotency key and what it was used for.
public struct IdempotencyRequest: Sendable {
    public let keys: IdempotencyKeys
    /// Whose key it is: keys of different accounts never meet.
    public let scope: String
    public let key: String
    /// The digest of method, path and body.
    public let requestDigest: [UInt8]

    public init(keys: IdempotencyKeys, scope: String, key: String, requestDigest: [UInt8]) {
        self.keys = keys
        self.scope = scope
        self.key = key
        self.requestDigest = requestDigest
    }
}

/// The answer that the same call was given before.
public struct IdempotentReplay: Error {
    public let status: Int
    public let body: [UInt8]
}
