public import PluginKit

/// What one check found, as `yiciban doctor` tells it.
public struct Examination: Sendable, Hashable {
    /// A stable name for scripts.
    public let name: String
    /// What was looked at, in Chinese.
    public let title: String
    public let health: Health

    init(_ name: String, _ title: String, _ health: Health) {
        self.name = name
        self.title = title
        self.health = health
    }

    /// Runs a look; what it throws is a fault whose text says the remedy.
    init(_ name: String, _ title: String, _ look: () async throws -> Health) async {
        do { self.init(name, title, try await look()) } catch {
            self.init(name, title, .fault(Self.text(error), remedy: ""))
        }
    }

    private static func text(_ error: any Error) -> String {
        switch error {
        case let error as StorageError: error.message
        case let error as any ProblemConvertible: error.problem.detail
        case is DecodingError: "存着的一处内容读不出来，数据库可能损坏了。请停止服务，把现在的数据目录另存一份，再用最近的备份恢复。"
        default: "\(error)"
        }
    }
}
