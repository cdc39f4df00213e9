import Storage

enum CatalogueSchema {
    static let migrations = MigrationSet(
        owner: "catalogue", tablePrefix: "catalogue_",
        migrations: [
            Migration(
                "0001-themes",
                """
                CREATE TABLE catalogue_theme_version (
                    hash TEXT NOT NULL PRIMARY KEY,
                    theme TEXT NOT NULL,
                    version TEXT NOT NULL,
                    body TEXT NOT NULL,
                    applied_at BIGINT NOT NULL
                );
                CREATE TABLE catalogue_theme (
                    theme TEXT NOT NULL PRIMARY KEY,
                    hash TEXT NOT NULL REFERENCES catalogue_theme_version (hash),
                    number BIGINT NOT NULL,
                    active BIGINT NOT NULL,
                    position BIGINT NOT NULL
                );
                CREATE UNIQUE INDEX catalogue_theme_number ON catalogue_theme (number);
                CREATE TABLE catalogue_revision (id BIGINT NOT NULL PRIMARY KEY, revision BIGINT NOT NULL)
                """),
            // It became one of the revisions that every module shares.
            Migration("0002-shared-revision", "DROP TABLE catalogue_revision"),
            // From when a change stood in the database, to tell how long it took to reach the readers.
            Migration("0003-changed-at", "ALTER TABLE catalogue_theme ADD COLUMN changed_at BIGINT"),
        ])
}
