public import Logging
public import PluginKit

extension Kernel {
    /// Boots the system of a deployment (DESIGN §4): settings, database, migrations, keys, services, plugins, registry.
    ///
    /// - Parameters:
    ///   - folder: the deployment's folder.
    ///   - plugins: every plugin that the program was composed of, enabled or not.
    ///   - composition: the services; ``ServiceComposition/standard`` but for tests.
    ///   - clock: tells what time it is.
    ///   - settings: instead of those in the folder's file; for tests.
    ///   - withoutBackup: lets the database be migrated though there is no backup of late.
    ///   - given: instead of the one that the settings name; for tests. The kernel closes it.
    ///   - logger: for what happens at the start and later.
    /// - Throws: ``KernelError`` for a folder that can't be used; ``BootFindings`` with every fault of settings and
    ///   contributions at once; ``StorageError`` when the database can't be opened or migrated.
    public static func boot(
        folder: DeploymentFolder, plugins: [any ServicePlugin.Type], composition: ServiceComposition,
        clock: any Now = SystemClock(), settings: DeploymentSettings? = nil, withoutBackup: Bool = false,
        database given: (any Database)? = nil, logger: Logger
    ) async throws -> Kernel {
        try folder.check()
        let settings = try settings ?? DeploymentSettings.load(folder)
        let areas = Set(KernelAreas.own.map(\.name) + composition.types.map { $0.id })
        let selection = PluginSelection(
            of: plugins, enabled: settings.plugins, areas: areas, capabilities: Set(composition.types.map { $0.id }))
        let sets = composition.migrations(with: plugins)
        var findings = selection.findings
        findings += try MigrationFence.violations(of: sets).map {
            Finding($0.owner, "plugin.migration_fence", "\($0)。插件只能建立和使用自己的表。")
        }
        findings += unknownSections(settings, plugins)
        // Before the database is touched: what is wrong in the program or its settings must change nothing.
        if !findings.isEmpty { throw BootFindings(findings) }

        let database = try given ?? settings.database.open(in: folder)
        do {
            let migrator = Migrator(sets)
            if !withoutBackup {
                try await BackupGate(folder: folder, settings: settings.backup, database: database)
                    .check(before: try await migrator.pending(on: database), at: clock.now())
            }
            try await migrator.run(on: database, at: clock.now()) {
                logger.info("migrated", metadata: ["step": "\($0)"])
            }
            let keyring = try await Keyring.open(
                master: try folder.masterKey(), database: database, at: clock.now(), seed: .random())
            let foundation = KernelFoundation(
                folder: folder, settings: settings, database: database, keyring: keyring, events: EventLog(),
                clock: clock, deploymentKey: try folder.deploymentKey(), logger: logger)
            return try await assemble(foundation, composition, plugins: plugins, enabled: selection.ordered)
        } catch {
            try? await database.close()
            throw error
        }
    }

    private static func unknownSections(_ settings: DeploymentSettings, _ plugins: [any ServicePlugin.Type])
        -> [Finding]
    {
        let known = plugins.map { $0.manifest.id }
        return settings.pluginSettings.keys.sorted().filter { !known.contains($0) }.map { id in
            let hint = nearest(to: id, among: known).map { "，是否想写 \($0)" } ?? ""
            return Finding("plugin.\(id)", "plugin.unknown", "没有名为 \(id) 的插件\(hint)。")
        }
    }

    private static func assemble(
        _ foundation: KernelFoundation, _ composition: ServiceComposition, plugins: [any ServicePlugin.Type],
        enabled: [any ServicePlugin.Type]
    ) async throws -> Kernel {
        let made = try await composition.make(foundation)
        var services = made.directory
        var builder = RegistryBuilder()
        builder.add(KernelContributions(foundation).all + made.contributions, owner: "kernel", isPlugin: false)
        for area in KernelAreas.all(services: composition.types, plugins: plugins) {
            builder.add(commands: area.commands, area: area.name)
        }
        for module in made.modules { builder.add(module.contributions, owner: type(of: module).id, isPlugin: false) }
        var findings: [Finding] = []
        var readers: [String: SettingsReader] = [:]
        var hosts: [PluginHost] = []
        for plugin in enabled {
            let started = PluginStart(plugin, foundation, services)
            readers[plugin.manifest.id] = started.reader
            hosts.append(started.host)
            findings += started.findings
            if let contributions = started.contributions {
                builder.add(contributions, owner: plugin.manifest.id, isPlugin: true)
            }
        }
        // Last, when everything that they read is there.
        let contributed = builder.registry.others.map(\.value)
        for module in made.modules {
            guard let reader = module as? any ContributionReader else { continue }
            let reading = reader.read(contributed)
            builder.add(reading.contributions, owner: type(of: module).id, isPlugin: false)
            findings += reading.findings
        }
        findings += builder.findings
        if !findings.isEmpty { throw BootFindings(findings) }
        let registry = builder.registry
        foundation.events.freeze(registry.subscribersByEvent)
        services.add(PluginHosts(hosts))
        services.add(
            KernelTools(
                foundation: foundation, registry: registry, plugins: plugins, enabled: enabled.map { $0.manifest.id },
                pluginSettings: readers,
                encryptedColumns: composition.encryptedColumns + plugins.flatMap { $0.encryptedColumns }))
        return Kernel(
            folder: foundation.folder, settings: foundation.settings, database: foundation.database,
            clock: foundation.clock, registry: registry, events: foundation.events, keyring: foundation.keyring,
            services: services, closers: made.closers, logger: foundation.logger)
    }
}
