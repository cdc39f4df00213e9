import Cryptography
import PluginKit

/// The numbers of what the kernel itself keeps.
struct KernelGauges {
    private let foundation: KernelFoundation

    init(_ foundation: KernelFoundation) { self.foundation = foundation }

    var gauges: [any Contribution] {
        let folder = foundation.folder
        return [
            Gauge("outbox_deliveries", help: "deliveries under way by state") { snapshot, _ in
                var counts = ["waiting": 0.0, "leased": 0, "parked": 0]
                for row in try snapshot.rows("SELECT state, COUNT(*) AS n FROM outbox GROUP BY state") {
                    counts[try row.get("state")] = try row.get("n")
                }
                return counts.sorted { $0.key < $1.key }.map { .init($0.value, ["state": $0.key]) }
            },
            Gauge("outbox_oldest_seconds", help: "age of the oldest delivery that is not parked") { snapshot, now in
                let at = try snapshot.row("SELECT MIN(at) AS at FROM outbox WHERE state <> 'parked'")?
                    .get("at", as: Instant?.self)
                return [.init(at.map { max(0, Self.seconds(now - $0)) } ?? 0)]
            },
            Gauge("backup_age_seconds", help: "time since the moment of the newest backup; absent before the first") {
                snapshot, now in
                try BackupRecord.newest(in: snapshot).map { [.init(Self.seconds(now - $0.at))] } ?? []
            },
            Gauge("certificate_expiry_seconds", help: "time until the first of the certificates ends") { _, now in
                let (leaf, chain) = try folder.certificates()
                let end = ([leaf] + chain).map(\.notAfter).min() ?? 0
                return [.init(Self.seconds(Instant(milliseconds: end) - now))]
            },
            Gauge("jobs_failed", help: "jobs whose last run failed") { snapshot, _ in
                [
                    .init(
                        try snapshot.row("SELECT COUNT(*) AS n FROM kernel_job_lease WHERE error IS NOT NULL")?
                            .get("n") ?? 0)
                ]
            },
        ]
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
