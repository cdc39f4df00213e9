import PluginKit
import Synchronization

/// Our own counters in Prometheus' text format (0.0.4). Labels are routes, never paths, so their number is bounded.
final class ServerMetrics: Sendable {
    private let counters = Mutex<[RouteCounter]>([])
    /// Requests that no route answers.
    let unmatched = RouteCounter(method: "OTHER", path: "unmatched")

    /// The counter of a route, made when the routes are.
    func counter(_ method: Method, _ path: String) -> RouteCounter {
        let counter = RouteCounter(method: method.rawValue, path: path)
        counters.withLock { $0.append(counter) }
        return counter
    }

    /// The exposition of all counters.
    ///
    /// - Parameter commits: of the database.
    func exposition(commits: CommitStatistics) -> String {
        let all = counters.withLock { $0 } + [unmatched]
        var text = Self.head("yiciban_http_requests_total", "counter", "requests by route and status")
        for counter in all {
            for (status, count) in counter.counts.byStatus.sorted(by: { $0.key < $1.key }) {
                text += "yiciban_http_requests_total{\(Self.labels(counter)),status=\"\(status)\"} \(count)\n"
            }
        }
        text += Self.head("yiciban_http_request_seconds", "histogram", "time from a request's head to its answer")
        for counter in all {
            let counts = counter.counts
            if counts.total == 0 { continue }
            var sum = 0
            for (index, bound) in RouteCounter.bounds.enumerated() {
                sum += counts.buckets[index]
                text += "yiciban_http_request_seconds_bucket{\(Self.labels(counter)),le=\"\(bound)\"} \(sum)\n"
            }
            text += "yiciban_http_request_seconds_bucket{\(Self.labels(counter)),le=\"+Inf\"} \(counts.total)\n"
            text += "yiciban_http_request_seconds_sum{\(Self.labels(counter))} \(counts.seconds)\n"
            text += "yiciban_http_request_seconds_count{\(Self.labels(counter))} \(counts.total)\n"
        }
        text += Self.head("yiciban_database_writes_total", "counter", "committed writes")
        text += "yiciban_database_writes_total \(commits.writes)\n"
        text += Self.head("yiciban_database_commits_total", "counter", "commits that carried the writes")
        text += "yiciban_database_commits_total \(commits.commits)\n"
        return text
    }

    private static func head(_ name: String, _ type: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private static func labels(_ counter: RouteCounter) -> String {
        "method=\"\(counter.method)\",route=\"\(counter.path)\""
    }
}
