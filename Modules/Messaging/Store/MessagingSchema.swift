import Storage

/// The tables of messaging. What a notice says, and to which telephone or address it goes, is sealed; the columns
/// beside it hold nothing personal and serve the lists.
enum MessagingSchema {
    static let migrations = MigrationSet(
        owner: "messaging", tablePrefix: "message_",
        migrations: [
            Migration(
                "0001-notices",
                """
                CREATE TABLE message_notice (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    weight TEXT NOT NULL,
                    party TEXT NOT NULL,
                    person TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    occasion TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    read_at BIGINT,
                    body BLOB NOT NULL,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX message_notice_id ON message_notice (id);
                CREATE UNIQUE INDEX message_notice_occasion ON message_notice (kind, party, subject, occasion);
                CREATE INDEX message_notice_inbox ON message_notice (party, id) WHERE weight <> 'instant';
                CREATE INDEX message_notice_unread ON message_notice (party)
                    WHERE read_at IS NULL AND weight <> 'instant';
                CREATE INDEX message_notice_subject ON message_notice (subject, id);
                CREATE TABLE message_delivery (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    notice TEXT NOT NULL,
                    route TEXT NOT NULL,
                    state TEXT NOT NULL,
                    due_at BIGINT NOT NULL,
                    attempts BIGINT NOT NULL,
                    lease_until BIGINT NOT NULL,
                    attempted_at BIGINT,
                    phone_digest BLOB,
                    reason TEXT,
                    reference TEXT,
                    number TEXT,
                    paper TEXT,
                    created_at BIGINT NOT NULL,
                    updated_at BIGINT NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX message_delivery_id ON message_delivery (id);
                CREATE INDEX message_delivery_notice ON message_delivery (notice, id);
                CREATE INDEX message_delivery_due ON message_delivery (due_at)
                    WHERE state IN ('waiting', 'sending');
                CREATE INDEX message_delivery_list ON message_delivery (division, state, id)
                    WHERE state IN ('to-print', 'posted', 'undelivered', 'failed', 'waiting', 'sending');
                CREATE INDEX message_delivery_failed ON message_delivery (updated_at) WHERE state = 'failed';
                CREATE INDEX message_delivery_phone ON message_delivery (phone_digest, attempted_at)
                    WHERE phone_digest IS NOT NULL;
                CREATE INDEX message_delivery_paper ON message_delivery (paper) WHERE paper IS NOT NULL;
                CREATE TABLE message_contact (
                    person TEXT NOT NULL PRIMARY KEY,
                    version BIGINT NOT NULL,
                    updated_at BIGINT NOT NULL,
                    body BLOB NOT NULL
                );
                CREATE TABLE message_serial (
                    division TEXT NOT NULL,
                    year BIGINT NOT NULL,
                    last BIGINT NOT NULL,
                    PRIMARY KEY (division, year)
                );
                CREATE TABLE message_sandbox (
                    id TEXT NOT NULL PRIMARY KEY,
                    send_key TEXT NOT NULL,
                    sent_at BIGINT NOT NULL,
                    body BLOB NOT NULL
                );
                CREATE UNIQUE INDEX message_sandbox_key ON message_sandbox (send_key)
                """)
        ])
}
