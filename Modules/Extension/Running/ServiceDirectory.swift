/// The services of a booted system by their type.
public struct ServiceDirectory: Sendable {
    private var entries: [ObjectIdentifier: any Sendable] = [:]

    public init() {}

    /// Adds a service.
    public mutating func add<Service: Sendable>(_ service: Service, as type: Service.Type = Service.self) {
        entries[ObjectIdentifier(type)] = service
    }

    /// Finds a service.
    ///
    /// - Throws: ``Problem`` when no such service was booted: a mistake in the composition of the program.
    public func callAsFunction<Service: Sendable>(_ type: Service.Type) throws -> Service {
        guard let service = entries[ObjectIdentifier(type)] as? Service else {
            throw Problem(500, "kernel.service_missing", "系统缺少组件", "没有启动 \(type)，请检查程序的组成。")
        }
        return service
    }
}
