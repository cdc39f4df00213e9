import Extension
import Foundation

/// Calls of the addresses that applications have registered.
enum BackchannelCall {
    /// Why a call did not arrive; the outbox tries again.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let client = OutboundHTTP()

    /// Posts a form.
    ///
    /// - Throws: ``Failure`` unless the answer is 200 or 204; `OutboundHTTP.Failure` when there is none.
    static func post(_ form: [String: String], to address: String) async throws {
        guard let url = URL(string: address) else { throw Failure(description: "the address is none") }
        // Tokens are base64url with dots, which a form carries as they are.
        let body = form.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let reply = try await client.send(
            "POST", url, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
        guard reply.status == 200 || reply.status == 204 else {
            throw Failure(description: "answered \(reply.status)")
        }
    }
}
