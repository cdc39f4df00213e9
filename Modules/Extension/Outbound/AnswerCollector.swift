import Foundation
import Synchronization
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Gathers the answers of calls under way, and ends a call whose answer grows too long while it is still arriving.
final class AnswerCollector: NSObject, URLSessionDataDelegate, Sendable {
    private struct Call {
        var body = Data()
        var isTooLong = false
        let continuation: CheckedContinuation<OutboundHTTP.Reply, any Error>
    }

    private let longestAnswer: Int
    private let calls = Mutex<[Int: Call]>([:])

    init(longestAnswer: Int) { self.longestAnswer = longestAnswer }

    func answer(of task: URLSessionDataTask) async throws -> OutboundHTTP.Reply {
        try await withCheckedThrowingContinuation { continuation in
            calls.withLock { $0[task.taskIdentifier] = Call(continuation: continuation) }
            // A task that was cancelled before it stood in the list has told its end to nobody.
            if Task.isCancelled, calls.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) != nil {
                continuation.resume(throwing: CancellationError())
            } else {
                task.resume()
            }
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = calls.withLock { calls -> Bool in
            guard var call = calls[dataTask.taskIdentifier], !call.isTooLong else { return false }
            call.body.append(data.prefix(max(0, longestAnswer + 1 - call.body.count)))
            call.isTooLong = call.body.count > longestAnswer
            calls[dataTask.taskIdentifier] = call
            return call.isTooLong
        }
        if isTooLong { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let call = calls.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        call.continuation.resume(with: Self.result(call, task.response as? HTTPURLResponse, error))
    }

    /// Whoever sends us elsewhere is not followed: what we sign would go to whoever it names.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    private static func result(
        _ call: Call, _ response: HTTPURLResponse?, _ error: (any Error)?
    ) -> Result<OutboundHTTP.Reply, any Error> {
        if call.isTooLong { return .failure(OutboundHTTP.Failure.answerTooLong) }
        switch (error as? URLError)?.code {
        case .timedOut: return .failure(OutboundHTTP.Failure.timeout)
        case .cancelled: return .failure(CancellationError())
        default: if error != nil { return .failure(OutboundHTTP.Failure.unreachable) }
        }
        guard let response else { return .failure(OutboundHTTP.Failure.noResponse) }
        let headers = response.allHeaderFields.reduce(into: [String: String]()) { headers, field in
            if let name = field.key as? String, let value = field.value as? String { headers[name] = value }
        }
        return .success(OutboundHTTP.Reply(status: response.statusCode, headers: headers, body: Array(call.body)))
    }
}
