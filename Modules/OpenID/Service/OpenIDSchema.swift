public import Storage

extension OpenIDService {
    static let schema = MigrationSet(
        owner: "openid", tablePrefix: "openid_",
        migrations: [
            Migration(
                "0001-openid",
                """
                CREATE TABLE openid_client (
                    id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, audience TEXT NOT NULL, scopes TEXT NOT NULL,
                    sector TEXT NOT NULL, redirects TEXT NOT NULL, logout_redirects TEXT NOT NULL, backchannel TEXT,
                    method TEXT NOT NULL, secret_hash BLOB, keys TEXT NOT NULL, algorithm TEXT NOT NULL,
                    created_at BIGINT NOT NULL, suspended_at BIGINT);
                CREATE TABLE openid_key (
                    id TEXT NOT NULL PRIMARY KEY, algorithm TEXT NOT NULL, created_at BIGINT NOT NULL,
                    signs_from BIGINT NOT NULL, retired_at BIGINT, content BLOB NOT NULL);
                CREATE TABLE openid_consent (
                    id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, client TEXT NOT NULL, scopes TEXT NOT NULL,
                    granted_at BIGINT NOT NULL, revoked_at BIGINT);
                CREATE UNIQUE INDEX openid_consent_account ON openid_consent (account, client);
                CREATE TABLE openid_grant (
                    id TEXT NOT NULL PRIMARY KEY, client TEXT NOT NULL, account TEXT NOT NULL, session TEXT NOT NULL,
                    post TEXT, redirect TEXT NOT NULL, scopes TEXT NOT NULL, nonce TEXT NOT NULL, challenge TEXT NOT NULL,
                    signed_in_at BIGINT NOT NULL, code_hash BLOB NOT NULL UNIQUE, code_ends_at BIGINT NOT NULL,
                    code_used_at BIGINT, created_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, ended_at BIGINT,
                    ended_by TEXT);
                CREATE INDEX openid_grant_session ON openid_grant (session);
                CREATE INDEX openid_grant_account ON openid_grant (account, client);
                CREATE INDEX openid_grant_ends ON openid_grant (ends_at);
                CREATE TABLE openid_token (
                    hash BLOB NOT NULL PRIMARY KEY, grant_id TEXT NOT NULL REFERENCES openid_grant (id),
                    kind TEXT NOT NULL, scopes TEXT NOT NULL, issued_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
                    used_at BIGINT);
                CREATE INDEX openid_token_grant ON openid_token (grant_id);
                CREATE INDEX openid_token_ends ON openid_token (ends_at);
                CREATE TABLE openid_assertion (hash BLOB NOT NULL PRIMARY KEY, ends_at BIGINT NOT NULL);
                CREATE INDEX openid_assertion_ends ON openid_assertion (ends_at)
                """)
        ])

    /// The columns that hold secrets, for the rotation of data keys.
    public static let encryptedColumns = [
        EncryptedColumn(table: "openid_key", keys: ["id"], column: "content") {
            SigningKeys.context(try $0.get("id"))
        }
    ]
}
