import HTTPTypes
import Kernel
import PluginKit

/// Turns an operation of a standardised protocol into a route.
enum ProtocolRoute {
    /// The most that a form of such a protocol may hold, in bytes.
    private static let maximumForm = 64 << 10

    static func route(_ endpoint: ProtocolEndpoint, in environment: HTTPEnvironment) -> HTTPRoute {
        HTTPRoute(protocol: endpoint.method, endpoint.path) { exchange in
            let answer = try await endpoint.run(
                ProtocolRequest(
                    act: exchange.act, query: try exchange.query(), form: try await form(of: exchange),
                    header: { exchange.header($0) }))
            var reply = Reply(answer.status, contentType: answer.contentType, body: answer.body)
            reply.setHeader("Cache-Control", "no-store")
            for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) { reply.setHeader(name, value) }
            return reply
        }
    }

    private static func form(of exchange: Exchange) async throws -> [String: [String]]? {
        guard exchange.method == .post, exchange.contentType?.value == "application/x-www-form-urlencoded" else {
            return nil
        }
        return URLEncodedForm.values(try await exchange.body(limit: maximumForm))
    }
}
