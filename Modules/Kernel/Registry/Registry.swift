public import PluginKit

/// Everything that services, plugins and bundles contributed, checked and frozen.
public struct Registry: Sendable {
    /// A contribution and whose it is.
    public struct Owned<Value: Sendable>: Sendable {
        /// The service's or plugin's ID.
        public let owner: String
        /// Whether a plugin owns it, so that its paths and names stand below the owner's ID.
        public let isPlugin: Bool
        public let value: Value

        public init(owner: String, isPlugin: Bool, value: Value) {
            self.owner = owner
            self.isPlugin = isPlugin
            self.value = value
        }
    }

    public let endpoints: [Owned<Endpoint>]
    public let pages: [Owned<Page>]
    public let jobs: [Owned<Job>]
    public let observers: [Owned<On>]
    public let deliveries: [Owned<Deliver>]
    public let permissions: [Owned<Permission>]
    /// Contributions of kinds that the kernel does not run itself; services take what is theirs.
    public let others: [Owned<any Contribution>]

    public init(
        endpoints: [Owned<Endpoint>], pages: [Owned<Page>], jobs: [Owned<Job>], observers: [Owned<On>],
        deliveries: [Owned<Deliver>], permissions: [Owned<Permission>], others: [Owned<any Contribution>] = []
    ) {
        self.endpoints = endpoints
        self.pages = pages
        self.jobs = jobs
        self.observers = observers
        self.deliveries = deliveries
        self.permissions = permissions
        self.others = others
    }
}

extension Registry.Owned where Value == any Contribution {
    func of<Kind: Contribution>(_ kind: Kind.Type) -> Registry.Owned<Kind>? {
        (value as? Kind).map { Registry.Owned<Kind>(owner: owner, isPlugin: isPlugin, value: $0) }
    }
}

extension Registry.Owned where Value == Endpoint {
    /// The full path below `/api/v1`: a plugin's endpoints stand below its ID.
    public var path: String { isPlugin ? "\(owner)/\(value.path)" : value.path }
}

extension Registry.Owned where Value == Page {
    /// The full path of the page: a plugin's pages stand below its ID.
    public var path: String { isPlugin ? "\(owner)/\(value.path)" : value.path }
}

extension Registry.Owned where Value == Job {
    /// The job's full name, prefixed with its owner's ID.
    public var name: String { "\(owner).\(value.name)" }
}

extension Registry.Owned where Value == On {
    /// The subscriber's full name, under which the outbox delivers to it.
    public var subscriber: String { "\(owner).\(value.name)" }
}

extension Registry.Owned where Value == Deliver {
    /// The subscriber's full name, under which the outbox delivers to it.
    public var subscriber: String { "\(owner).\(value.name)" }
}

extension Registry.Owned where Value == HealthCheck {
    /// The check's full name: a plugin's stands below its ID.
    public var name: String { isPlugin ? "\(owner).\(value.name)" : value.name }
}

extension Registry.Owned where Value == Gauge {
    /// The full name in the exposition: a plugin's carries its ID.
    public var name: String {
        isPlugin ? "yiciban_\(owner.replacing("-", with: "_"))_\(value.name)" : "yiciban_\(value.name)"
    }
}

extension Registry {
    /// What `yiciban doctor` looks at once the system has booted.
    public var healthChecks: [Owned<HealthCheck>] { others.compactMap { $0.of(HealthCheck.self) } }

    /// The numbers of `/metrics` and `yiciban status`.
    public var gauges: [Owned<Gauge>] { others.compactMap { $0.of(Gauge.self) } }

    /// The operations of standardised protocols; only services bring them, since they stand outside all prefixes.
    public var protocolEndpoints: [Owned<ProtocolEndpoint>] {
        others.compactMap { $0.of(ProtocolEndpoint.self) }.filter { !$0.isPlugin }
    }

    /// What `yiciban audit verify` compares.
    public var stateChecks: [StateCheck] { others.compactMap { $0.value as? StateCheck } }
    /// What `yiciban audit verify` looks at besides.
    public var contentChecks: [ContentCheck] { others.compactMap { $0.value as? ContentCheck } }

    /// Who listens to which event, for ``EventLog/freeze(_:)``.
    public var subscribersByEvent: [String: [EventLog.Listener]] {
        var subscribers: [String: [EventLog.Listener]] = [:]
        for observer in observers {
            subscribers[observer.value.event, default: []].append(
                EventLog.Listener(observer.subscriber, hears: observer.value.hears))
        }
        for delivery in deliveries {
            subscribers[delivery.value.event, default: []].append(EventLog.Listener(delivery.subscriber))
        }
        return subscribers
    }
}
