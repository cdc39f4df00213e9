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
        try await commitEither(to: database, status: status) { .answer(try effect($0)) }
    }

    /// As ``commit(to:status:_:)``, for an effect that may be kept and refuse all the same; a repeated call gets that
    /// first refusal again.
    public func commitEither<Output: SchemaType>(
        to database: any Database, status: Int = 200,
        _ effect: @escaping @Sendable (Transaction) throws -> Committed<Output>
    ) async throws -> Output {
        let (act, idempotency) = (act, idempotency)
        let committed = try await database.write { transaction in
            try idempotency?.claim(by: act, in: transaction)
            let committed = try effect(transaction)
            try idempotency?.record(committed, status: status, by: act, in: transaction)
            return committed
        }
        switch committed {
        case .answer(let output): return output
        case .refusal(let problem): throw problem
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

    /// Claims the key, or ends the call with the first answer.
    func claim(by act: Act, in transaction: Transaction) throws {
        switch try keys.claim(scope: scope, key: key, requestDigest: requestDigest, at: act.now, in: transaction) {
        case .fresh: break
        case .replay(let answer):
            if answer.status >= 400 { throw try Problem(status: answer.status, recorded: answer.body) }
            throw IdempotentReplay(answer: answer)
        case .mismatch:
            throw Problem(
                422, "idempotency.key_reused", "幂等键已用于另一请求",
                "这个 Idempotency-Key 已经用于内容不同的请求。请换一个新的键再提交。")
        }
    }

    /// Records what a repeated call is to be given.
    func record<Output: SchemaType>(
        _ committed: Committed<Output>, status: Int, by act: Act, in transaction: Transaction
    ) throws {
        let answer =
            switch committed {
            case .answer(let output):
                IdempotencyKeys.Answer(
                    status: status, body: output.json, version: (output as? any Versioned)?.version)
            case .refusal(let problem): IdempotencyKeys.Answer(status: problem.status, body: problem.recorded)
            }
        try keys.record(answer, scope: scope, key: key, seed: act.seed, in: transaction)
    }
}

/// The answer that the same call was given before.
public struct IdempotentReplay: Error {
    public let answer: IdempotencyKeys.Answer
}
