public import Storage

extension ESealService {
    static let schema = MigrationSet(
        owner: "eseal", tablePrefix: "eseal_",
        migrations: [
            Migration(
                "0001-eseal",
                """
                CREATE TABLE eseal_key (
                    division TEXT NOT NULL, id TEXT NOT NULL, algorithm TEXT NOT NULL, is_locked BIGINT NOT NULL,
                    created_at BIGINT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (division, id));
                CREATE TABLE eseal_certificate (
                    division TEXT NOT NULL, id TEXT NOT NULL, role TEXT NOT NULL, subject TEXT NOT NULL,
                    issuer TEXT, key TEXT, der BLOB NOT NULL, not_before BIGINT NOT NULL, not_after BIGINT NOT NULL,
                    revoked_at BIGINT, created_at BIGINT NOT NULL, PRIMARY KEY (division, id));
                CREATE INDEX eseal_certificate_role ON eseal_certificate (division, role);
                CREATE TABLE eseal_revocation_list (
                    division TEXT NOT NULL, issuer TEXT NOT NULL, number BIGINT NOT NULL, made_at BIGINT NOT NULL,
                    next_at BIGINT NOT NULL, der BLOB NOT NULL, PRIMARY KEY (division, issuer, number));
                CREATE TABLE eseal_seal (
                    division TEXT NOT NULL, id TEXT NOT NULL, agency TEXT NOT NULL, kind TEXT NOT NULL,
                    organ TEXT NOT NULL, purpose TEXT NOT NULL, shape TEXT NOT NULL, powers TEXT NOT NULL,
                    state TEXT NOT NULL, applicant TEXT NOT NULL, replaces TEXT, certificate TEXT, key TEXT,
                    identifier TEXT, seal BLOB, svg BLOB, valid_until BIGINT, ended_at BIGINT,
                    created_at BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (division, id));
                CREATE UNIQUE INDEX eseal_seal_id ON eseal_seal (id);
                CREATE UNIQUE INDEX eseal_seal_identifier ON eseal_seal (identifier) WHERE identifier IS NOT NULL;
                CREATE INDEX eseal_seal_agency ON eseal_seal (division, agency);
                CREATE TABLE eseal_use (
                    division TEXT NOT NULL, id TEXT NOT NULL, seal TEXT NOT NULL, subject TEXT NOT NULL,
                    power TEXT NOT NULL, decision TEXT NOT NULL, ofd_digest TEXT NOT NULL, pdf_digest TEXT NOT NULL,
                    used_at BIGINT NOT NULL, PRIMARY KEY (division, id));
                CREATE INDEX eseal_use_seal ON eseal_use (seal, id);
                CREATE INDEX eseal_use_pdf ON eseal_use (pdf_digest)
                """)
        ])

    /// The columns that hold secrets, for ``KeyRotation``.
    public static let encryptedColumns = [
        EncryptedColumn(table: "eseal_key", keys: ["division", "id"], column: "content") {
            SoftwareKeys.context(try $0.get("id"))
        }
    ]
}
