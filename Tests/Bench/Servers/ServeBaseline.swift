import ArgumentParser
import Foundation
import Hummingbird
import Kernel
import Logging
import NIOCore
import Storage
import UnixSignals

/// `yiciban-bench serve-baseline`: bare Hummingbird handlers that do the least that each measured route could do.
struct ServeBaseline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve-baseline", abstract: "启动最简实现（供测速）", shouldDisplay: false)

    @Option(help: "数据目录")
    var data: String

    func run() async throws {
        let folder = DeploymentFolder(data)
        let kernel = try await BenchKernel.boot(folder)
        let page = try await CapturedPage.capture("/themes/\(BenchDeployment.theme)", kernel)
        let guide = ByteBuffer(bytes: try await page.fetch("/api/v1/themes/\(BenchDeployment.theme)"))
        let rows = try await BareRows(path: "\(data)/rows.db")

        let router = Router()
        router.get("guide") { _, _ in Self.answer(guide, "application/json; charset=utf-8") }
        router.get("page") { _, _ in
            Self.answer(ByteBuffer(bytes: try page.render()), "text/html; charset=utf-8")
        }
        let cases = kernel.database
        router.get("case/{id}") { _, context in
            let id = try context.parameters.require("id")
            let body = try await cases.read { snapshot in
                try snapshot.row("SELECT body FROM case_file WHERE id = ?", id)?.get("body", as: [UInt8].self)
            }
            guard let body else { throw HTTPError(.notFound) }
            return Self.answer(ByteBuffer(bytes: body), "application/octet-stream")
        }
        router.post("row") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            try await rows.insert(String(buffer: body))
            return Response(status: .created)
        }
        let copies = BareCases(program: kernel.database, path: "\(data)/cases.db")
        router.post("case") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 20)
            try await copies.insert()
            return Response(status: .created)
        }
        var quiet = Logger(label: "baseline")
        quiet.logLevel = .warning
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { Announcement.print(port: $0.localAddress?.port ?? 0) }, logger: quiet
        ).runService(gracefulShutdownSignals: [.sigterm])
        try await kernel.close()
    }

    private static func answer(_ body: ByteBuffer, _ type: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: body))
    }
}

/// A table into which a handler can insert one row, durably and with shared commits.
private struct BareRows {
    private let database: SQLiteDatabase

    init(path: String) async throws {
        database = try SQLiteDatabase(path: path)
        try await database.write { transaction in
            _ = try transaction.execute("CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        }
    }

    func insert(_ body: String) async throws {
        try await database.write { transaction in
            _ = try transaction.execute("INSERT INTO row (body) VALUES (?)", body)
        }
    }
}
