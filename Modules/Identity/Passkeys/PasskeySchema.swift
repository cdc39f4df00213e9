import Storage

extension IdentityService {
    static let passkeyTables = Migration(
        "0007-passkeys",
        """
        CREATE TABLE identity_passkey (
            id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES identity_account (id),
            credential BLOB NOT NULL UNIQUE, public_key BLOB NOT NULL, sign_count BIGINT NOT NULL, title TEXT NOT NULL,
            added_at BIGINT NOT NULL, used_at BIGINT);
        CREATE INDEX identity_passkey_account ON identity_passkey (account);
        CREATE TABLE identity_passkey_challenge (hash BLOB NOT NULL PRIMARY KEY, ends_at BIGINT NOT NULL);
        CREATE INDEX identity_passkey_challenge_ends ON identity_passkey_challenge (ends_at)
        """)
}
