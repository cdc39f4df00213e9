import Foundation
import Storage

/// What a submission costs in processor time on PostgreSQL, program and database together.
enum PostgreSQLFigures {
    static func measure(_ workshop: Workshop, _ load: Wrk) async throws -> Figure {
        guard let superuser = ProcessInfo.processInfo.environment["YICIBAN_TEST_POSTGRES"] else {
            throw BenchError("没有设置 YICIBAN_TEST_POSTGRES。请用 make bench，它会临时启动一个 PostgreSQL。")
        }
        let name = "yiciban_bench_\(ProcessInfo.processInfo.processIdentifier)"
        let words = superuser.split(separator: " ").filter { !$0.hasPrefix("dbname=") }
        let conninfo = (words.map(String.init) + ["dbname=\(name)"]).joined(separator: " ")
        // Outside of any transaction, which CREATE DATABASE demands and our own driver always opens.
        _ = try Shell.output("psql", "-q", "-c", "CREATE DATABASE \(name)", superuser)
        defer { _ = try? Shell.output("psql", "-q", "-c", "DROP DATABASE \(name) WITH (FORCE)", superuser) }

        let deployment = try await workshop.deployment("postgresql", conninfo: conninfo)
        let program = try await deployment.serve()
        defer { program.child.stop() }
        let session = try await program.signIn(deployment)
        _ = try await session.submitOne()
        let url = program.url("/api/v1/cases")
        _ = try load.load(url, .post(Submission.template, series: 1, token: session.token), seconds: 1)

        let postmaster = try await postmaster(conninfo)
        let before = time(program.child.pid, postmaster)
        let outcome = try load.load(url, .post(Submission.template, series: 2, token: session.token))
        let spent = time(program.child.pid, postmaster) - before
        let perCase = spent * 1000 / Double(outcome.answers)
        return Figure(
            "postgresql", "PostgreSQL：每件办件的处理器时间（毫秒）", measured: "\(Int(outcome.rate))/s",
            value: perCase, .atMost(1.5))
    }

    /// The process from which all backends come.
    private static func postmaster(_ conninfo: String) async throws -> Int32 {
        let database = try PostgreSQLDatabase(conninfo)
        let pid = try await database.read { snapshot in
            try snapshot.row("SELECT CAST(pg_backend_pid() AS BIGINT) AS pid")?.get("pid", as: Int64.self)
        }
        let parent = pid.flatMap { ProcessTable.parent(Int32($0)) }
        try await database.close()
        guard let parent else { throw BenchError("找不到 PostgreSQL 的进程，它须和本程序在同一台机器上。") }
        return parent
    }

    private static func time(_ program: Int32, _ postmaster: Int32) -> Double {
        ([program, postmaster] + ProcessTable.children(postmaster)).reduce(0) {
            $0 + ProcessTable.processorTime($1)
        }
    }
}
