import Storage

extension IdentityService {
    static let phoneCode = Migration(
        "0006-phone-code",
        """
        CREATE TABLE identity_phone_code (
            hash BLOB NOT NULL PRIMARY KEY, phone BLOB NOT NULL, code BLOB NOT NULL, failures BIGINT NOT NULL,
            ends_at BIGINT NOT NULL, proven_at BIGINT);
        CREATE INDEX identity_phone_code_ends ON identity_phone_code (ends_at)
        """)
}
