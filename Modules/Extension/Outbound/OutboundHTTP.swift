public import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Calls of configured hosts over HTTP: no redirects, no cookies, no cache, a bounded answer in bounded time (DESIGN §9).
///
/// Every service that speaks to somebody else's system does so through this type, so that the rules hold everywhere.
public struct OutboundHTTP: Sendable {
    /// What came back.
    public struct Reply: Sendable {
        public let status: Int
        /// As they were sent; ask ``header(_:)`` for one whatever its letters' case.
        public let headers: [String: String]
        public let body: [UInt8]

        /// The value of a header.
        public func header(_ name: String) -> String? {
            headers.first { $0.key.lowercased() == name.lowercased() }?.value
        }
    }

    /// Why nothing usable came back.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// A stable word: `timeout`, `unreachable`, `no_response`, `answer_too_long`.
        public let code: String

        public var description: String { code }

        static let timeout = Failure(code: "timeout")
        static let unreachable = Failure(code: "unreachable")
        static let noResponse = Failure(code: "no_response")
        static let answerTooLong = Failure(code: "answer_too_long")
    }

    private let session: URLSession
    private let collector: AnswerCollector

    /// - Parameters:
    ///   - timeoutSeconds: for the whole call.
    ///   - longestAnswer: in bytes; a longer one is cut off and refused.
    public init(timeoutSeconds: Int = 10, longestAnswer: Int = 64 << 10) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = TimeInterval(timeoutSeconds)
        configuration.timeoutIntervalForResource = TimeInterval(timeoutSeconds)
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        collector = AnswerCollector(longestAnswer: longestAnswer)
        session = URLSession(configuration: configuration, delegate: collector, delegateQueue: nil)
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - method: the verb.
    ///   - url: where to.
    ///   - headers: what is sent with it.
    ///   - body: the content; none when empty.
    /// - Throws: ``Failure``; `CancellationError` when the caller was cancelled.
    public func send(
        _ method: String, _ url: URL, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> Reply {
        var request = URLRequest(url: url)
        request.httpMethod = method
        if !body.isEmpty { request.httpBody = Data(body) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let task = session.dataTask(with: request)
        return try await withTaskCancellationHandler {
            try await collector.answer(of: task)
        } onCancel: {
            task.cancel()
        }
    }
}
