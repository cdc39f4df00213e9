public import Extension
import Storage

extension MessagingService {
    /// What the sandbox has sent, newest first; each look is recorded.
    ///
    /// - Throws: ``MessagingError`` `no_channel` where short messages go to telephones.
    public func sandboxMessages(
        before cursor: String? = nil, limit: Int = 20, by act: Act
    ) async throws -> CursorPage<SandboxMessage> {
        guard act.actor.holds(Self.manage) else { throw MessagingError.forbidden }
        guard settings.sms.channel == .sandbox else {
            throw MessagingError(
                .noChannel, status: 404, "没有演练发件箱", "短信渠道不是 sandbox，短信没有留在这里。渠道在 settings.yaml 的 messaging.sms.channel。"
            )
        }
        let before = try cursor.map { try Identifier($0) }
        let found = try await database.read { try sandbox.latest(before: before, limit: limit + 1, in: $0) }
        if !found.isEmpty {
            try await lookUps.note(
                MessageSandboxViewed(count: min(found.count, limit)),
                stream: StreamID(division: division, kind: "message-lookup", id: division), by: act)
        }
        return CursorPage(found, limit: limit, cursor: \.id)
    }
}
