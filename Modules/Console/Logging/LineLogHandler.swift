import Foundation
import Logging
import Synchronization

/// Writes one line an event: time in UTC, level, message, then `key=value` sorted by key.
///
/// A value with spaces, quotes or control characters is quoted and escaped, so that nothing that came from outside can
/// begin a line of its own.
struct LineLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let log: LineLog

    init(_ log: LineLog) { self.log = log }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        LogClock.append(to: &line)
        line.append(contentsOf: " \(event.level.rawValue) ".utf8)
        Self.escape(event.message.description, into: &line, quotes: false)
        var all = event.metadata ?? [:]
        if let provided = metadataProvider?.get() { all.merge(provided) { own, _ in own } }
        if !metadata.isEmpty { all.merge(metadata) { own, _ in own } }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { Self.append(key, value.description, to: &line) }
        if let error = event.error { Self.append("error", "\(error)", to: &line) }
        line.append(UInt8(ascii: "\n"))
        log.add(line, isUrgent: event.level >= .warning)
    }

    private static func append(_ key: String, _ value: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: " "))
        line.append(contentsOf: key.utf8)
        line.append(UInt8(ascii: "="))
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
        if isPlain { return line.append(contentsOf: value.utf8) }
        line.append(UInt8(ascii: "\""))
        escape(value, into: &line, quotes: true)
        line.append(UInt8(ascii: "\""))
    }

    private static func escape(_ text: String, into line: inout [UInt8], quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case 0x0A: line.append(contentsOf: "\\n".utf8)
            case 0..<0x20, 0x7F: line.append(contentsOf: "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            case 0x22 where quotes, 0x5C where quotes: line.append(contentsOf: [0x5C, byte])
            default: line.append(byte)
            }
        }
    }
}

/// The time as log lines begin with it; its seconds are put into words once a second.
private enum LogClock {
    private static let second = Mutex<(number: Int, text: [UInt8])>((0, []))

    static func append(to line: inout [UInt8]) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let number = now.tv_sec
        line += second.withLock { known in
            if known.number != number {
                known = (number, Array(Date(timeIntervalSince1970: Double(number)).formatted(.iso8601).dropLast().utf8))
            }
            return known.text
        }
        let milliseconds = now.tv_nsec / 1_000_000
        line.append(UInt8(ascii: "."))
        for unit in [100, 10, 1] { line.append(UInt8(ascii: "0") + UInt8(milliseconds / unit % 10)) }
        line.append(UInt8(ascii: "Z"))
    }
}
