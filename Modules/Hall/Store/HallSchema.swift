import Storage

/// The tables of the halls.
enum HallSchema {
    static let migrations = MigrationSet(
        owner: HallService.id, tablePrefix: "hall_",
        migrations: [
            Migration(
                "0001-queue",
                """
                CREATE TABLE hall_rules (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    body TEXT NOT NULL,
                    changed_at BIGINT NOT NULL
                );
                CREATE TABLE hall_day (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    site TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    opened_at BIGINT NOT NULL,
                    closed_at BIGINT,
                    green_run BIGINT NOT NULL,
                    ordinary BIGINT NOT NULL,
                    booked BIGINT NOT NULL,
                    green BIGINT NOT NULL,
                    version BIGINT NOT NULL,
                    UNIQUE (site, day)
                );
                CREATE INDEX hall_day_open ON hall_day (day) WHERE closed_at IS NULL;
                CREATE TABLE hall_ticket (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    site TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    class TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    label TEXT NOT NULL,
                    business TEXT NOT NULL,
                    ground TEXT,
                    source TEXT NOT NULL,
                    person TEXT,
                    holder TEXT NOT NULL,
                    since BIGINT NOT NULL,
                    taken_at BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    window_id TEXT,
                    calls BIGINT NOT NULL,
                    called_at BIGINT,
                    last_called_at BIGINT,
                    served_at BIGINT,
                    ended_at BIGINT,
                    UNIQUE (site, day, class, number)
                );
                CREATE INDEX hall_ticket_open ON hall_ticket (site, day, state);
                CREATE INDEX hall_ticket_person ON hall_ticket (person, day) WHERE person IS NOT NULL;
                CREATE INDEX hall_ticket_called ON hall_ticket (site, day, last_called_at)
                    WHERE last_called_at IS NOT NULL;
                CREATE TABLE hall_desk (
                    division TEXT NOT NULL,
                    window_id TEXT NOT NULL PRIMARY KEY,
                    site TEXT NOT NULL,
                    account TEXT,
                    seen_at BIGINT NOT NULL,
                    ticket TEXT
                );
                CREATE INDEX hall_desk_site ON hall_desk (site)
                """),
            Migration(
                "0002-appointments",
                """
                CREATE TABLE hall_booking_day (
                    site TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    version BIGINT NOT NULL,
                    PRIMARY KEY (site, day)
                );
                CREATE TABLE hall_appointment (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL PRIMARY KEY,
                    site TEXT NOT NULL,
                    person TEXT NOT NULL,
                    business TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    slot_start BIGINT NOT NULL,
                    slot_end BIGINT NOT NULL,
                    code TEXT NOT NULL,
                    state TEXT NOT NULL,
                    booked_at BIGINT NOT NULL,
                    ticket TEXT,
                    reminded_for BIGINT,
                    UNIQUE (site, day, code)
                );
                CREATE INDEX hall_appointment_day ON hall_appointment (site, day, slot_start, id);
                CREATE INDEX hall_appointment_person ON hall_appointment (person, id);
                CREATE INDEX hall_appointment_open ON hall_appointment (day, id) WHERE state = 'booked';
                CREATE UNIQUE INDEX hall_appointment_one ON hall_appointment (person, site) WHERE state = 'booked'
                """),
        ])
}
