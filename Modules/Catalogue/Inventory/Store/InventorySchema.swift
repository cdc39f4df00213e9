import Storage

enum InventorySchema {
    static let migrations = MigrationSet(
        owner: "inventory", tablePrefix: "inventory_",
        migrations: [
            Migration(
                "0001-items",
                """
                CREATE TABLE inventory_item (
                    division TEXT NOT NULL,
                    code TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    PRIMARY KEY (division, code)
                );
                CREATE UNIQUE INDEX inventory_item_code ON inventory_item (code);
                CREATE TABLE inventory_item_version (
                    division TEXT NOT NULL,
                    code TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    standing TEXT NOT NULL,
                    effective_from BIGINT NOT NULL,
                    effective_until BIGINT NOT NULL,
                    batch TEXT NOT NULL,
                    published_at BIGINT NOT NULL,
                    hash TEXT NOT NULL,
                    basic_code TEXT NOT NULL,
                    local_code TEXT,
                    department TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    title TEXT NOT NULL,
                    ways TEXT NOT NULL,
                    online_depth TEXT,
                    reform_mode TEXT,
                    reducible_steps BIGINT NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (division, code, version)
                );
                CREATE INDEX inventory_item_version_day
                    ON inventory_item_version (division, effective_until, department, code);
                CREATE INDEX inventory_item_version_local ON inventory_item_version (local_code, effective_until);
                CREATE INDEX inventory_item_version_basic ON inventory_item_version (basic_code, effective_until);
                CREATE TABLE inventory_batch (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    title TEXT NOT NULL,
                    state TEXT NOT NULL,
                    basis TEXT,
                    source TEXT,
                    effective_from BIGINT,
                    created_by TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    updated_at BIGINT NOT NULL,
                    digest TEXT,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX inventory_batch_id ON inventory_batch (id);
                CREATE INDEX inventory_batch_state ON inventory_batch (division, state, id);
                CREATE TABLE inventory_change (
                    batch TEXT NOT NULL,
                    code TEXT NOT NULL,
                    division TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    base BIGINT NOT NULL,
                    hash TEXT NOT NULL,
                    body TEXT NOT NULL,
                    gaps TEXT NOT NULL,
                    is_published BIGINT NOT NULL,
                    PRIMARY KEY (batch, code)
                );
                CREATE TABLE inventory_step (
                    batch TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    action TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    name TEXT NOT NULL,
                    at BIGINT NOT NULL,
                    opinion TEXT NOT NULL,
                    digest TEXT,
                    PRIMARY KEY (batch, position)
                );
                CREATE TABLE inventory_list (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    level BIGINT NOT NULL,
                    title TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    total BIGINT NOT NULL,
                    digest TEXT NOT NULL,
                    body TEXT NOT NULL,
                    signature BLOB NOT NULL,
                    certificate TEXT NOT NULL,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX inventory_list_id ON inventory_list (id);
                CREATE TABLE inventory_list_item (
                    division TEXT NOT NULL,
                    list TEXT NOT NULL,
                    code TEXT NOT NULL,
                    PRIMARY KEY (division, list, code)
                )
                """),
            // What was told is sealed, and who told it has only a code, of which the index is kept.
            Migration(
                "0002-reports",
                """
                CREATE TABLE inventory_report (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    code_digest BLOB NOT NULL,
                    state TEXT NOT NULL,
                    received_at BIGINT NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX inventory_report_id ON inventory_report (id);
                CREATE UNIQUE INDEX inventory_report_code ON inventory_report (code_digest);
                CREATE INDEX inventory_report_state ON inventory_report (division, state, id)
                """),
            // A submission asks for its items in its own division and those above: other counties cost it nothing.
            Migration(
                "0003-local-code",
                """
                DROP INDEX inventory_item_version_local;
                CREATE INDEX inventory_item_version_local
                    ON inventory_item_version (local_code, division, effective_until)
                """),
        ])
}
