import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Calls of the addresses that applications have registered: no redirects, no cookies, bounded time (DESIGN §9).
enum BackchannelCall {
    /// Why a call did not arrive; the outbox tries again.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 10
        configuration.timeoutIntervalForResource = 10
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        return URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }()

    /// Posts a form.
    ///
    /// - Throws: ``Failure`` unless the answer is 200 or 204.
    static func post(_ form: [String: String], to address: String) async throws {
        guard let url = URL(string: address) else { throw Failure(description: "the address is none") }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        // Tokens are base64url with dots, which a form carries as they are.
        request.httpBody = Data(form.map { "\($0.key)=\($0.value)" }.joined(separator: "&").utf8)
        let (_, response) = try await session.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 || status == 204 else { throw Failure(description: "answered \(status)") }
    }
}

/// Whoever sends us elsewhere is not followed: the token would go to whoever it names.
private final class NoRedirects: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
