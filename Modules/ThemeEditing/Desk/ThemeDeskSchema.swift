import Storage

enum ThemeDeskSchema {
    static let migrations = MigrationSet(
        owner: "themes", tablePrefix: "theme_",
        migrations: [
            Migration(
                "0001-drafts",
                """
                CREATE TABLE theme_draft (
                    theme TEXT NOT NULL PRIMARY KEY,
                    id TEXT NOT NULL,
                    revision BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    base TEXT NOT NULL,
                    authors TEXT NOT NULL,
                    opinion TEXT NOT NULL,
                    changed_by TEXT NOT NULL,
                    changed_at BIGINT NOT NULL
                );
                CREATE TABLE theme_draft_revision (
                    theme TEXT NOT NULL,
                    revision BIGINT NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (theme, revision)
                );
                CREATE TABLE theme_publication (
                    theme TEXT NOT NULL,
                    number BIGINT NOT NULL,
                    version TEXT NOT NULL,
                    hash TEXT NOT NULL,
                    body TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    name TEXT NOT NULL,
                    at BIGINT NOT NULL,
                    opinion TEXT NOT NULL,
                    PRIMARY KEY (theme, number)
                )
                """)
        ])
}
