import Storage

extension IdentityService {
    static let helperTables = Migration(
        "0008-helpers",
        """
        CREATE TABLE identity_helper (
            id TEXT NOT NULL PRIMARY KEY, principal TEXT NOT NULL REFERENCES identity_person (id),
            helper TEXT NOT NULL REFERENCES identity_person (id), relation TEXT NOT NULL, basis TEXT NOT NULL,
            evidence TEXT, scope TEXT NOT NULL, valid_from BIGINT NOT NULL, valid_until BIGINT NOT NULL,
            revoked_at BIGINT);
        CREATE INDEX identity_helper_principal ON identity_helper (principal);
        CREATE INDEX identity_helper_helper ON identity_helper (helper);
        CREATE TABLE identity_helper_code (
            digest BLOB NOT NULL PRIMARY KEY, principal TEXT NOT NULL REFERENCES identity_person (id),
            relation TEXT NOT NULL, scope TEXT NOT NULL, valid_until BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX identity_helper_code_principal ON identity_helper_code (principal);
        CREATE INDEX identity_helper_code_expires ON identity_helper_code (expires_at)
        """)
}
