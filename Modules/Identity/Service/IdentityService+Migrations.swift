import Storage

extension IdentityService {
    static let tables = Migration(
        "0001-identity",
        """
        CREATE TABLE identity_person (
            id TEXT NOT NULL PRIMARY KEY, id_digest BLOB NOT NULL UNIQUE, mobile_digest BLOB, profile BLOB NOT NULL,
            version BIGINT NOT NULL, created_at BIGINT NOT NULL);
        CREATE INDEX identity_person_mobile ON identity_person (mobile_digest);
        CREATE TABLE identity_enterprise (
            id TEXT NOT NULL PRIMARY KEY, code_digest BLOB NOT NULL UNIQUE, profile BLOB NOT NULL,
            version BIGINT NOT NULL, created_at BIGINT NOT NULL);
        CREATE TABLE identity_mandate (
            id TEXT NOT NULL PRIMARY KEY, enterprise TEXT NOT NULL REFERENCES identity_enterprise (id),
            person TEXT NOT NULL REFERENCES identity_person (id), scope TEXT NOT NULL, valid_from BIGINT NOT NULL,
            valid_until BIGINT, revoked_at BIGINT);
        CREATE INDEX identity_mandate_person ON identity_mandate (person);
        CREATE INDEX identity_mandate_enterprise ON identity_mandate (enterprise);
        CREATE TABLE identity_account (
            id TEXT NOT NULL PRIMARY KEY, login_name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            person TEXT REFERENCES identity_person (id), staff_name BLOB, password_hash TEXT NOT NULL,
            must_change BIGINT NOT NULL, created_at BIGINT NOT NULL, disabled_at BIGINT);
        CREATE UNIQUE INDEX identity_account_person ON identity_account (person) WHERE kind = 'person';
        CREATE TABLE identity_session (
            id TEXT NOT NULL PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE,
            account TEXT NOT NULL REFERENCES identity_account (id), created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL,
            terminal TEXT NOT NULL, is_elder BIGINT NOT NULL, party TEXT, mandate TEXT, post TEXT);
        CREATE INDEX identity_session_account ON identity_session (account);
        CREATE INDEX identity_session_seen ON identity_session (seen_at);
        CREATE INDEX identity_session_mandate ON identity_session (mandate) WHERE mandate IS NOT NULL;
        CREATE TABLE identity_device (
            token_hash BLOB NOT NULL, account TEXT NOT NULL REFERENCES identity_account (id), used_at BIGINT NOT NULL,
            failures BIGINT NOT NULL, PRIMARY KEY (token_hash, account));
        CREATE INDEX identity_device_account ON identity_device (account, used_at);
        CREATE TABLE identity_attempt (
            id BLOB NOT NULL PRIMARY KEY, failures BIGINT NOT NULL, started_at BIGINT NOT NULL,
            last_at BIGINT NOT NULL);
        CREATE INDEX identity_attempt_last ON identity_attempt (last_at);
        """)

    /// Staff may work the system for somebody at a window.
    static let assistance = Migration("0002-assistance", "ALTER TABLE identity_session ADD COLUMN assisted TEXT")
}
