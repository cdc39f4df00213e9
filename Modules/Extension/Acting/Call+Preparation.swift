public import Storage

extension Call {
    /// Makes ready what the effect of a call needs, in a view of its own before the transaction.
    ///
    /// Where writes run one after the other, that keeps everything out of them that other calls need not wait for. The
    /// effect checks that what was made ready still stands, and else makes it ready itself.
    ///
    /// - Returns: nil where the effect had better make everything ready itself: where writes don't wait for each other,
    ///   and where it failed but the call is perhaps one that was answered before and is owed that answer.
    /// - Throws: what `body` throws.
    public func prepare<Value: Sendable>(
        from database: any Database, _ body: @escaping @Sendable (Snapshot) throws -> Value
    ) async throws -> Value? {
        guard database.hasOneWriter else { return nil }
        do {
            return try await database.read(body)
        } catch  where idempotency != nil {
            return nil
        }
    }
}
