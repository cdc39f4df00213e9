import ArgumentParser
import Kernel
import PluginKit

/// `yiciban status`
struct StatusCommand: KernelCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "现况：服务是否在运行、在办和逾期多少、待投递、最近的备份")

    @OptionGroup public var common: CommonOptions

    func run(in context: CommandContext) async throws {
        let tools = try context.services(KernelTools.self)
        let status = try await Status.read(tools)
        context.output.print(status.text, json: status.json)
    }
}

/// What `yiciban status` tells.
struct Status: Sendable {
    let name: String
    let now: Instant
    let servers: [ServerPresence]
    /// The gauges that people are told of: title and sum.
    let counts: [Count]
    let outbox: [String: Int]
    let backup: BackupRecord?

    struct Count: Sendable {
        let name: String
        let title: String
        let value: Int
    }

    static func read(_ tools: KernelTools) async throws -> Status {
        let foundation = tools.foundation
        let now = foundation.clock.now()
        let gauges = tools.registry.gauges
        return try await foundation.database.read { snapshot in
            let deliveries =
                try gauges.first { $0.name == "yiciban_outbox_deliveries" }?.value.read(snapshot, now) ?? []
            return Status(
                name: foundation.settings.name, now: now,
                servers: try ServerPresence.running(in: snapshot, at: now),
                counts: try gauges.compactMap { gauge in
                    guard let title = gauge.value.title else { return nil }
                    let sum = try gauge.value.read(snapshot, now).reduce(0) { $0 + $1.value }
                    return Count(name: gauge.name, title: title, value: Int(sum))
                },
                outbox: Dictionary(
                    deliveries.map { ($0.labels["state"] ?? "", Int($0.value)) }, uniquingKeysWith: { $1 }),
                backup: try BackupRecord.newest(in: snapshot))
        }
    }

    var text: String {
        var lines = ["\(name)，程序 \(Kernel.version)"]
        if servers.isEmpty { lines.append("服务：没有在运行") }
        lines += servers.map { server in
            "服务：在运行，\(server.address)，\(server.host) 进程 \(server.pid)，\(server.version)，"
                + "\(server.started.chinaTime)起（已 \(Self.age(now - server.started))）"
        }
        lines += counts.map { "\($0.title)：\($0.value)" }
        lines.append("待投递：\((outbox["waiting"] ?? 0) + (outbox["leased"] ?? 0))，搁置 \(outbox["parked"] ?? 0)")
        lines.append("最近备份：" + (backup.map { "\(Self.age(now - $0.at))前，\($0.file)" } ?? "没有"))
        return lines.joined(separator: "\n")
    }

    var json: JSONValue {
        [
            "name": .string(name), "version": .string(Kernel.version), "running": .bool(!servers.isEmpty),
            "servers": .array(
                servers.map {
                    [
                        "host": .string($0.host), "pid": .integer(Int64($0.pid)), "address": .string($0.address),
                        "version": .string($0.version), "started": .string($0.started.iso8601),
                    ]
                }),
            "counts": .object(
                Dictionary(counts.map { ($0.name, .integer(Int64($0.value))) }, uniquingKeysWith: { $1 })),
            "outbox": .object(outbox.mapValues { .integer(Int64($0)) }),
            "backup": backup.map { ["at": .string($0.at.iso8601), "file": .string($0.file)] } ?? .null,
        ]
    }

    /// A span in its largest unit.
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        for (unit, size) in [("天", 86_400), ("小时", 3_600), ("分钟", 60)] as [(String, Int64)] where seconds >= size {
            return "\(seconds / size) \(unit)"
        }
        return "\(seconds) 秒"
    }
}
