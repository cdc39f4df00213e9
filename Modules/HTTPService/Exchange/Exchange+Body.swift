import HTTPTypes
import HummingbirdCore
import Kernel
import NIOCore
import PluginKit

extension Exchange {
    /// Reads the whole body, counting while it streams: a longer one is refused as soon as it is too long.
    ///
    /// - Parameter limit: in bytes.
    /// - Throws: ``Problem`` 413 for a longer body, 408 when it does not arrive in time.
    public func body(limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let length = declaredLength {
            if length > limit { throw Problem.bodyTooLarge(limit) }
            if length == 0 { return [] }
            bytes.reserveCapacity(length)
        } else if headers[.transferEncoding] == nil {
            return []
        }
        try await eachChunk { chunk in
            if bytes.count + chunk.readableBytes > limit { throw Problem.bodyTooLarge(limit) }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }

    /// What `Content-Length` says; nil when it is missing.
    var declaredLength: Int? { headers[.contentLength].flatMap { Int($0) } }

    /// Whether the request says that it has a body.
    var hasBody: Bool { (declaredLength ?? 0) > 0 || headers[.transferEncoding] != nil }

    /// Gives the body piece by piece, in bounded time.
    func eachChunk(_ body: (ByteBuffer) throws -> Void) async throws {
        guard bodyMark.take() else { throw Problem.bodyTaken }
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(Int64(environment.settings.requestTimeout))) {
            // Ends the read below; there is nobody left to answer who sends this slowly.
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        var received = 0
        do {
            for try await chunk in request.body {
                received += chunk.readableBytes
                try body(chunk)
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem.bodyIncomplete
        }
        if let length = declaredLength, received < length { throw Problem.bodyIncomplete }
    }

    /// The type of the body without parameters, lower case; nil when it is missing or malformed.
    var contentType: HeaderParameters? { headers[.contentType].flatMap { HeaderParameters($0) } }
}
