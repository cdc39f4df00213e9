import PluginKit

/// The checks of what the kernel itself keeps: database, clock, outbox, jobs, journal, backup, certificates.
struct KernelHealth {
    private let foundation: KernelFoundation

    init(_ foundation: KernelFoundation) { self.foundation = foundation }

    var checks: [any Contribution] {
        let database = foundation.database
        let folder = foundation.folder
        let settings = foundation.settings.backup
        return [
            HealthCheck("database", title: "数据库") { _ in
                let found = try await DatabaseHealth.look(at: database)
                if found.problems.isEmpty { return .sound("\(found.version)，\(found.bytes >> 20) MB，完好，写入即落盘") }
                return .fault(
                    "\(found.version)：\(found.problems.joined(separator: "；"))",
                    remedy: "文件损坏的，停止服务，用最近的备份恢复；设置不对的，请数据库管理员改正。")
            },
            HealthCheck("clock", title: "时钟") { act in try await Self.clock(database, act.now) },
            HealthCheck("outbox", title: "待投递事件") { _ in try await Self.outbox(database) },
            HealthCheck("jobs", title: "定时任务") { _ in try await Self.jobs(database) },
            HealthCheck("backup", title: "备份") { act in
                let newest = try await database.read { try BackupRecord.newest(in: $0) }
                let remedy = "请执行 yiciban backup --to 备份目录 --data \(folder.path)，并设成每天定时执行。"
                guard let newest else { return .warning("还没有备份过", remedy: remedy) }
                let age = "最近一次是 \(newest.at.chinaTime)，\(newest.file)"
                return settings.isSatisfied(by: newest, at: act.now)
                    ? .sound(age) : .warning("\(age)，已超过 \(settings.maximumAge) 小时", remedy: remedy)
            },
            HealthCheck("certificates", title: "证书") { act in try folder.certificateHealth(at: act.now) },
        ]
    }

    private static func clock(_ database: any Database, _ now: Instant) async throws -> Health {
        let remedy = "请打开时间同步（例如 timedatectl set-ntp true）。期限按这个时钟计算。"
        if let difference = try await DatabaseHealth.clockDifference(database, now: now.milliseconds),
            abs(difference) > 2_000
        {
            return .fault("本机与数据库服务器的时钟相差 \(abs(difference) / 1000) 秒", remedy: remedy)
        }
        let last = try await database.read { snapshot in
            try snapshot.row("SELECT MAX(at) AS at FROM journal_checkpoint")?.get("at", as: Instant?.self)
        }
        if let last, last > now.adding(.seconds(60)) {
            return .fault("本机时间 \(now.chinaTime) 比日志里最新的检查点 \(last.chinaTime) 还早，时钟被拨回过", remedy: remedy)
        }
        return .sound("现在是 \(now.chinaTime)，没有发现偏差")
    }

    private static func outbox(_ database: any Database) async throws -> Health {
        let dispatcher = OutboxDispatcher(database)
        let parked = try await dispatcher.list(state: .parked, limit: 1_000)
        if parked.isEmpty { return .sound("没有搁置的") }
        let kinds = Set(parked.map { "\($0.event) → \($0.subscriber)" }).sorted().prefix(3).joined(separator: "、")
        return .warning(
            "有 \(parked.count)\(parked.count == 1_000 ? " 以上" : "") 条多次失败后搁置：\(kinds)",
            remedy: "请用 yiciban outbox list --parked 看原因，改正后 outbox retry，不要的 outbox drop。")
    }

    private static func jobs(_ database: any Database) async throws -> Health {
        let failed = try await database.read { snapshot in
            try snapshot.rows("SELECT name, error FROM kernel_job_lease WHERE error IS NOT NULL ORDER BY name").map {
                "\(try $0.get("name", as: String.self))（\(try $0.get("error", as: String.self))）"
            }
        }
        if failed.isEmpty { return .sound("上一次都做成了") }
        return .warning("上一次没有做成：\(failed.joined(separator: "、"))", remedy: "到时候会自动再做；一直失败的，请按括号里的原因处理。")
    }
}
