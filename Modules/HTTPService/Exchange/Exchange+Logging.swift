import Logging
import PluginKit

extension Exchange {
    /// What a line of the log says of a request, with what it is found by: the request's and the case's identifiers.
    ///
    /// The case is named only where the path held an identifier of ours: whatever else a caller writes there is not
    /// repeated, since it might be personal.
    func logged(_ metadata: Logger.Metadata) -> Logger.Metadata {
        var metadata = metadata
        metadata["request_id"] = .string(requestID)
        if path.hasCase, let id = parameters["id"].flatMap({ try? Identifier($0) }) {
            metadata["case"] = .string(id.text)
        }
        return metadata
    }
}

extension String {
    /// Whether a path leads below a list of cases; searched byte by byte, since every request asks.
    fileprivate var hasCase: Bool {
        var rest = utf8[...]
        while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
            rest = rest[rest.index(after: slash)...]
            if rest.starts(with: "cases/".utf8) { return true }
        }
        return false
    }
}
