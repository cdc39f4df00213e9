import Storage

enum MarketSchema {
    static let migrations = MigrationSet(
        owner: "market", tablePrefix: "market_",
        migrations: [
            Migration(
                "0001-lists",
                """
                CREATE TABLE market_list (
                    division TEXT NOT NULL,
                    id TEXT NOT NULL,
                    title TEXT NOT NULL,
                    basis TEXT NOT NULL,
                    total BIGINT NOT NULL,
                    digest TEXT NOT NULL,
                    adopted_at BIGINT NOT NULL,
                    is_synthetic BIGINT NOT NULL,
                    body TEXT NOT NULL,
                    PRIMARY KEY (division, id)
                );
                CREATE UNIQUE INDEX market_list_id ON market_list (id)
                """)
        ])
}
