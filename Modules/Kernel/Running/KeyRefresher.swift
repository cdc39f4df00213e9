import Logging
import PluginKit
import ServiceLifecycle

/// Learns once a minute the data keys that other servers have made.
struct KeyRefresher: Service {
    let keyring: Keyring
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(60))
                do { try await keyring.refresh() } catch {
                    logger.failure("keys not refreshed", error)
                }
            }
        }
    }
}
