/// The tables of this module.
public enum StorageSchema {
    /// The migrations of Storage itself; they run before everyone else's.
    public static let migrations = MigrationSet(
        owner: "storage", tablePrefix: nil,
        migrations: [keys, journal, outbox, idempotency, blobs, search, revisions, idempotencyVersion, states])

    /// The columns of this module that hold sealed values, for ``KeyRotation``.
    public static let encryptedColumns: [EncryptedColumn] = [IdempotencyKeys.encryptedBody, BlobStore.encryptedChunk]

    private static let keys = Migration(
        "0001-keys",
        """
        CREATE TABLE data_key (
            id BIGINT NOT NULL PRIMARY KEY, wrapped BLOB NOT NULL, created_at BIGINT NOT NULL, retired_at BIGINT)
        """)

    private static let journal = Migration(
        "0002-journal",
        """
        CREATE TABLE journal (
            division TEXT NOT NULL, stream TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, type TEXT NOT NULL,
            actor TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (division, stream, seq));
        CREATE TABLE journal_head (
            division TEXT NOT NULL, stream TEXT NOT NULL, seq BIGINT NOT NULL, hash BLOB NOT NULL,
            checkpointed BIGINT NOT NULL, PRIMARY KEY (division, stream));
        CREATE INDEX journal_head_changed ON journal_head (division, stream) WHERE seq > checkpointed;
        CREATE TABLE journal_checkpoint (
            number BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, heads BIGINT NOT NULL, previous BLOB NOT NULL,
            hash BLOB NOT NULL, signature BLOB NOT NULL);
        CREATE TABLE journal_checkpoint_head (
            checkpoint BIGINT NOT NULL, position BIGINT NOT NULL, division TEXT NOT NULL, stream TEXT NOT NULL,
            seq BIGINT NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (checkpoint, position));
        CREATE INDEX journal_checkpoint_head_stream ON journal_checkpoint_head (division, stream, seq)
        """)

    private static let outbox = Migration(
        "0003-outbox",
        """
        CREATE TABLE outbox (
            id TEXT NOT NULL PRIMARY KEY, division TEXT NOT NULL, stream TEXT NOT NULL, position BIGINT NOT NULL,
            event TEXT NOT NULL, subscriber TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, state TEXT NOT NULL,
            attempts BIGINT NOT NULL, next_at BIGINT NOT NULL, lease_until BIGINT, error TEXT);
        CREATE INDEX outbox_order ON outbox (division, stream, subscriber, position);
        CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state <> 'parked'
        """)

    private static let idempotency = Migration(
        "0004-idempotency",
        """
        CREATE TABLE idempotency_key (
            scope TEXT NOT NULL, key TEXT NOT NULL, digest BLOB NOT NULL, status BIGINT, body BLOB,
            created_at BIGINT NOT NULL, PRIMARY KEY (scope, key));
        CREATE INDEX idempotency_key_age ON idempotency_key (created_at)
        """)

    private static let idempotencyVersion = Migration(
        "0008-idempotency-version", "ALTER TABLE idempotency_key ADD COLUMN version BIGINT")

    private static let blobs = Migration(
        "0005-blobs",
        """
        CREATE TABLE blob (
            division TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, size BIGINT NOT NULL, chunks BIGINT NOT NULL,
            used_at BIGINT NOT NULL, PRIMARY KEY (division, id));
        CREATE INDEX blob_age ON blob (used_at);
        CREATE TABLE blob_chunk (
            division TEXT NOT NULL, id TEXT NOT NULL, number BIGINT NOT NULL, sealed BLOB NOT NULL,
            PRIMARY KEY (division, id, number))
        """)

    /// The one capability whose tables differ: SQLite ranks with FTS5, PostgreSQL with a GIN index.
    private static let search = Migration(
        "0006-search",
        sqlite: """
            CREATE TABLE search_entry (
                entry INTEGER PRIMARY KEY, name TEXT NOT NULL, division TEXT NOT NULL, id TEXT NOT NULL);
            CREATE UNIQUE INDEX search_entry_key ON search_entry (division, name, id);
            CREATE VIRTUAL TABLE search_text USING fts5 (scope, high, normal, low, tokenize = 'unicode61')
            """,
        postgreSQL: """
            CREATE TABLE search_entry (
                name TEXT NOT NULL, division TEXT NOT NULL, id TEXT NOT NULL, tokens TSVECTOR NOT NULL,
                PRIMARY KEY (division, name, id));
            CREATE INDEX search_entry_tokens ON search_entry USING gin (tokens)
            """)

    private static let revisions = Migration(
        "0007-revisions",
        "CREATE TABLE revision (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, token TEXT NOT NULL)")

    /// Null in the events of earlier programs, which kept no digest of the state.
    private static let states = Migration("0009-journal-state", "ALTER TABLE journal ADD COLUMN state BLOB")
}
