import Logging
public import PluginKit

/// Looks at a deployment from the ground up: what is needed to begin at all, then what every module contributes.
///
/// A stage that fails ends the examination, since the next would only repeat its complaint. Nothing is migrated.
public struct Doctor: Sendable {
    private let folder: DeploymentFolder
    private let plugins: [any ServicePlugin.Type]
    private let composition: ServiceComposition
    private let clock: any Now

    public init(
        _ folder: DeploymentFolder, plugins: [any ServicePlugin.Type], composition: ServiceComposition,
        clock: any Now = SystemClock()
    ) {
        self.folder = folder
        self.plugins = plugins
        self.composition = composition
        self.clock = clock
    }

    /// Everything that was looked at, in order.
    public func examine() async -> [Examination] {
        var found = [
            await Examination("folder", "目录") {
                try folder.check()
                return .sound("\(folder.path) 可以写，密钥只有所有者能读")
            }
        ]
        if found[0].health.level == .fault { return found }
        found.append(await Examination("disk", "磁盘") { try folder.diskHealth() })
        var read: DeploymentSettings?
        found.append(
            await Examination("settings", "设置") {
                read = try DeploymentSettings.load(folder)
                return .sound("settings.yaml 没有问题")
            })
        guard let settings = read else { return found }
        found.append(await Examination("keys", "密钥") { try folder.keyHealth() })
        if folder.isSample {
            found.append(await Examination("sample", "示例账号") { folder.sampleHealth(settings.http) })
        }
        found.append(await Examination("port", "端口") { PortProbe(settings.http).health })
        if found.contains(where: { $0.name == "keys" && $0.health.level == .fault }) { return found }
        var pending: [Migrator.Step]?
        found.append(
            await Examination("schema", "数据库结构") {
                let steps = try await pendingSteps()
                pending = steps
                if steps.isEmpty { return .sound("与程序 \(Kernel.version) 相符") }
                return .warning(
                    "要随程序升级 \(steps.count) 步：\(steps.map(\.description).joined(separator: "、"))，其余各项等升级后再查",
                    remedy: "先执行 yiciban backup --to 备份目录 --data \(folder.path)，再启动服务。")
            })
        if pending?.isEmpty == true { found += await contributed(settings) }
        return found
    }

    private func pendingSteps() async throws -> [Migrator.Step] {
        let deployment = try UnstartedDeployment.open(folder, plugins: plugins, composition: composition)
        do {
            let steps = try await deployment.migrator.pending(on: deployment.database)
            try await deployment.close()
            return steps
        } catch {
            try? await deployment.close()
            throw error
        }
    }

    private func contributed(_ settings: DeploymentSettings) async -> [Examination] {
        let kernel: Kernel
        do {
            kernel = try await Kernel.boot(
                folder: folder, plugins: plugins, composition: composition, clock: clock, settings: settings,
                logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() })
        } catch {
            return [await Examination("boot", "启动") { throw error }]
        }
        var found = [Examination("boot", "启动", .sound("服务、插件和主题都能启动"))]
        let act = Act(actor: .system("doctor", terminal: .commandLine), now: clock.now())
        for check in kernel.registry.healthChecks {
            found.append(await Examination(check.name, check.value.title) { try await check.value.look(act) })
        }
        try? await kernel.close()
        return found
    }
}
