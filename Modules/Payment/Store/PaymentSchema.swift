import Storage

/// The tables of payment. Nothing in them is personal: parties, persons and accounts are identifiers.
///
/// What must hold whatever program writes is said to the database itself (decision 0042): an entry names both accounts,
/// so that the sum of all is zero; a line of an order refers to an amount of the published tariff; one attempt pays an
/// order; no more goes back than came in; two people stand behind a refund that needs two.
enum PaymentSchema {
    static let migrations = MigrationSet(
        owner: "pay", tablePrefix: "payment_",
        migrations: [
            Migration(
                "0001-orders",
                """
                CREATE TABLE payment_tariff (
                    id TEXT NOT NULL PRIMARY KEY,
                    theme TEXT NOT NULL,
                    item TEXT NOT NULL,
                    title TEXT NOT NULL,
                    basis TEXT NOT NULL,
                    fen BIGINT NOT NULL CHECK (fen > 0 AND fen <= 100000000000),
                    published_at BIGINT NOT NULL,
                    UNIQUE (id, fen)
                );
                CREATE TABLE payment_order (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    case_number TEXT NOT NULL,
                    item TEXT NOT NULL,
                    title TEXT NOT NULL,
                    party TEXT NOT NULL,
                    person TEXT NOT NULL,
                    due BIGINT NOT NULL CHECK (due > 0 AND due <= 100000000000),
                    paid BIGINT NOT NULL,
                    reserved BIGINT NOT NULL,
                    refunded BIGINT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('due', 'paid', 'refunded', 'cancelled')),
                    refund_rule BIGINT NOT NULL,
                    created_at BIGINT NOT NULL,
                    settled_at BIGINT,
                    ending TEXT,
                    attempts BIGINT NOT NULL,
                    version BIGINT NOT NULL,
                    parts TEXT NOT NULL,
                    PRIMARY KEY (division, id),
                    CHECK (paid = 0 OR paid = due),
                    CHECK ((state IN ('paid', 'refunded')) = (paid = due)),
                    CHECK (reserved >= 0 AND refunded >= 0 AND reserved + refunded <= paid),
                    CHECK ((state = 'refunded') = (refunded = due))
                );
                CREATE UNIQUE INDEX payment_order_id ON payment_order (id);
                CREATE UNIQUE INDEX payment_order_case ON payment_order (case_id, item);
                CREATE INDEX payment_order_party ON payment_order (party, id);
                CREATE INDEX payment_order_state ON payment_order (division, state, id);
                CREATE TABLE payment_line (
                    division TEXT NOT NULL,
                    order_id TEXT NOT NULL,
                    position BIGINT NOT NULL,
                    tariff TEXT NOT NULL,
                    title TEXT NOT NULL,
                    fen BIGINT NOT NULL,
                    PRIMARY KEY (order_id, position),
                    FOREIGN KEY (tariff, fen) REFERENCES payment_tariff (id, fen)
                );
                CREATE TABLE payment_attempt (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    order_id TEXT NOT NULL REFERENCES payment_order (id),
                    position BIGINT NOT NULL,
                    channel TEXT NOT NULL,
                    form TEXT NOT NULL,
                    fen BIGINT NOT NULL CHECK (fen > 0),
                    state TEXT NOT NULL CHECK (state IN ('opening', 'open', 'paid', 'surplus', 'closed')),
                    invitation TEXT,
                    opened_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL,
                    next_look BIGINT,
                    looks BIGINT NOT NULL,
                    paid_at BIGINT,
                    paid_day BIGINT,
                    gateway_number TEXT,
                    drawer TEXT,
                    trouble TEXT,
                    UNIQUE (order_id, position),
                    CHECK ((state IN ('paid', 'surplus')) = (paid_at IS NOT NULL))
                );
                CREATE UNIQUE INDEX payment_attempt_once ON payment_attempt (order_id) WHERE state = 'paid';
                CREATE UNIQUE INDEX payment_attempt_gateway ON payment_attempt (channel, gateway_number)
                    WHERE gateway_number IS NOT NULL;
                CREATE INDEX payment_attempt_look ON payment_attempt (next_look) WHERE next_look IS NOT NULL;
                CREATE INDEX payment_attempt_day ON payment_attempt (division, channel, paid_day, id)
                    WHERE paid_day IS NOT NULL;
                CREATE TABLE payment_refund (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    order_id TEXT NOT NULL REFERENCES payment_order (id),
                    attempt_id TEXT NOT NULL REFERENCES payment_attempt (id),
                    channel TEXT NOT NULL,
                    fen BIGINT NOT NULL CHECK (fen > 0),
                    ground TEXT NOT NULL,
                    state TEXT NOT NULL
                        CHECK (state IN ('waiting', 'approved', 'sent', 'done', 'declined', 'failed')),
                    asked_by TEXT,
                    asked_at BIGINT NOT NULL,
                    judged_by TEXT,
                    next_look BIGINT,
                    looks BIGINT NOT NULL,
                    done_at BIGINT,
                    done_day BIGINT,
                    trouble TEXT,
                    CHECK (judged_by IS NULL OR asked_by IS NULL OR judged_by <> asked_by)
                );
                CREATE INDEX payment_refund_order ON payment_refund (order_id);
                CREATE INDEX payment_refund_state ON payment_refund (division, state, id);
                CREATE INDEX payment_refund_look ON payment_refund (next_look) WHERE next_look IS NOT NULL;
                CREATE INDEX payment_refund_day ON payment_refund (division, channel, done_day, id)
                    WHERE done_day IS NOT NULL
                """),
            Migration(
                "0002-ledger",
                """
                CREATE TABLE payment_entry (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    order_id TEXT REFERENCES payment_order (id),
                    kind TEXT NOT NULL,
                    reference TEXT NOT NULL,
                    debit TEXT NOT NULL,
                    credit TEXT NOT NULL,
                    fen BIGINT NOT NULL CHECK (fen > 0),
                    at BIGINT NOT NULL,
                    UNIQUE (reference, kind),
                    CHECK (debit <> credit)
                );
                CREATE INDEX payment_entry_order ON payment_entry (order_id);
                CREATE INDEX payment_entry_at ON payment_entry (division, at, id);
                CREATE TABLE payment_drawer (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    account TEXT NOT NULL,
                    opened_at BIGINT NOT NULL,
                    closed_at BIGINT,
                    expected BIGINT,
                    counted BIGINT,
                    version BIGINT NOT NULL,
                    CHECK ((closed_at IS NULL) = (counted IS NULL))
                );
                CREATE UNIQUE INDEX payment_drawer_open ON payment_drawer (account) WHERE closed_at IS NULL;
                CREATE TABLE payment_case (
                    division TEXT NOT NULL,
                    case_id TEXT NOT NULL PRIMARY KEY,
                    accepted_day BIGINT NOT NULL,
                    charged BIGINT NOT NULL,
                    waived BIGINT NOT NULL,
                    paid BIGINT NOT NULL,
                    refunded BIGINT NOT NULL
                );
                CREATE INDEX payment_case_day ON payment_case (division, accepted_day)
                """),
            Migration(
                "0003-reconciling",
                """
                CREATE TABLE payment_bill_line (
                    channel TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    key TEXT NOT NULL,
                    order_id TEXT,
                    position BIGINT,
                    is_refund BIGINT NOT NULL,
                    gateway_number TEXT NOT NULL,
                    fen BIGINT NOT NULL CHECK (fen > 0),
                    PRIMARY KEY (channel, day, key)
                );
                CREATE INDEX payment_bill_line_key ON payment_bill_line (channel, key);
                CREATE INDEX payment_attempt_bill ON payment_attempt (channel, paid_day, id) WHERE paid_day IS NOT NULL;
                CREATE INDEX payment_refund_bill ON payment_refund (channel, done_day, id) WHERE done_day IS NOT NULL;
                CREATE TABLE payment_difference (
                    division TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    key TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    billed BIGINT,
                    booked BIGINT,
                    found_at BIGINT NOT NULL,
                    proposed_by TEXT,
                    closed_by TEXT,
                    closed_at BIGINT,
                    PRIMARY KEY (channel, day, key),
                    CHECK (closed_by IS NULL OR closed_by <> proposed_by)
                );
                CREATE INDEX payment_difference_open ON payment_difference (day, channel, key) WHERE closed_at IS NULL;
                CREATE TABLE payment_reconciliation (
                    division TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    lines BIGINT NOT NULL,
                    equal BIGINT NOT NULL,
                    differences BIGINT NOT NULL,
                    done_at BIGINT NOT NULL,
                    PRIMARY KEY (channel, day)
                )
                """),
        ])
}
