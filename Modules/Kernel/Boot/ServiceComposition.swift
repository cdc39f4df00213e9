public import PluginKit

/// Which services the kernel is composed of, and how they are made from the foundation.
public struct ServiceComposition: Sendable {
    /// The services with their directory.
    public struct Made: Sendable {
        public var modules: [any ServiceModule] = []
        public var directory = ServiceDirectory()
        /// What the kernel itself adds for the services, such as the reloading of themes.
        public var contributions: [any Contribution] = []
        /// What is to be done before the database is closed, such as writing batched records.
        public var closers: [@Sendable () async throws -> Void] = []

        public init() {}

        /// Adds a service under its own type.
        public mutating func add<Service: ServiceModule>(_ service: Service) {
            modules.append(service)
            directory.add(service, as: Service.self)
        }
    }

    /// The services' static facts, in the order of their migrations.
    public let types: [any ServiceModule.Type]
    /// All columns of the services that hold sealed values, for the rotation of keys.
    public let encryptedColumns: [EncryptedColumn]
    /// Makes the services.
    public let make: @Sendable (KernelFoundation) async throws -> Made

    public init(
        types: [any ServiceModule.Type], encryptedColumns: [EncryptedColumn] = [],
        make: @escaping @Sendable (KernelFoundation) async throws -> Made
    ) {
        self.types = types
        self.encryptedColumns = StorageSchema.encryptedColumns + encryptedColumns
        self.make = make
    }

    /// One list of migrations over everything that is compiled in, enabled or not.
    func migrations(with plugins: [any ServicePlugin.Type]) -> [MigrationSet] {
        [StorageSchema.migrations, KernelSchema.migrations] + types.map { $0.migrations }
            + plugins.map { plugin in
                MigrationSet(
                    owner: plugin.manifest.id, tablePrefix: plugin.manifest.tablePrefix, migrations: plugin.migrations)
            }
    }
}
