import NIOCore
import NIOPosix

extension HTTPServer {
    /// Lets the tasks of the whole process run on the threads of the server's event loops, so that a request does not
    /// change its thread between the socket and its handler.
    ///
    /// For a program that serves and does nothing else. What takes long has threads of its own: the database's
    /// connections, shared commits, password hashing.
    ///
    /// - Returns: whether this compiler's runtime allows it; without it everything works, with more changes of thread.
    @discardableResult
    public static func shareThreads() -> Bool { areThreadsShared }

    /// Made at the first look, since NIO allows it once a process.
    private static let areThreadsShared =
        NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor()
}
