import Storage

/// The tables of casework. A case's content is one sealed document; the columns beside it hold nothing personal and
/// serve the lists.
enum CaseworkSchema {
    static let migrations = MigrationSet(
        owner: "casework", tablePrefix: "case_",
        migrations: [
            Migration(
                "0001-cases",
                """
                CREATE TABLE case_file (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    number TEXT,
                    theme TEXT NOT NULL,
                    state TEXT NOT NULL,
                    version BIGINT NOT NULL,
                    party TEXT NOT NULL,
                    accept_by BIGINT,
                    due BIGINT,
                    submitted_at BIGINT,
                    updated_at BIGINT NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX case_file_id ON case_file (id);
                CREATE UNIQUE INDEX case_file_number ON case_file (division, number);
                CREATE INDEX case_file_party ON case_file (party, id);
                CREATE INDEX case_file_acceptance ON case_file (division, state, accept_by, id);
                CREATE TABLE case_task (
                    division TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    item TEXT NOT NULL,
                    agency TEXT NOT NULL,
                    state TEXT NOT NULL,
                    due BIGINT,
                    number TEXT NOT NULL,
                    theme TEXT NOT NULL,
                    PRIMARY KEY (division, case_id, item)
                );
                CREATE INDEX case_task_worklist ON case_task (agency, state, due, case_id, item);
                CREATE TABLE case_involved (
                    person TEXT NOT NULL,
                    division TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    role TEXT NOT NULL,
                    PRIMARY KEY (person, case_id, role)
                );
                CREATE TABLE case_serial (
                    division TEXT NOT NULL,
                    theme TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    last BIGINT NOT NULL,
                    PRIMARY KEY (division, theme, day)
                );
                CREATE TABLE case_duplicate (
                    division TEXT NOT NULL,
                    digest BLOB NOT NULL,
                    case_id TEXT NOT NULL,
                    PRIMARY KEY (division, digest)
                );
                CREATE INDEX case_duplicate_case ON case_duplicate (division, case_id)
                """),
            Migration(
                "0002-calendar",
                """
                CREATE TABLE case_calendar_year (
                    year BIGINT NOT NULL PRIMARY KEY,
                    body TEXT NOT NULL,
                    imported_at BIGINT NOT NULL
                );
                CREATE TABLE case_calendar_version (id BIGINT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)
                """),
            // It became one of the revisions that every module shares.
            Migration("0003-shared-revision", "DROP TABLE case_calendar_version"),
            // Items of cases that wait at the window stand in a list of their own, in the same index by state and day;
            // and a number is found without its division, as a department's own system gives it.
            Migration(
                "0004-reviews",
                """
                UPDATE case_task SET state = 'submitted', due = (
                        SELECT f.accept_by FROM case_file f
                        WHERE f.division = case_task.division AND f.id = case_task.case_id)
                    WHERE state = 'waiting' AND EXISTS (
                        SELECT 1 FROM case_file f
                        WHERE f.division = case_task.division AND f.id = case_task.case_id AND f.state = 'submitted');
                UPDATE case_task SET state = 'correction'
                    WHERE state = 'waiting' AND EXISTS (
                        SELECT 1 FROM case_file f
                        WHERE f.division = case_task.division AND f.id = case_task.case_id AND f.state = 'correction');
                DROP INDEX case_file_number;
                CREATE UNIQUE INDEX case_file_number ON case_file (number, division)
                """),
            // A party who acted for an enterprise has to do with the case only while acting for it.
            Migration(
                "0005-consents",
                """
                ALTER TABLE case_involved ADD COLUMN party TEXT;
                CREATE TABLE case_consent_request (
                    digest BLOB NOT NULL,
                    case_id TEXT NOT NULL,
                    role TEXT NOT NULL,
                    division TEXT NOT NULL,
                    PRIMARY KEY (digest, case_id, role)
                );
                CREATE INDEX case_consent_request_case ON case_consent_request (division, case_id)
                """),
            // Without those that the queue's index holds, so that a submission does not pay for it.
            Migration(
                "0006-supervision",
                """
                CREATE INDEX case_file_supervision ON case_file (division, state, COALESCE(due, accept_by, 0), id)
                WHERE state NOT IN ('draft', 'submitted')
                """),
            // What a paper says is sealed; its number stands beside, so that no number can be given twice.
            Migration(
                "0007-papers",
                """
                CREATE TABLE case_paper (
                    division TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    id TEXT NOT NULL,
                    agency TEXT NOT NULL,
                    word TEXT NOT NULL,
                    year BIGINT NOT NULL,
                    serial BIGINT NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (division, case_id, id)
                );
                CREATE UNIQUE INDEX case_paper_number ON case_paper (agency, word, year, serial);
                CREATE TABLE case_paper_serial (
                    agency TEXT NOT NULL,
                    word TEXT NOT NULL,
                    year BIGINT NOT NULL,
                    last BIGINT NOT NULL,
                    PRIMARY KEY (agency, word, year)
                )
                """),
            // Figures that would cost more than a page if they were counted on the way.
            Migration(
                "0008-figures",
                """
                CREATE TABLE case_figure (
                    division TEXT NOT NULL,
                    month BIGINT NOT NULL,
                    agency TEXT NOT NULL,
                    item TEXT NOT NULL,
                    theme TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    submitted BIGINT NOT NULL,
                    accepted BIGINT NOT NULL,
                    granted BIGINT NOT NULL,
                    refused BIGINT NOT NULL,
                    overdue BIGINT NOT NULL,
                    working_days BIGINT NOT NULL,
                    corrections BIGINT NOT NULL,
                    visits BIGINT NOT NULL,
                    PRIMARY KEY (division, month, agency, item, theme, channel)
                )
                """),
            // What is to be told when a day comes, and the results that wait for their applicant; nothing personal.
            Migration(
                "0010-reminders",
                """
                CREATE TABLE case_reminder (
                    division TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    round BIGINT NOT NULL,
                    remind_on BIGINT NOT NULL,
                    reminded_at BIGINT,
                    PRIMARY KEY (division, case_id, kind, round)
                );
                CREATE INDEX case_reminder_due ON case_reminder (remind_on) WHERE reminded_at IS NULL;
                CREATE TABLE case_delivery (
                    division TEXT NOT NULL,
                    case_id TEXT NOT NULL,
                    way TEXT NOT NULL,
                    state TEXT NOT NULL,
                    number TEXT NOT NULL,
                    theme TEXT NOT NULL,
                    ready_at BIGINT NOT NULL,
                    PRIMARY KEY (division, case_id)
                );
                CREATE INDEX case_delivery_list ON case_delivery (division, way, state, ready_at, case_id)
                    WHERE state IN ('ready', 'posted')
                """),
            Migration(
                "0011-figures-of-cases",
                """
                ALTER TABLE case_figure ADD COLUMN cases BIGINT;
                ALTER TABLE case_figure ADD COLUMN case_corrections BIGINT;
                ALTER TABLE case_figure ADD COLUMN case_visits BIGINT
                """),
        ])
}
