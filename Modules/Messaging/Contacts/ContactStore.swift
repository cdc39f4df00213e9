import Extension
import Storage

/// Keeps how persons want to be reached, sealed.
struct ContactStore: Sendable {
    let cipher: FieldCipher
    let state: RowState

    static let column = EncryptedColumn(table: "message_contact", keys: ["person"], column: "body") {
        context(try $0.get("person"))
    }

    private static func context(_ person: String) -> String { "message_contact.body/\(person)" }

    init(cipher: FieldCipher) {
        self.cipher = cipher
        state = RowState(
            kind: "message-contact", title: "联系方式偏好", table: "message_contact", key: "person",
            columns: ["person", "version", "updated_at", "body"], sealed: [Self.column],
            begins: [MessageContactChanged.name], cipher: cipher)
    }

    /// What was recorded of a person; the default when nothing was.
    func preference(of person: Identifier, in snapshot: Snapshot) throws -> ContactPreference {
        guard let row = try snapshot.row("SELECT version, body FROM message_contact WHERE person = ?", person) else {
            return ContactPreference()
        }
        var preference = try cipher.openDocument(
            ContactPreference.self, try row.get("body"), context: Self.context(person.text))
        preference.version = try row.get("version")
        return preference
    }

    /// Records it.
    ///
    /// - Parameter expected: the version that was seen; nil to overwrite whatever is there.
    /// - Returns: the digest of the row; nil when another version is there.
    func save(
        _ preference: ContactPreference, of person: Identifier, expected: Int?, by act: Act, in transaction: Transaction
    ) throws -> [UInt8]? {
        let body = try cipher.sealDocument(preference, context: Self.context(person.text), seed: act.seed)
        return try transaction.row(
            """
            INSERT INTO message_contact (person, version, updated_at, body) VALUES (?, 1, ?, ?)
            ON CONFLICT (person) DO UPDATE SET version = message_contact.version + 1, updated_at = excluded.updated_at,
                body = excluded.body
            WHERE CAST(? AS BIGINT) IS NULL OR message_contact.version = ? \(state.returning)
            """, person, act.now, body, expected, expected ?? 0
        ).map { try state.digest(of: $0) }
    }
}
