import Extension
import Foundation
import Testing

@Suite("Calls of others' systems")
struct OutboundHTTPTests {
    private func failure(_ body: () async throws -> OutboundHTTP.Reply) async -> String {
        do { return "\(try await body().status)" } catch { return "\(error)" }
    }

    private func with(
        _ pieces: [String], repeating: Bool = false, _ body: (SmallServer, URL) async throws -> Void
    ) async throws {
        let server = SmallServer(pieces, repeating: repeating)
        defer { server.stop() }
        try await body(server, try #require(URL(string: "\(server.url)/path?a=1")))
    }

    @Test("method, headers and body arrive, and the answer comes back whole")
    func call() async throws {
        try await with(["HTTP/1.1 201 Created\r\nX-Mark: m\r\nContent-Length: 4\r\nConnection: close\r\n\r\nab", "cd"])
        {
            server, url in
            let reply = try await OutboundHTTP(timeoutSeconds: 600).send(
                "POST", url, headers: ["X-Key": "k"], body: Array("body".utf8))
            #expect(reply.status == 201 && reply.body == Array("abcd".utf8) && reply.header("x-mark") == "m")
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /path?a=1 HTTP/1.1") && request.contains("X-Key: k"))
        }
    }

    @Test("a redirect is an answer and is not followed")
    func redirect() async throws {
        let other = SmallServer(["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
        defer { other.stop() }
        let answer = "HTTP/1.1 302 Found\r\nLocation: \(other.url)/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        try await with([answer]) { _, url in
            #expect(await failure { try await OutboundHTTP(timeoutSeconds: 600).send("POST", url, body: [1]) } == "302")
            #expect(other.requests.isEmpty)
        }
    }

    @Test("an answer without end is cut off")
    func endless() async throws {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        try await with([head, String(repeating: "x", count: 4096)], repeating: true) { _, url in
            let client = OutboundHTTP(timeoutSeconds: 600, longestAnswer: 100_000)
            #expect(await failure { try await client.send("GET", url) } == "answer_too_long")
        }
    }

    @Test("who doesn't answer, and who isn't there, are told apart")
    func silence() async throws {
        try await with([]) { _, url in
            let client = OutboundHTTP(timeoutSeconds: 1)
            #expect(await failure { try await client.send("GET", url) } == "timeout")
            #expect(await OutboundHTTP.obstacle(to: url, timeoutSeconds: 1) == "1 秒内没有应答")
        }
        let gone = SmallServer([])
        let url = try #require(URL(string: gone.url))
        gone.stop()
        #expect(await failure { try await OutboundHTTP(timeoutSeconds: 600).send("GET", url) } == "unreachable")
        #expect(await OutboundHTTP.obstacle(to: url, timeoutSeconds: 600) == "连不上")
    }

    @Test("a host that answers anything at all is reached")
    func reached() async throws {
        try await with(["HTTP/1.1 405 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"]) { _, url in
            #expect(await OutboundHTTP.obstacle(to: url, timeoutSeconds: 600) == nil)
        }
    }

    @Test("a call ends when its caller is cancelled, whenever that is", arguments: [0, 1, 20, 200])
    func cancelled(milliseconds: Int) async throws {
        try await with([]) { _, url in
            let client = OutboundHTTP(timeoutSeconds: 3600)
            let call = Task { await failure { try await client.send("GET", url) } }
            if milliseconds > 0 { try await Task.sleep(for: .milliseconds(milliseconds)) }
            call.cancel()
            #expect(await call.value == "CancellationError()")
        }
    }
}
