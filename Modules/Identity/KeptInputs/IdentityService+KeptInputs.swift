public import Extension
import Standards
import Storage

/// What is typed and not sent stands sealed beside the account and never in the browser, because computers of a window
/// have many users. It goes with the sending of its form, or after ``lifetime``.
extension IdentityService {
    static let keptInputs = Migration(
        "0004-kept-inputs",
        """
        CREATE TABLE identity_kept_input (
            account TEXT NOT NULL REFERENCES identity_account (id), form TEXT NOT NULL, page TEXT NOT NULL,
            body BLOB NOT NULL, kept_at BIGINT NOT NULL, PRIMARY KEY (account, form));
        CREATE INDEX identity_kept_input_page ON identity_kept_input (account, page);
        CREATE INDEX identity_kept_input_age ON identity_kept_input (kept_at)
        """)

    /// How long something is kept that is never sent.
    static let keptInputLifetime = Duration.seconds(14 * 86_400)

    /// How many forms an account may have begun at a time; the oldest gives way.
    static let keptInputLimit = 60

    /// Keeps what the caller has typed so far, in the place of what was kept of the same form.
    ///
    /// - Throws: ``Problem`` for a caller without an account.
    public func keep(_ input: KeptInput, by act: Act) async throws {
        let account = try Self.account(of: act)
        if input.fields.allSatisfy({ $0.value.isEmpty }) { return try await forgetInput(of: input.form, by: act) }
        let body = try cipher.sealDocument(
            input.fields, context: SealedColumn.keptInput(account, input.form), seed: act.seed)
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO identity_kept_input (account, form, page, body, kept_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (account, form) DO UPDATE
                SET page = excluded.page, body = excluded.body, kept_at = excluded.kept_at
                """, account, input.form, input.page, body, act.now)
            try transaction.execute(
                """
                DELETE FROM identity_kept_input WHERE account = ? AND form NOT IN (
                    SELECT form FROM identity_kept_input WHERE account = ? ORDER BY kept_at DESC, form LIMIT ?)
                """, account, account, Self.keptInputLimit)
        }
    }

    /// What the caller typed on a page and did not send, by form.
    public func keptInputs(on page: String, by act: Act) async throws -> [KeptInput] {
        let account = try Self.account(of: act)
        return try await database.read { [cipher] view in
            try view.rows(
                "SELECT form, body, kept_at FROM identity_kept_input WHERE account = ? AND page = ? ORDER BY form",
                account, page
            ).map { row in
                let form: String = try row.get("form")
                var input = KeptInput(
                    page: page, form: form,
                    fields: try cipher.openDocument(
                        [KeptField].self, try row.get("body"), context: SealedColumn.keptInput(account, form)))
                input.keptAt = try row.get("kept_at")
                return input
            }
        }
    }

    /// Forgets what was typed into a form, because it was sent or is not wanted.
    public func forgetInput(of form: String, by act: Act) async throws {
        guard let account = act.actor.account else { return }
        // Most forms that are sent were never kept; these cost a look and no write.
        let isKept = try await database.read { view in
            try view.row("SELECT 1 AS one FROM identity_kept_input WHERE account = ? AND form = ?", account, form)
                != nil
        }
        guard isKept else { return }
        _ = try await database.write { transaction in
            try transaction.execute("DELETE FROM identity_kept_input WHERE account = ? AND form = ?", account, form)
        }
    }

    private static func account(of act: Act) throws -> Identifier {
        guard let account = act.actor.account else {
            throw Problem(403, "identity.no_account", "这里不能保存", "没有提交的内容只为登录的账号保存。")
        }
        return account
    }

    /// The endpoints by which a page keeps and gets back what was typed on it.
    var keptInputEndpoints: [any Contribution] {
        [
            Endpoint(.put, "me/kept-inputs", summary: "保存表单里还没有提交的内容", access: .signedIn, status: 204) {
                (input: KeptInput, call: Call) in
                try await keep(input, by: call.act)
                return Nothing()
            },
            Endpoint(.get, "me/kept-inputs", summary: "一个页面上还没有提交的内容", access: .signedIn) {
                (input: KeptInputsOfPage, call: Call) in
                KeptInputList(inputs: try await keptInputs(on: input.page, by: call.act))
            },
            Endpoint(.delete, "me/kept-inputs", summary: "不再保存一张表单里没有提交的内容", access: .signedIn, status: 204) {
                (input: KeptInputOfForm, call: Call) in
                try await forgetInput(of: input.form, by: call.act)
                return Nothing()
            },
        ]
    }
}

struct KeptInputsOfPage: SchemaType {
    var page = ""
    static let schema = Schema<Self> {
        Field("page", \.page, .text(min: 1, max: 300), doc: "页面的路径", in: .query)
    }
}

struct KeptInputOfForm: SchemaType {
    var form = ""
    static let schema = Schema<Self> {
        Field("form", \.form, .text(min: 1, max: 300), doc: "表单提交到的地址", in: .query)
    }
}

struct KeptInputList: SchemaType {
    var inputs: [KeptInput] = []
    static let schema = Schema<Self> {
        Field("inputs", \.inputs, .list(of: .object, max: 100), doc: "没有提交的内容，按表单")
    }
}
