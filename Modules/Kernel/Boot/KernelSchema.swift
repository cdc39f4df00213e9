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
                """)
        ])
}
