import Foundation
import Kernel
import PluginKit
import Testing

@testable import HTTPService

/// What operators and client programs read of the server itself.
@Suite struct OperationsTests {
    @Test("the description covers every route of the registry, with its access")
    func openAPI() async throws {
        try await TestServer.run { server in
            let answer = try await server.send("GET", "/openapi.json")
            #expect(answer.status == 200)
            let document = try #require(answer.json)
            #expect(document["openapi"] == "3.1.0")
            for owned in SampleRegistry.make(server.database).endpoints {
                let operation = document["paths"]?["/api/v1/\(owned.path)"]?[owned.value.method.rawValue.lowercased()]
                #expect(operation?["x-access"]?.string == owned.value.access.name, "\(owned.path)")
                #expect(operation?["responses"]?["default"] != nil)
            }
            for path in ["/healthz", "/readyz", "/metrics", "/openapi.json"] {
                #expect(document["paths"]?[path]?["get"]?["responses"]?["200"] != nil, "\(path)")
            }
            let post = document["paths"]?["/api/v1/notes/{id}"]?["post"]
            let body = post?["requestBody"]?["content"]?["application/json"]?["schema"]
            #expect(body?["properties"]?["text"] != nil)
            #expect(body?["properties"]?["id"] == nil, "the path's parameter stands in the path alone")
            if let path = ProcessInfo.processInfo.environment["YICIBAN_OPENAPI_OUT"] {
                try Data(answer.body).write(to: URL(fileURLWithPath: path))
            }
        }
    }

    @Test("two types of one name get two names, and references follow")
    func names() {
        var names = SchemaNames()
        let first = FormatDescription(
            ["$ref": "#/components/schemas/Input"], components: ["Input": ["type": "object"]])
        let second = FormatDescription(
            ["type": "array", "items": ["$ref": "#/components/schemas/Input"]],
            components: ["Input": ["type": "string"]])
        #expect(names.reference(first) == ["$ref": "#/components/schemas/Input"])
        #expect(names.reference(first) == ["$ref": "#/components/schemas/Input"])
        #expect(names.reference(second) == ["type": "array", "items": ["$ref": "#/components/schemas/Input2"]])
        #expect(names.all == ["Input": ["type": "object"], "Input2": ["type": "string"]])
    }

    @Test("alive, ready and counted")
    func operations() async throws {
        try await TestServer.run { server in
            #expect(try await server.send("GET", "/healthz").text == "ok\n")
            #expect(try await server.send("GET", "/readyz").status == 200)
            _ = try await server.send("GET", "/api/v1/search?words=a")
            _ = try await server.send("GET", "/api/v1/search")
            let metrics = try await server.send("GET", "/metrics").text
            #expect(
                metrics.contains(
                    "yiciban_http_requests_total{method=\"GET\",route=\"/api/v1/search\",status=\"200\"} 1"))
            #expect(
                metrics.contains(
                    "yiciban_http_requests_total{method=\"GET\",route=\"/api/v1/search\",status=\"422\"} 1"))
            #expect(metrics.contains("yiciban_http_request_seconds_count{method=\"GET\",route=\"/api/v1/search\"} 2"))
            #expect(metrics.contains("yiciban_database_commits_total"))
        }
    }

    @Test("gauges of modules and plugins are read a few times a minute; one that can't be read hides no other")
    func gauges() async throws {
        try await TestServer.run { server in
            let first = try await server.send("GET", "/metrics")
            #expect(first.status == 200)
            #expect(first.text.contains("# TYPE yiciban_notes gauge\nyiciban_notes{kind=\"a \\\"b\\\" \\\\ c\"} 0\n"))
            #expect(first.text.contains("yiciban_extra_part_ready 0.5\n"))
            #expect(!first.text.contains("yiciban_broken"))
            #expect(first.text.contains("process_resident_memory_bytes "))
            try await server.database.write {
                _ = try $0.execute("INSERT INTO note (id, text, version) VALUES ('1', 'x', 1)")
            }
            server.clock.advance(by: .seconds(14))
            #expect(try await server.send("GET", "/metrics").text.contains("\\ c\"} 0\n"))
            server.clock.advance(by: .seconds(2))
            #expect(try await server.send("GET", "/metrics").text.contains("\\ c\"} 1\n"))
        }
    }

    @Test("counters are shown to listed addresses only")
    func metricsAccess() async throws {
        try await TestServer.run({ $0.metricsFrom = [] }) { server in
            let answer = try await server.send("GET", "/metrics")
            #expect(answer.status == 404)
        }
    }

    @Test("what is no HTTP request is refused with a problem that says so")
    func unreadable() async throws {
        try await TestServer.run { server in
            for request in ["FOO /api/v1/search HTTP/1.1\r\nHost: x\r\n\r\n", "\u{1}\u{2}\r\n\r\n"] {
                let answer = try await RawConnection.exchange(Array(request.utf8), port: server.port)
                #expect(answer.hasPrefix("HTTP/1.1 400"))
                #expect(answer.contains("application/problem+json"))
                #expect(answer.contains("http.unreadable"))
            }
        }
    }

    @Test("a port in use is told in one Chinese line")
    func portInUse() async throws {
        try await TestServer.run { server in
            let error = await #expect(throws: HTTPServiceError.self) {
                try await TestServer.run({ $0.port = server.port }) { _ in }
            }
            #expect(error?.code == "http.port_in_use")
            #expect(error?.message.contains("\(server.port)") == true)
            #expect(error?.message.contains("--port") == true)
            #expect(error?.message.contains("\n") == false)
        }
    }

    @Test("routes win in the order literal, parameter, rest; climbing paths are nobody's")
    func routing() throws {
        func route(_ path: String) -> HTTPRoute { HTTPRoute(.get, path) { _ in Reply(200) } }
        let table = RouteTable(
            ["/a/b", "/a/{x}", "/a/{x}/c", "/static/{path...}", "/"].map(route), metrics: ServerMetrics())
        func find(_ path: String) throws -> String? {
            try table.find(path[...]).flatMap { found in
                found.leaf.entries[.get].map { "\($0.route.path) \(found.values)" }
            }
        }
        #expect(try find("/") == "/ []")
        #expect(try find("/a/b") == "/a/b []")
        #expect(try find("/a/%E5%BC%A0") == #"/a/{x} ["张"]"#)
        #expect(try find("/a/b/c") == #"/a/{x}/c ["b"]"#)
        #expect(try find("/static/css/x.css") == #"/static/{path...} ["css/x.css"]"#)
        for climbing in [
            "/static/../x", "/static/%2e%2e/x", "/static/a%2F..%2Fx", "/static/..%5Cx", "/a/", "/a/b/", "a",
        ] {
            #expect(try find(climbing) == nil, "\(climbing)")
        }
        #expect(throws: Problem.self) { _ = try table.find("/a/%FF") }
    }
}
