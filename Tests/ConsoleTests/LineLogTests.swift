import Foundation
import Logging
import Synchronization
import Testing

@testable import Console

@Suite("The log of the server")
struct LineLogTests {
    private final class Output: Sendable {
        private let written = Mutex<[[UInt8]]>([])
        func take(_ lines: [UInt8]) { written.withLock { $0.append(lines) } }
        var text: String { written.withLock { String(decoding: $0.joined(), as: UTF8.self) } }
        var writes: Int { written.withLock { $0.count } }
    }

    private func log(delay: DispatchTimeInterval) -> (Logger, LineLog, Output) {
        let output = Output()
        let lines = LineLog(delay: delay) { output.take($0) }
        return (Logger(label: "test") { _ in LineLogHandler(lines) }, lines, output)
    }

    @Test("a line names time, level, message and its values by key")
    func form() throws {
        let (logger, lines, output) = log(delay: .seconds(60))
        logger.info("request", metadata: ["status": "200", "method": "GET", "bytes": "\(7)"])
        lines.flush()
        #expect(
            output.text.wholeMatch(
                of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info request bytes=7 method=GET status=200\n/) != nil)
    }

    @Test(
        "what comes from outside can't begin a line of its own", arguments: ["a\nb", "a b=\"c\" \\", "\u{1B}[31m", ""])
    func injection(_ value: String) {
        let (logger, lines, output) = log(delay: .seconds(60))
        logger.info("refused\nforged", metadata: ["path": "\(value)"])
        lines.flush()
        #expect(output.text.count { $0 == "\n" } == 1)
        #expect(!output.text.unicodeScalars.dropLast().contains { $0.value < 0x20 })
        #expect(output.text.contains("path=\""))
    }

    @Test("ordinary lines wait for each other, and a warning takes all that waits along in order")
    func urgency() {
        let (logger, lines, output) = log(delay: .seconds(60))
        for number in 0..<10 { logger.info("line \(number)") }
        #expect(output.writes == 0)
        logger.warning("look here")
        #expect(output.writes == 1)
        let words = output.text.split(separator: "\n").map {
            $0.split(separator: " ").dropFirst(2).joined(separator: " ")
        }
        #expect(words == (0..<10).map { "line \($0)" } + ["look here"])
        lines.flush()
        #expect(output.writes == 1)
    }

    @Test("nothing is lost or written twice when many log at once")
    func concurrency() async {
        let (logger, lines, output) = log(delay: .milliseconds(1))
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { for number in 0..<500 { logger.info("t", metadata: ["n": "\(task)-\(number)"]) } }
            }
        }
        lines.flush()
        let seen = output.text.split(separator: "\n").compactMap { $0.split(separator: "=").last }
        #expect(seen.count == 4000)
        #expect(Set(seen).count == 4000)
    }
}
