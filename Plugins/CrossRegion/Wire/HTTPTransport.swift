import Foundation
import PluginKit

/// Letters over HTTP by the rules that hold for every call of ours.
struct HTTPTransport: Transport {
    private let http: OutboundHTTP

    /// - Parameter timeoutSeconds: after which a slow partner is given up for this time.
    init(timeoutSeconds: Int) { http = OutboundHTTP(timeoutSeconds: timeoutSeconds, longestAnswer: 4 << 20) }

    func post(_ letter: [UInt8], to address: String, path: String) async throws -> (status: Int, body: [UInt8]) {
        guard let url = URL(string: address + path) else { throw NotThrough(description: "网址无效") }
        let reply = try await http.send(
            "POST", url, headers: ["Content-Type": "application/octet-stream"], body: letter)
        return (reply.status, reply.body)
    }
}
