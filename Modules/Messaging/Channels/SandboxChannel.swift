public import Extension
public import Storage

/// The channel of sample deployments: messages go into an outbox that the operator reads, and nobody's telephone rings.
public struct SandboxChannel: MessageChannel {
    private let database: any Database
    private let outbox: SandboxOutbox

    public init(database: any Database, cipher: FieldCipher) {
        self.database = database
        outbox = SandboxOutbox(cipher: cipher)
    }

    public var name: String { "sandbox" }

    public func send(_ message: ShortMessage, key: String, by act: Act) async throws -> ChannelReceipt {
        let id = try await database.write { try outbox.put(message, key: key, by: act, in: $0) }
        return ChannelReceipt(reference: id.text, isDelivered: true)
    }
}
