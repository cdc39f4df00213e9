public import Storage

extension LicenceService {
    static let schema = MigrationSet(
        owner: "licences", tablePrefix: nil,
        migrations: [
            Migration(
                "0001-licence",
                """
                CREATE TABLE licence (
                    division TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, identifier TEXT, agency TEXT,
                    case_id TEXT, item_id TEXT, origin TEXT NOT NULL, status TEXT NOT NULL, version BIGINT NOT NULL,
                    created_at BIGINT NOT NULL, content BLOB NOT NULL, file BLOB, original TEXT,
                    PRIMARY KEY (division, id));
                CREATE UNIQUE INDEX licence_id ON licence (id);
                CREATE UNIQUE INDEX licence_identifier ON licence (identifier) WHERE identifier IS NOT NULL;
                CREATE INDEX licence_case ON licence (case_id) WHERE case_id IS NOT NULL;
                CREATE INDEX licence_original ON licence (division, original) WHERE original IS NOT NULL;
                CREATE TABLE licence_party (
                    party TEXT NOT NULL, licence TEXT NOT NULL, role TEXT NOT NULL, type TEXT NOT NULL,
                    status TEXT NOT NULL, valid_until BIGINT, PRIMARY KEY (party, licence, role));
                CREATE INDEX licence_party_held ON licence_party (party, type)
                    WHERE role = 'holder' AND status = 'valid';
                CREATE INDEX licence_party_licence ON licence_party (licence)
                """),
            Migration(
                "0002-document",
                """
                CREATE TABLE licence_document (
                    division TEXT NOT NULL, licence TEXT NOT NULL, seal TEXT NOT NULL, sealed_at BIGINT NOT NULL,
                    ofd BLOB NOT NULL, pdf BLOB NOT NULL, PRIMARY KEY (licence))
                """),
            Migration(
                "0003-life",
                """
                ALTER TABLE licence ADD COLUMN reason TEXT;
                ALTER TABLE licence ADD COLUMN number_digest BLOB;
                CREATE INDEX licence_number ON licence (number_digest) WHERE number_digest IS NOT NULL;
                CREATE INDEX licence_agency ON licence (agency, id) WHERE agency IS NOT NULL;
                CREATE TABLE licence_standing (
                    division TEXT NOT NULL, licence TEXT NOT NULL, status TEXT NOT NULL, reason TEXT,
                    basis TEXT NOT NULL, version BIGINT NOT NULL, since BIGINT NOT NULL, reference TEXT NOT NULL,
                    PRIMARY KEY (licence));
                CREATE INDEX licence_standing_reference ON licence_standing (reference);
                CREATE INDEX licence_standing_since ON licence_standing (since);
                CREATE INDEX licence_party_ends ON licence_party (valid_until)
                    WHERE role = 'holder' AND status = 'valid' AND valid_until IS NOT NULL
                """),
            PresentationStore.migration, QualityStore.migration,
        ])

    /// The columns that hold personal data, for ``KeyRotation``.
    public static let encryptedColumns = [
        EncryptedColumn(table: "licence", keys: ["division", "id"], column: "content") {
            LicenceRegister.context(try $0.get("id"), "content")
        },
        EncryptedColumn(table: "licence", keys: ["division", "id"], column: "file") {
            LicenceRegister.context(try $0.get("id"), "file")
        },
        EncryptedColumn(table: "licence_document", keys: ["licence"], column: "ofd") {
            LicenceDocuments.context(try $0.get("licence"), .ofd)
        },
        EncryptedColumn(table: "licence_document", keys: ["licence"], column: "pdf") {
            LicenceDocuments.context(try $0.get("licence"), .pdf)
        },
        PresentationStore.encrypted,
    ]

    /// The columns that refer to files, for the clean-up of blobs.
    public static let blobReferences = [BlobReference(table: "licence", column: "original")]
}
