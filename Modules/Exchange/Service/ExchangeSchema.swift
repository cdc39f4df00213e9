import Storage

/// The tables of the exchange. What a row says is sealed; digests tell what was sent last.
enum ExchangeSchema {
    static let migrations = MigrationSet(
        owner: "exchange", tablePrefix: "exchange_",
        migrations: [
            Migration(
                "0001-batches",
                """
                CREATE TABLE exchange_batch (
                    number TEXT NOT NULL PRIMARY KEY,
                    from_day BIGINT NOT NULL,
                    to_day BIGINT NOT NULL,
                    begun_at BIGINT NOT NULL,
                    until_at BIGINT NOT NULL,
                    completed_at BIGINT,
                    cleared_at BIGINT,
                    actor TEXT NOT NULL,
                    counts TEXT NOT NULL,
                    faults BIGINT NOT NULL,
                    source BIGINT NOT NULL,
                    place TEXT NOT NULL,
                    entries BIGINT NOT NULL
                );
                CREATE TABLE exchange_entry (
                    batch TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (batch, position)
                );
                CREATE TABLE exchange_unit (
                    source TEXT NOT NULL,
                    key TEXT NOT NULL,
                    batch TEXT NOT NULL,
                    sent TEXT NOT NULL,
                    faults BIGINT NOT NULL,
                    PRIMARY KEY (source, key)
                );
                CREATE INDEX exchange_unit_faults ON exchange_unit (source, key) WHERE faults > 0;
                CREATE TABLE exchange_finding (
                    batch TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    table_name TEXT NOT NULL,
                    row_guid TEXT NOT NULL,
                    field TEXT NOT NULL,
                    code TEXT NOT NULL,
                    message TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    PRIMARY KEY (batch, position)
                )
                """),
            Migration(
                "0002-taken",
                """
                ALTER TABLE exchange_batch ADD COLUMN taken_at BIGINT;
                UPDATE exchange_batch SET taken_at = completed_at
                """),
        ])
}
