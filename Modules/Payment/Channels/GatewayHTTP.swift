import Extension
import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

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

/// Calls of one configured host: no redirects, no cookies, no cache, a bounded answer (DESIGN §9).
struct GatewayHTTP: GatewayLine {
    private let session: URLSession
    private let base: String
    private let longestAnswer: Int

    init(_ address: GatewayAddress, timeoutSeconds: Int = 10, longestAnswer: Int = 64 << 20) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = TimeInterval(timeoutSeconds)
        configuration.timeoutIntervalForResource = TimeInterval(timeoutSeconds)
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
        base = address.text
        self.longestAnswer = longestAnswer
    }

    func send(_ request: GatewayRequest) async throws -> GatewayReply {
        guard let url = URL(string: base + request.target) else { throw GatewayFailure("address", isPassing: false) }
        var call = URLRequest(url: url)
        call.httpMethod = request.method
        if !request.body.isEmpty { call.httpBody = Data(request.body) }
        for (name, value) in request.headers { call.setValue(value, forHTTPHeaderField: name) }
        do {
            let (data, response) = try await session.data(for: call)
            guard let response = response as? HTTPURLResponse else {
                throw GatewayFailure("no_response", isPassing: true)
            }
            if data.count > longestAnswer { throw GatewayFailure("answer_too_long", isPassing: true) }
            let headers = response.allHeaderFields.reduce(into: [String: String]()) { headers, field in
                if let name = field.key as? String, let value = field.value as? String { headers[name] = value }
            }
            return GatewayReply(
                status: response.statusCode, message: WireMessage(headers: headers, body: Array(data)))
        } catch let failure as GatewayFailure {
            throw failure
        } catch let error as URLError where error.code == .timedOut {
            throw GatewayFailure("timeout", isPassing: true)
        } catch {
            throw GatewayFailure("unreachable", isPassing: true)
        }
    }
}

/// A gateway that sends us elsewhere is not followed: the signature would go to whoever it names.
private final class NoRedirects: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
