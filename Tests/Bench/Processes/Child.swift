import Foundation

/// A server that runs beside the benchmark, with what the system knows of it.
final class Child {
    private let process: Process
    private let pipe: Pipe
    /// What it printed until it took requests.
    let greeting: String
    /// From the start of the process to the line that says it takes requests.
    let startTime: Duration

    /// Starts a program and waits until it says its port.
    ///
    /// - Parameter log: where its standard error goes.
    /// - Throws: ``BenchError`` when it ends before.
    init(_ program: URL, _ arguments: [String], log: URL) throws {
        process = Process()
        pipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = pipe
        guard FileManager.default.createFile(atPath: log.path, contents: nil) else {
            throw BenchError("不能写入 \(log.path)。")
        }
        process.standardError = try FileHandle(forWritingTo: log)
        let start = ContinuousClock.now
        try process.run()
        var text = ""
        while Self.port(in: text) == nil {
            let data = pipe.fileHandleForReading.availableData
            if data.isEmpty {
                process.waitUntilExit()
                let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
                throw BenchError("\(program.lastPathComponent) \(arguments.joined(separator: " ")) 没有启动：\(text)\(said)")
            }
            text += String(decoding: data, as: UTF8.self)
        }
        startTime = start.duration(to: .now)
        greeting = text
    }

    deinit { stop() }

    var pid: Int32 { process.processIdentifier }

    /// Where it takes requests.
    var address: String { "http://127.0.0.1:\(Self.port(in: greeting) ?? 0)" }

    /// Asks it to end and waits.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// The port in the first line that names an address, once that line is whole.
    private static func port(in text: String) -> Int? {
        guard let line = text.split(separator: "\n").first(where: { $0.contains("http://127.0.0.1:") }),
            text.contains(line + "\n"), let mark = line.range(of: "http://127.0.0.1:")
        else { return nil }
        return Int(line[mark.upperBound...].prefix { $0.isNumber })
    }
}

/// What `/proc` tells of processes.
enum ProcessTable {
    /// The processor time of a process and of its ended children, in seconds.
    static func processorTime(_ pid: Int32) -> Double {
        let fields = fields(pid)
        guard fields.count > 14 else { return 0 }
        return fields[11...14].compactMap { Double($0) }.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The process that started another.
    static func parent(_ pid: Int32) -> Int32? {
        let fields = fields(pid)
        return fields.count > 1 ? Int32(fields[1]) : nil
    }

    /// The processes that a process started.
    static func children(_ pid: Int32) -> [Int32] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int32($0) }.filter { parent($0) == pid }
    }

    /// Resident memory in bytes.
    static func residentMemory(_ pid: Int32) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }

    /// The fields after the name, which may hold anything.
    private static func fields(_ pid: Int32) -> [Substring] {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }
}
