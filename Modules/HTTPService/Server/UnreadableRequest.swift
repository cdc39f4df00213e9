import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import PluginKit

/// Gives the refusal of what is no HTTP request a body: such a request never reaches the responder, and the framework
/// refuses it with an empty 400.
final class UnreadableRequest: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let requestIDs: RequestIDs

    init(requestIDs: RequestIDs) { self.requestIDs = requestIDs }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // Every refusal of ours has a body.
        guard case .head(let head) = unwrapOutboundIn(data), head.status.code == 400,
            head.headerFields[.contentLength] == "0"
        else { return context.write(data, promise: promise) }
        let requestID = requestIDs.next()
        let reply = Reply(.unreadableRequest, requestID: requestID)
        var fields = reply.response(requestID: requestID, isHead: false).headers
        fields[.connection] = "close"
        fields[.contentLength] = "\(reply.body.count)"
        context.write(wrapOutboundOut(.head(HTTPResponse(status: head.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: reply.body))), promise: promise)
    }
}
