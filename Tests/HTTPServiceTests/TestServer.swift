import Foundation
import Kernel
import Logging
import PluginKit
import StorageTestSupport

@testable import HTTPService

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server with the sample registry on a free port of the loopback interface.
struct TestServer {
    let port: Int
    let database: any Database
    let clock: FixedClock
    let cipher: FieldCipher

    /// An answer as a client sees it.
    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue? { try? JSONValue(parsing: text) }
        /// The stable code of a problem.
        var code: String? { json?["code"]?.string }
        /// The fields of a problem's findings.
        var findings: [String] { (json?["findings"]?.array ?? []).compactMap { $0["field"]?.string } }
    }

    /// Runs a test against a server.
    static func run(
        _ adjust: (inout HTTPSettings) -> Void = { _ in }, pages: Bool = true,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await withDatabase(.sqlite) { database in
            try await database.write {
                _ = try $0.execute("CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT, version BIGINT)")
            }
            let keyring = try await Keyring.forTests(database)
            var settings = HTTPSettings()
            settings.port = 0
            settings.secureCookies = false
            settings.accessLog = false
            adjust(&settings)
            let clock = FixedClock(TestDatabase.now)
            let environment = HTTPEnvironment(
                registry: SampleRegistry.make(database), database: database, cipher: keyring.cipher, clock: clock,
                settings: settings, authenticator: SampleAuthenticator(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let (ports, announce) = AsyncStream<Int>.makeStream()
            let server = try HTTPServer(
                environment, title: "测试部署", renderer: pages ? SampleRenderer() : nil, routes: { _ in [] },
                whenRunning: {
                    announce.yield($0)
                    announce.finish()
                })
            let running = Task {
                // A server that could not begin never announces its port.
                defer { announce.finish() }
                try await server.run()
            }
            defer { running.cancel() }
            guard let port = await ports.first(where: { _ in true }) else {
                return try await running.value
            }
            try await body(TestServer(port: port, database: database, clock: clock, cipher: keyring.cipher))
        }
    }

    /// Sends a request with `URLSession`, without cookies of its own and without following redirects.
    func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpShouldHandleCookies = false
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let body { request.httpBody = Data(body) }
        let session = URLSession(configuration: .ephemeral, delegate: NoRedirects(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var fields: [String: String] = [:]
        for (name, value) in response.allHeaderFields {
            fields["\(name)".lowercased()] = "\(value)"
        }
        return Answer(status: response.statusCode, headers: fields, body: Array(data))
    }

    /// Sends JSON.
    func json(_ method: String, _ path: String, _ text: String, _ headers: [String: String] = [:]) async throws
        -> Answer
    {
        try await send(
            method, path, headers.merging(["Content-Type": "application/json"]) { $1 }, body: Array(text.utf8))
    }

    /// Sends bytes as they are and reads until the server has answered or closed.
    func raw(_ bytes: [UInt8]) async throws -> String {
        try await RawConnection.exchange(bytes, port: port)
    }
}

/// Gives redirects to the test instead of following them.
private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
