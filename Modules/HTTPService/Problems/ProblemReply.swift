import HTTPTypes
import PluginKit

extension Reply {
    /// A problem as JSON (RFC 9457 §3).
    init(_ problem: Problem, requestID: String) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("type")
        writer.write("urn:yiciban:problem:\(problem.code)")
        writer.key("title")
        writer.write(problem.title)
        writer.key("status")
        writer.write(Int64(problem.status))
        writer.key("detail")
        writer.write(problem.detail)
        writer.key("code")
        writer.write(problem.code)
        if !problem.findings.isEmpty {
            writer.key("findings")
            writer.beginArray()
            for finding in problem.findings {
                writer.beginObject()
                writer.key("field")
                writer.write(finding.field)
                writer.key("code")
                writer.write(finding.code)
                writer.key("message")
                writer.write(finding.message)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.key("request_id")
        writer.write(requestID)
        writer.endObject()
        self.init(problem.status, contentType: "application/problem+json; charset=utf-8", body: writer.bytes)
        fields[.cacheControl] = "no-store"
        addProblemHeaders(problem)
    }

    /// The headers that go with a status, whatever the body looks like.
    mutating func addProblemHeaders(_ problem: Problem) {
        defer {
            if let after = problem.retryAfter?.components {
                fields[.retryAfter] = "\(max(1, after.seconds + (after.attoseconds > 0 ? 1 : 0)))"
            }
        }
        switch problem.status {
        case 401: fields[.wwwAuthenticate] = "Bearer realm=\"yiciban\""
        case 503: fields[.retryAfter] = "2"
        case 429: fields[.retryAfter] = "10"
        case 408, 413: fields[.connection] = "close"
        default: break
        }
    }
}

/// Turns any error into the problem that a caller may see.
enum ProblemTranslation {
    /// - Returns: the problem, and whether the error is a fault of ours that belongs into the log.
    static func problem(of error: any Error) -> (problem: Problem, isFault: Bool) {
        switch error {
        case let error as any ProblemConvertible:
            let problem = error.problem
            return (problem, problem.status >= 500)
        case let error as StorageError:
            let problem = error.problem
            return (problem, problem.status >= 500)
        case let error as JSONError: return (.malformedJSON(error), false)
        case let error as Finding: return (.invalid([error]), false)
        default: return (.internalFault, true)
        }
    }
}
