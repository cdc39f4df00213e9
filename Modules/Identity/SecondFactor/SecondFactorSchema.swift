import Storage

extension IdentityService {
    static let secondFactor = Migration(
        "0005-second-factor",
        """
        CREATE TABLE identity_second_factor (
            account TEXT NOT NULL PRIMARY KEY REFERENCES identity_account (id), secret BLOB NOT NULL,
            begun_at BIGINT NOT NULL, confirmed_at BIGINT, last_step BIGINT NOT NULL);
        CREATE TABLE identity_recovery_code (
            account TEXT NOT NULL REFERENCES identity_account (id), hash BLOB NOT NULL, used_at BIGINT,
            PRIMARY KEY (account, hash));
        CREATE TABLE identity_challenge (
            hash BLOB NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES identity_account (id),
            ends_at BIGINT NOT NULL);
        CREATE INDEX identity_challenge_ends ON identity_challenge (ends_at);
        ALTER TABLE identity_session ADD COLUMN is_strong BIGINT NOT NULL DEFAULT 0
        """)
}
