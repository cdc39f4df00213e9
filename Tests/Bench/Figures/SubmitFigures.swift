import Foundation
import Storage

/// What a durable submission costs, and what shared commits bring.
struct SubmitFigures {
    let load: Wrk
    let rounds: Int
    let deployment: BenchDeployment
    let program: BenchServer
    let baseline: BenchServer
    let session: BenchSession

    func measure() async throws -> [Figure] {
        var figures = try await durability()
        let series = SeriesCounter()
        let before = try await program.commits()
        let (mine, bare) = try load.compare(
            rounds: rounds,
            (
                program.url("/api/v1/cases"),
                { .post(Submission.template, series: series.next(), token: session.token) }
            ),
            (baseline.url("/row"), { .post(Submission.template, series: series.next()) }))
        let after = try await program.commits()
        let (rows, one) = try load.compare(
            rounds: rounds, (baseline.url("/case"), { .post(Submission.template, series: series.next()) }),
            (baseline.url("/row"), { .post(Submission.template, series: series.next()) }))
        figures.append(
            Figure("submit", "提交办件（与只插一行相比）", mine.rate, against: bare.rate, .atLeast(0.2)))
        figures.append(Figure("submit-rows", "只写一件办件的各行（与只插一行相比）", rows.rate, against: one.rate, .none))
        figures.append(Figure("submit-work", "提交办件（与只写各行相比）", mine.rate, against: rows.rate, .none))
        let perCase = (after.commits - before.commits) / (after.writes - before.writes)
        figures.append(
            Figure(
                "commits", "每件办件的提交次数", measured: "\(Int(after.writes - before.writes)) 件",
                baseline: "\(Int(after.commits - before.commits)) 次", value: perCase, .atMost(0.2)))
        if let perCase = try await fsyncs(series) {
            figures.append(
                Figure("fsync", "每件办件的 fsync 次数", measured: Figure.shown(perCase), value: perCase, .atMost(0.2)))
        }
        figures.append(try await unshared(mine, series))
        return figures
    }

    private func durability() async throws -> [Figure] {
        let path = deployment.folder.appendingPathComponent("yiciban.db").path
        let database = try SQLiteDatabase(path: path)
        let level = try await database.synchronousLevel()
        try await database.close()
        return [
            Figure(
                "synchronous", "PRAGMA synchronous（2 为 FULL）", measured: "\(level)", value: Double(level), .exactly(2))
        ]
    }

    /// The program with a commit of its own for each write, over the same database when the other server is idle.
    private func unshared(_ shared: Wrk.Outcome, _ series: SeriesCounter) async throws -> Figure {
        let server = try await deployment.serveUnshared()
        defer { server.child.stop() }
        let script = { LoadScript.post(Submission.template, series: series.next(), token: session.token) }
        let url = server.url("/api/v1/cases")
        _ = try load.load(url, script(), seconds: 1)
        let rates = try (0..<max(1, rounds)).map { _ in try load.load(url, script()).rate }
        return Figure(
            "shared-commits", "提交办件（与不合并提交相比）", shared.rate, against: rates.median, .atLeast(1.5))
    }

    /// How often the program asks the disk to write, counted by the system; nil where strace may not look.
    private func fsyncs(_ series: SeriesCounter) async throws -> Double? {
        guard Shell.has("strace") else { return nil }
        // A server of its own: strace ends, and tells, when what it looks at ends.
        let server = try await deployment.serve()
        defer { server.child.stop() }
        let file = load.folder.appendingPathComponent("fsync.txt")
        let trace = Process()
        trace.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        trace.arguments = [
            "strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", file.path, "-p", "\(server.child.pid)",
        ]
        trace.standardError = FileHandle.nullDevice
        try trace.run()
        try await Task.sleep(for: .milliseconds(500))
        let outcome = try load.load(
            server.url("/api/v1/cases"), .post(Submission.template, series: series.next(), token: session.token))
        guard trace.isRunning else { return nil }
        server.child.stop()
        trace.waitUntilExit()
        // Lines such as "100.00    0.123    12   345           fdatasync": the fourth number counts the calls.
        let calls = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
            $0.hasSuffix("fsync") || $0.hasSuffix("fdatasync")
        }.compactMap { line in Double(line.split(separator: " ")[3]) }
        if calls.isEmpty { return nil }
        return calls.reduce(0, +) / Double(outcome.answers)
    }
}

/// Numbers the loads, so that no two of them post the same names.
final class SeriesCounter {
    private var last = 0

    func next() -> Int {
        last += 1
        return last
    }
}
