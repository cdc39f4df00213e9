import ArgumentParser
import PluginKit

/// Collects contributions and notes every conflict between them.
struct RegistryBuilder {
    private var endpoints: [Registry.Owned<Endpoint>] = []
    private var pages: [Registry.Owned<Page>] = []
    private var jobs: [Registry.Owned<Job>] = []
    private var observers: [Registry.Owned<On>] = []
    private var deliveries: [Registry.Owned<Deliver>] = []
    private var permissions: [Registry.Owned<Permission>] = []
    private var others: [Registry.Owned<any Contribution>] = []
    /// Who has taken a name, by kind and name.
    private var taken: [String: String] = [:]
    private(set) var findings: [Finding] = []

    /// Adds what a service or plugin contributes.
    mutating func add(_ contributions: [any Contribution], owner: String, isPlugin: Bool) {
        func owned<Value: Sendable>(_ value: Value) -> Registry.Owned<Value> {
            Registry.Owned(owner: owner, isPlugin: isPlugin, value: value)
        }
        for contribution in contributions {
            switch contribution {
            case let endpoint as Endpoint:
                let item = owned(endpoint)
                claim("接口", "\(endpoint.method.rawValue) /api/v1/\(Self.shape(item.path))", owner)
                endpoints.append(item)
            case let endpoint as ProtocolEndpoint:
                claim("接口", "\(endpoint.method.rawValue) \(endpoint.path)", owner)
                others.append(owned(contribution))
            case let page as Page:
                let item = owned(page)
                claim("页面", "\(page.method.rawValue) /\(Self.shape(item.path))", owner)
                pages.append(item)
            case let job as Job:
                let item = owned(job)
                claim("定时任务", item.name, owner)
                jobs.append(item)
            case let observer as On:
                let item = owned(observer)
                claim("订阅", item.subscriber, owner)
                observers.append(item)
            case let delivery as Deliver:
                let item = owned(delivery)
                claim("订阅", item.subscriber, owner)
                deliveries.append(item)
            case let permission as Permission:
                claim("权限", permission.id, owner)
                permissions.append(owned(permission))
            case let check as HealthCheck:
                claim("体检", owned(check).name, owner)
                others.append(owned(contribution))
            case let gauge as Gauge:
                claim("指标", owned(gauge).name, owner)
                others.append(owned(contribution))
            default: others.append(owned(contribution))
            }
        }
    }

    /// Notes the commands of an area, so that two of one name are found.
    mutating func add(commands: [any ParsableCommand.Type], area: String) {
        for command in commands { claim("命令", "\(area) \(command._commandName)", area) }
    }

    /// Everything that was added.
    var registry: Registry {
        Registry(
            endpoints: endpoints, pages: pages, jobs: jobs, observers: observers, deliveries: deliveries,
            permissions: permissions, others: others)
    }

    private mutating func claim(_ kind: String, _ name: String, _ owner: String) {
        guard let first = taken.updateValue(owner, forKey: "\(kind) \(name)") else { return }
        let who = first == owner ? "\(owner) 自己" : "\(first) 和 \(owner)"
        findings.append(Finding(owner, "contribution.conflict", "\(kind) \(name) 被\(who)重复定义，请改名。"))
    }

    /// The path with nameless parameters: `a/{x}` and `a/{y}` are the same to a caller.
    private static func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
    }
}
