import Extension
import Foundation

/// A request to a gateway.
struct GatewayRequest: Sendable {
    let method: String
    /// Path and query from `/`, as they are sent and signed.
    let target: String
    var headers: [String: String] = [:]
    var body: [UInt8] = []
}

/// What a gateway answered.
struct GatewayReply: Sendable {
    let status: Int
    let message: WireMessage
}

/// How requests reach a gateway: over HTTP, or in tests by a call.
protocol GatewayLine: Sendable {
    /// - Throws: ``GatewayFailure`` when nothing came back.
    func send(_ request: GatewayRequest) async throws -> GatewayReply
}

/// Calls of one configured gateway.
struct GatewayHTTP: GatewayLine {
    private let client: OutboundHTTP
    private let base: String

    init(_ address: GatewayAddress, timeoutSeconds: Int = 10, longestAnswer: Int = 64 << 20) {
        client = OutboundHTTP(timeoutSeconds: timeoutSeconds, longestAnswer: longestAnswer)
        base = address.text
    }

    func send(_ request: GatewayRequest) async throws -> GatewayReply {
        guard let url = URL(string: base + request.target) else { throw GatewayFailure("address", isPassing: false) }
        do {
            let reply = try await client.send(
                request.method, url, headers: request.headers, body: request.body)
            return GatewayReply(
                status: reply.status, message: WireMessage(headers: reply.headers, body: reply.body))
        } catch {
            throw GatewayFailure((error as? OutboundHTTP.Failure)?.code ?? "unreachable", isPassing: true)
        }
    }
}
