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
        default: "\(error)"
        }
    }
}
