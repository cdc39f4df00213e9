import Storage

enum NormSchema {
    static let migrations = MigrationSet(
        owner: "norms", tablePrefix: "norms_",
        migrations: [
            Migration(
                "0001-norms",
                """
                CREATE TABLE norms_norm (
                    id TEXT NOT NULL PRIMARY KEY,
                    number TEXT NOT NULL,
                    title TEXT NOT NULL,
                    level TEXT NOT NULL,
                    theme TEXT NOT NULL,
                    effective_from BIGINT NOT NULL,
                    withdrawn_on BIGINT,
                    replaced_by TEXT NOT NULL
                );
                CREATE UNIQUE INDEX norms_norm_number ON norms_norm (number);
                CREATE TABLE norms_adoption (
                    division TEXT NOT NULL,
                    norm TEXT NOT NULL,
                    id TEXT NOT NULL,
                    state TEXT NOT NULL,
                    day BIGINT NOT NULL,
                    note TEXT NOT NULL,
                    PRIMARY KEY (division, norm)
                );
                CREATE UNIQUE INDEX norms_adoption_id ON norms_adoption (id);
                CREATE INDEX norms_adoption_norm ON norms_adoption (norm, division)
                """)
        ])
}
