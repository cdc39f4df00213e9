import PluginKit

/// The plugin's tables.
enum CrossRegionSchema {
    static let migrations = [
        Migration("0001-registers", registers), Migration("0002-cases", cases), Migration("0003-wire", wire),
    ]

    private static let registers = """
        CREATE TABLE cross_region_item (
            id TEXT NOT NULL PRIMARY KEY,
            scope TEXT NOT NULL,
            code TEXT NOT NULL,
            title TEXT NOT NULL,
            department TEXT NOT NULL,
            place TEXT NOT NULL,
            starts_on BIGINT NOT NULL,
            ends_on BIGINT,
            end_reason TEXT NOT NULL
        );
        CREATE INDEX cross_region_item_scope ON cross_region_item (scope, code, id);
        CREATE TABLE cross_region_partner (
            code TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            scope TEXT NOT NULL,
            address TEXT NOT NULL,
            signing TEXT NOT NULL,
            reading TEXT NOT NULL,
            starts_on BIGINT NOT NULL,
            ends_on BIGINT,
            end_reason TEXT NOT NULL,
            lowest BIGINT NOT NULL,
            highest BIGINT NOT NULL,
            heard_at BIGINT
        );
        CREATE TABLE cross_region_agreement (
            id TEXT NOT NULL PRIMARY KEY,
            partner TEXT NOT NULL,
            number TEXT NOT NULL,
            mode TEXT NOT NULL,
            decider TEXT NOT NULL,
            items TEXT NOT NULL,
            basis TEXT NOT NULL,
            starts_on BIGINT NOT NULL,
            ends_on BIGINT,
            end_reason TEXT NOT NULL
        );
        CREATE UNIQUE INDEX cross_region_agreement_number ON cross_region_agreement (partner, number);
        CREATE TABLE cross_region_key (
            id TEXT NOT NULL PRIMARY KEY,
            secret BLOB NOT NULL,
            signing TEXT NOT NULL,
            reading TEXT NOT NULL,
            created_at BIGINT NOT NULL
        )
        """

    private static let cases = """
        CREATE TABLE cross_region_case (
            id TEXT NOT NULL PRIMARY KEY,
            division TEXT NOT NULL,
            bundle TEXT NOT NULL,
            side TEXT NOT NULL,
            partner TEXT NOT NULL,
            agreement TEXT NOT NULL,
            item TEXT NOT NULL,
            title TEXT NOT NULL,
            mode TEXT NOT NULL,
            scope TEXT NOT NULL,
            days BIGINT NOT NULL,
            agency TEXT NOT NULL,
            state TEXT NOT NULL,
            person TEXT NOT NULL,
            document BLOB NOT NULL,
            filed_at BIGINT NOT NULL,
            due_on BIGINT,
            decided_at BIGINT,
            visits BIGINT NOT NULL,
            version BIGINT NOT NULL
        );
        CREATE INDEX cross_region_case_desk ON cross_region_case (side, division, id);
        CREATE INDEX cross_region_case_inbox ON cross_region_case (side, agency, id);
        CREATE INDEX cross_region_case_person ON cross_region_case (person, id);
        CREATE INDEX cross_region_case_bundle ON cross_region_case (bundle, id);
        CREATE TABLE cross_region_figure (
            scope TEXT NOT NULL,
            day BIGINT NOT NULL,
            cases BIGINT NOT NULL,
            visits BIGINT NOT NULL,
            PRIMARY KEY (scope, day)
        );
        CREATE TABLE cross_region_paper (
            case_id TEXT NOT NULL,
            slot TEXT NOT NULL,
            part BIGINT NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (case_id, slot, part)
        )
        """

    private static let wire = """
        CREATE TABLE cross_region_line (
            partner TEXT NOT NULL,
            case_id TEXT NOT NULL,
            next_in BIGINT NOT NULL,
            next_out BIGINT NOT NULL,
            PRIMARY KEY (partner, case_id)
        );
        CREATE TABLE cross_region_message (
            direction TEXT NOT NULL,
            partner TEXT NOT NULL,
            id TEXT NOT NULL,
            case_id TEXT NOT NULL,
            number BIGINT NOT NULL,
            kind TEXT NOT NULL,
            digest TEXT NOT NULL,
            state TEXT NOT NULL,
            code TEXT NOT NULL,
            body BLOB,
            receipt TEXT NOT NULL,
            tries BIGINT NOT NULL,
            made_at BIGINT NOT NULL,
            settled_at BIGINT,
            PRIMARY KEY (direction, partner, id)
        );
        CREATE UNIQUE INDEX cross_region_message_line
            ON cross_region_message (partner, case_id, direction, number);
        CREATE INDEX cross_region_message_open ON cross_region_message (state, made_at);
        CREATE TABLE cross_region_incident (
            partner TEXT NOT NULL,
            code TEXT NOT NULL,
            day BIGINT NOT NULL,
            times BIGINT NOT NULL,
            detail TEXT NOT NULL,
            last_at BIGINT NOT NULL,
            PRIMARY KEY (partner, code, day)
        )
        """
}
