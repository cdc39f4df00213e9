import Kernel
import Logging
import PluginKit
import Synchronization

/// Reads the registry's gauges in Prometheus' text form, at most every fifteen seconds however often it is asked.
///
/// One that can't be read is left out and logged, so that the others still come.
final class GaugeReader: Sendable {
    private let environment: HTTPEnvironment
    private let held = Mutex<(at: Instant, text: String)?>(nil)
    private static let age = Duration.seconds(15)

    init(_ environment: HTTPEnvironment) { self.environment = environment }

    func text() async throws -> String {
        let now = environment.clock.now()
        if let held = held.withLock({ $0 }), now >= held.at, now - held.at < Self.age { return held.text }
        var text = ""
        for gauge in environment.registry.gauges {
            do {
                let samples = try await environment.database.read { try gauge.value.read($0, now) }
                text += Self.text(gauge, samples)
            } catch {
                environment.logger.warning("gauge not read", metadata: ["gauge": "\(gauge.name)", "error": "\(error)"])
            }
        }
        let read = (now, text)
        held.withLock { $0 = read }
        return text
    }

    private static func text(_ gauge: Registry.Owned<Gauge>, _ samples: [Gauge.Sample]) -> String {
        let lines = samples.map { sample in
            let labels = sample.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escape($0.value))\"" }
            return
                "\(gauge.name)\(labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") \(number(sample.value))\n"
        }
        return "# HELP \(gauge.name) \(gauge.value.help)\n# TYPE \(gauge.name) gauge\n" + lines.joined()
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
