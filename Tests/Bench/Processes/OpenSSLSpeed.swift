import Foundation

/// What `openssl speed` measures on this machine.
enum OpenSSLSpeed {
    /// `Process` starts programs with SIGALRM blocked, without which `openssl speed` never ends; this lets it through.
    private static let unblocked = """
        import os, signal, sys
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        os.execvp("openssl", sys.argv[1:])
        """

    /// SM2 signatures of one core in a second.
    ///
    /// - Throws: ``BenchError`` when it says nothing that can be read.
    static func signaturesPerSecond(seconds: Int) throws -> Double {
        let text = try Shell.output(
            "python3", "-c", unblocked, "openssl", "speed", "-seconds", "\(seconds)", "sm2")
        let line = text.split(separator: "\n").last { $0.contains("SM2") }
        let numbers = (line ?? "").split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        // Seconds a signature and a verification stand before the rates, with an s behind them.
        guard numbers.count >= 2, let rate = numbers.dropLast().last, rate > 0 else {
            throw BenchError("看不懂 openssl speed 的输出：\(text.suffix(300))")
        }
        return rate
    }
}
