import Foundation

/// Puts servers under load with `wrk`: two threads, 64 connections, kept alive.
struct Wrk {
    /// Where the Lua scripts are written.
    let folder: URL
    let seconds: Int

    /// One load: what came back, how fast.
    struct Outcome {
        /// Answers a second.
        let rate: Double
        let answers: Int
        /// Milliseconds.
        let median: Double
        /// The 99th percentile, in milliseconds.
        let slow: Double
    }

    /// Loads an address.
    ///
    /// - Parameter script: Lua that makes the requests; ``LoadScript`` has them.
    /// - Throws: ``BenchError`` when wrk is missing or any request failed, since then the rate means nothing.
    func load(_ url: String, _ script: LoadScript, seconds: Int? = nil) throws -> Outcome {
        let file = folder.appendingPathComponent("load-\(UInt32.random(in: 0 ... .max)).lua")
        try Data(script.text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let text = try Shell.output(
            "wrk", "-t2", "-c64", "-d\(seconds ?? self.seconds)s", "--timeout", "10s", "-s", file.path, url)
        guard let line = text.split(separator: "\n").last(where: { $0.hasPrefix(LoadScript.mark) }) else {
            throw BenchError("wrk 没有给出结果：\(text)")
        }
        let numbers = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard numbers.count == 5, numbers[0] > 0, numbers[1] > 0 else { throw BenchError("wrk 的结果读不懂：\(line)") }
        guard numbers[4] == 0 else { throw BenchError("\(url) 有 \(Int(numbers[4])) 个请求失败，共 \(Int(numbers[0])) 个。") }
        return Outcome(
            rate: numbers[0] / (numbers[1] / 1_000_000), answers: Int(numbers[0]), median: numbers[2] / 1000,
            slow: numbers[3] / 1000)
    }

    /// Loads program and baseline in turns, so that whatever else the machine does meets both.
    ///
    /// - Returns: the outcome of each in the middle by rate.
    func compare(
        rounds: Int, _ program: (url: String, script: () -> LoadScript),
        _ baseline: (url: String, script: () -> LoadScript)
    ) throws -> (program: Outcome, baseline: Outcome) {
        var outcomes: [(Outcome, Outcome)] = []
        // Once without counting: caches, lazy tables and just begun connections.
        _ = try load(program.url, program.script(), seconds: 1)
        _ = try load(baseline.url, baseline.script(), seconds: 1)
        for _ in 0..<max(1, rounds) {
            outcomes.append(
                (try load(program.url, program.script()), try load(baseline.url, baseline.script())))
        }
        let first = outcomes.map(\.0).sorted { $0.rate < $1.rate }
        let second = outcomes.map(\.1).sorted { $0.rate < $1.rate }
        return (first[first.count / 2], second[second.count / 2])
    }
}
