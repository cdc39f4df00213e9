import Logging
import PluginKit

extension Exchange {
    /// What a line of the log says of a request, with what it is found by: the request's and the case's identifiers.
    ///
    /// The case is named only where the path held an identifier of ours: whatever else a caller writes there is not
    /// repeated, since it might be personal.
    func logged(_ metadata: Logger.Metadata) -> Logger.Metadata {
        var metadata = metadata
        metadata["request_id"] = "\(requestID)"
        if path.contains("/cases/"), let id = parameters["id"].flatMap({ try? Identifier($0) }) {
            metadata["case"] = "\(id)"
        }
        return metadata
    }
}
