import Storage

extension OrganisationService {
    static let tables = Migration(
        "0001-organisation",
        """
        CREATE TABLE organisation_state (id TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL);
        INSERT INTO organisation_state (id, version) VALUES ('current', 0);
        CREATE TABLE organisation_division (
            code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, parent TEXT, level TEXT NOT NULL,
            is_national BIGINT NOT NULL);
        CREATE TABLE organisation_agency (
            id TEXT NOT NULL PRIMARY KEY, layout_key TEXT UNIQUE, credit_code TEXT, department TEXT NOT NULL,
            division TEXT NOT NULL REFERENCES organisation_division (code), parent TEXT,
            valid_from BIGINT NOT NULL, valid_until BIGINT);
        CREATE TABLE organisation_agency_name (
            agency TEXT NOT NULL REFERENCES organisation_agency (id), valid_from BIGINT NOT NULL, valid_until BIGINT,
            name TEXT NOT NULL, PRIMARY KEY (agency, valid_from));
        CREATE TABLE organisation_succession (
            predecessor TEXT NOT NULL, successor TEXT NOT NULL, day BIGINT NOT NULL, kind TEXT NOT NULL,
            PRIMARY KEY (predecessor, successor));
        CREATE TABLE organisation_site (
            id TEXT NOT NULL PRIMARY KEY, layout_key TEXT NOT NULL UNIQUE,
            division TEXT NOT NULL REFERENCES organisation_division (code), level TEXT NOT NULL, place TEXT NOT NULL);
        CREATE TABLE organisation_window (
            id TEXT NOT NULL PRIMARY KEY, layout_key TEXT NOT NULL UNIQUE,
            site TEXT NOT NULL REFERENCES organisation_site (id), name TEXT NOT NULL);
        CREATE TABLE organisation_role (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, permissions TEXT NOT NULL);
        CREATE TABLE organisation_post (
            id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL,
            agency TEXT NOT NULL REFERENCES organisation_agency (id), division TEXT NOT NULL, site TEXT,
            roles TEXT NOT NULL, valid_from BIGINT NOT NULL, valid_until BIGINT);
        CREATE INDEX organisation_post_account ON organisation_post (account);
        """)

    /// When and where a site is open.
    static let siteHours = Migration(
        "0003-site-hours",
        """
        ALTER TABLE organisation_site ADD COLUMN hours TEXT NOT NULL DEFAULT '';
        ALTER TABLE organisation_site ADD COLUMN address TEXT NOT NULL DEFAULT '';
        ALTER TABLE organisation_site ADD COLUMN phone TEXT NOT NULL DEFAULT ''
        """)

    /// Which windows are comprehensive; empty where nobody has said.
    static let windowKind = Migration(
        "0004-window-kind", "ALTER TABLE organisation_window ADD COLUMN kind TEXT NOT NULL DEFAULT ''")

    /// The version number became one of the revisions that every module shares.
    static let sharedRevision = Migration("0002-shared-revision", "DROP TABLE organisation_state")
}
