import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Calls of configured hosts: no redirects, no cookies, no cache, a bounded answer (DESIGN §9).
struct OutboundHTTP: Sendable {
    private let session: URLSession
    private let timeoutSeconds: Int
    /// The longest answer that is read, in bytes.
    private static let longestAnswer = 64 << 10

    init(timeoutSeconds: Int) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = TimeInterval(timeoutSeconds)
        configuration.timeoutIntervalForResource = TimeInterval(timeoutSeconds)
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
        self.timeoutSeconds = timeoutSeconds
    }

    /// Posts a body.
    ///
    /// - Returns: the status and the answer.
    /// - Throws: ``ChannelFailure`` when nothing came back in time.
    func post(_ body: [UInt8], to url: URL, headers: [String: String]) async throws -> (status: Int, body: [UInt8]) {
        var request = URLRequest(url: url, timeoutInterval: TimeInterval(timeoutSeconds))
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        do {
            let (data, response) = try await session.data(for: request)
            guard let status = (response as? HTTPURLResponse)?.statusCode else {
                throw ChannelFailure("no_response", isPassing: true)
            }
            if data.count > Self.longestAnswer { throw ChannelFailure("answer_too_long", isPassing: true) }
            return (status, Array(data))
        } catch let failure as ChannelFailure {
            throw failure
        } catch let error as URLError where error.code == .timedOut {
            throw ChannelFailure("timeout", isPassing: true)
        } catch {
            throw ChannelFailure("unreachable", isPassing: true)
        }
    }
}

/// A provider that sends us elsewhere is not followed: the signature would go to whoever it names.
private final class NoRedirects: NSObject, URLSessionTaskDelegate, Sendable {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
