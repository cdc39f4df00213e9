import PluginKit

/// The kernel's own tables.
enum KernelSchema {
    static let migrations = MigrationSet(
        owner: "kernel", tablePrefix: nil,
        migrations: [
            Migration(
                "0001-job-lease",
                """
                CREATE TABLE kernel_job_lease (
                    name TEXT NOT NULL PRIMARY KEY,
                    next_at BIGINT NOT NULL,
                    holder TEXT NOT NULL,
                    lease_until BIGINT NOT NULL,
                    last_at BIGINT,
                    error TEXT
                );
                """),
            Migration(
                "0002-server",
                """
                CREATE TABLE kernel_server (
                    id TEXT NOT NULL PRIMARY KEY,
                    host TEXT NOT NULL,
                    pid BIGINT NOT NULL,
                    address TEXT NOT NULL,
                    version TEXT NOT NULL,
                    started_at BIGINT NOT NULL,
                    seen_at BIGINT NOT NULL
                )
                """),
        ])
}
