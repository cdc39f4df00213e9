import NIOCore

/// Ends a connection whose request was refused before its body had been read.
///
/// A socket that is closed while bytes still arrive is reset, and the sender may lose the answer that it was about to
/// read. So what arrives is dropped until the sender has been quiet for a while, though not for ever.
final class LingeringClose: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private static let quiet = TimeAmount.seconds(2)
    private static let longest = TimeAmount.seconds(30)

    private var whenQuiet: Scheduled<Void>?
    private var atLast: Scheduled<Void>?

    /// Begins to wait; for an answer that is on its way.
    ///
    /// - Parameter channel: of the refused request.
    static func begin(on channel: any Channel) {
        channel.eventLoop.execute {
            guard channel.isActive else { return }
            // Where it can't be added the channel is on its way down already.
            try? channel.pipeline.syncOperations.addHandler(LingeringClose(), position: .first)
        }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        atLast = context.eventLoop.scheduleTask(in: Self.longest) { channel.close(promise: nil) }
        wait(on: channel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        whenQuiet?.cancel()
        wait(on: context.channel)
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        whenQuiet?.cancel()
        atLast?.cancel()
    }

    private func wait(on channel: any Channel) {
        whenQuiet = channel.eventLoop.scheduleTask(in: Self.quiet) { channel.close(promise: nil) }
    }
}
