import ArgumentParser
import PluginKit

/// The areas of services: groups stand for themselves, single commands in an area named after their service.
enum ServiceAreas {
    static func areas<M: ServiceModule>(of module: M.Type) -> [any ParsableCommand.Type] {
        let groups = module.commands.filter { !$0.configuration.subcommands.isEmpty }
        return groups + (ServiceArea<M>.single.isEmpty ? [] : [ServiceArea<M>.self])
    }
}

/// `yiciban <service> …`
struct ServiceArea<M: ServiceModule>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: M.id, abstract: single.map { $0.configuration.abstract }.joined(separator: "；"),
            subcommands: single)
    }

    static var single: [any ParsableCommand.Type] {
        M.commands.filter { $0.configuration.subcommands.isEmpty }
    }
}

/// The areas of plugins.
enum PluginAreas {
    static func area<P: ServicePlugin>(of plugin: P.Type) -> any ParsableCommand.Type { PluginArea<P>.self }
}

/// `yiciban <plugin> …`
struct PluginArea<P: ServicePlugin>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: P.manifest.id, abstract: P.manifest.title, subcommands: P.commands)
    }
}
