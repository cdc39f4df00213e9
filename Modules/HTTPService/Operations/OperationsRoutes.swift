import HTTPTypes
import Kernel
import Logging
import PluginKit

/// The routes for operators: alive, ready, counters, and the description of the interface.
enum OperationsRoutes {
    static func routes(in environment: HTTPEnvironment, metrics: ServerMetrics, openAPI: [UInt8]) -> [HTTPRoute] {
        let gauges = GaugeReader(environment)
        let process = ProcessMetrics()
        return [
            HTTPRoute(.get, "/healthz") { _ in text("ok\n") },
            HTTPRoute(.get, "/readyz") { _ in await ready(environment) },
            HTTPRoute(.get, "/metrics") { exchange in
                guard environment.settings.mayReadMetrics(exchange.clientAddress) else { throw Problem.noSuchPath }
                let body =
                    try await metrics.exposition(commits: environment.database.commitStatistics) + process.text
                    + gauges.text()
                return Reply(200, contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(body.utf8))
            },
            HTTPRoute(.get, "/openapi.json") { _ in
                var reply = Reply(200, contentType: "application/json; charset=utf-8", body: openAPI)
                reply.fields[.cacheControl] = "public, max-age=300"
                return reply
            },
        ]
    }

    private static func ready(_ environment: HTTPEnvironment) async -> Reply {
        do {
            // A server that has booted has migrated, so what can be missing is the database itself.
            _ = try await environment.database.read { try $0.row("SELECT 1 AS one FROM schema_migration LIMIT 1") }
            return text("ready\n")
        } catch {
            environment.logger.warning("not ready", metadata: ["error": "\(error)"])
            return text("database unavailable\n", status: 503)
        }
    }

    private static func text(_ text: String, status: Int = 200) -> Reply {
        var reply = Reply(status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
        reply.fields[.cacheControl] = "no-store"
        return reply
    }
}
