public import Extension
public import Standards
import Storage

/// The outbox of the sandbox: sealed like everything that names a telephone.
struct SandboxOutbox: Sendable {
    let cipher: FieldCipher

    static let column = EncryptedColumn(table: "message_sandbox", keys: ["id"], column: "body") { row in
        context(try row.get("id"))
    }

    private static func context(_ id: String) -> String { "message_sandbox.body/\(id)" }

    private struct Body: Codable {
        let phone: String
        let template: String
        let variables: [String]
        let text: String
    }

    /// Puts a message in; one with the same key is there already and stays as it is.
    ///
    /// - Returns: its identifier.
    func put(_ message: ShortMessage, key: String, by act: Act, in transaction: Transaction) throws -> Identifier {
        if let row = try transaction.row("SELECT id FROM message_sandbox WHERE send_key = ?", key) {
            return try row.get("id")
        }
        let id = act.identifier("sandbox/\(key)")
        let body = Body(
            phone: message.phone.text, template: message.template, variables: message.variables, text: message.text)
        try transaction.execute(
            """
            INSERT INTO message_sandbox (id, send_key, sent_at, body) VALUES (?, ?, ?, ?)
            ON CONFLICT (send_key) DO NOTHING
            """, id, key, act.now, try cipher.sealDocument(body, context: Self.context(id.text), seed: act.seed))
        guard let row = try transaction.row("SELECT id FROM message_sandbox WHERE send_key = ?", key) else {
            throw MessagingError.notFound
        }
        return try row.get("id")
    }

    /// The newest messages.
    func latest(before cursor: Identifier?, limit: Int, in snapshot: Snapshot) throws -> [SandboxMessage] {
        try snapshot.rows(
            "SELECT id, send_key, sent_at, body FROM message_sandbox WHERE id < ? ORDER BY id DESC LIMIT ?",
            cursor?.text ?? "~", limit
        ).map { row in
            let id: Identifier = try row.get("id")
            let body = try cipher.openDocument(Body.self, try row.get("body"), context: Self.context(id.text))
            var message = SandboxMessage()
            message.id = id.text
            message.key = try row.get("send_key")
            message.sentAt = try row.get("sent_at")
            message.phone = body.phone
            message.template = body.template
            message.variables = body.variables
            message.text = body.text
            return message
        }
    }
}

/// A message in the sandbox's outbox.
public struct SandboxMessage: SchemaType {
    public var id = ""
    /// The key under which it was sent: the delivery's identifier.
    public var key = ""
    public var sentAt = Instant(milliseconds: 0)
    public var phone = ""
    public var template = ""
    public var variables: [String] = []
    public var text = ""

    public init() {}

    public static let schema = Schema<Self> {
        Field("id", \.id, .text(max: 26), doc: "系统编号")
        Field("key", \.key, .text(max: 64), doc: "发送键")
        Field("sent_at", \.sentAt, .instant, doc: "发送时间")
        Field("phone", \.phone, .text(max: 20), doc: "手机号码")
        Field("template", \.template, .text(max: 64), doc: "模板编号")
        Field("variables", \.variables, .list(of: .text(max: 500)), doc: "模板变量，按位置排列")
        Field("text", \.text, .text(max: 2000), doc: "短信内容")
    }
}
