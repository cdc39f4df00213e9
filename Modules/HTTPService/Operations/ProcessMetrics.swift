import Foundation
import Kernel

/// What Prometheus' clients tell of the process itself, under the names that they use.
struct ProcessMetrics: Sendable {
    private let started = Date().timeIntervalSince1970

    var text: String {
        var text = """
            # HELP yiciban_build_info the program's version
            # TYPE yiciban_build_info gauge
            yiciban_build_info{version="\(Kernel.version)"} 1
            # HELP process_start_time_seconds when the process began, since 1970
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds \(started)

            """
        if let pages = Self.residentPages {
            text += """
                # HELP process_resident_memory_bytes memory in use
                # TYPE process_resident_memory_bytes gauge
                process_resident_memory_bytes \(pages * Int(sysconf(Int32(_SC_PAGESIZE))))

                """
        }
        return text
    }

    private static var residentPages: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? Int(fields[1]) : nil
    }
}
