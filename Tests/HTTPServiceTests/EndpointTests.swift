import Foundation
import PluginKit
import Testing

@testable import HTTPService

/// What callers of the interface are told, over a real socket.
@Suite struct EndpointTests {
    private let citizen = ["Authorization": "Bearer \(SampleAuthenticator.citizen)"]

    @Test("path and query are merged, defaults filled, lists repeated")
    func merges() async throws {
        try await TestServer.run { server in
            let answer = try await server.send("GET", "/api/v1/search?words=%E5%87%BA%E7%94%9F&tags=a&tags=b+c")
            #expect(answer.status == 200)
            #expect(answer.json?["words"] == "出生")
            #expect(answer.json?["limit"] == 10)
            #expect(answer.json?["tags"] == ["a", "b c"])
            #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
            #expect(try await server.send("GET", "/api/v1/extra/search").status == 200)
        }
    }

    @Test("a query parameter that nobody declared, comes twice or is no UTF-8 is refused")
    func queries() async throws {
        try await TestServer.run { server in
            let unknown = try await server.send("GET", "/api/v1/search?words=a&limt=3&extra=1")
            #expect(unknown.status == 422)
            #expect(unknown.findings == ["extra", "limt"])
            #expect(unknown.text.contains("limit"))
            #expect(try await server.send("GET", "/api/v1/search?words=a&words=b").findings == ["words"])
            #expect(try await server.send("GET", "/api/v1/search?words=a&limit=x").findings == ["limit"])
            let raw = try await server.raw(Array("GET /api/v1/search?words=%FF HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            #expect(raw.hasPrefix("HTTP/1.1 400"))
            #expect(raw.contains("http.query_encoding"))
        }
    }

    @Test(
        "malformed JSON is refused with line and column",
        arguments: [
            ("{\"text\": }", "第 1 行第 10 列"), ("{\n \"text\": \"a\",\n}", "第 3 行第 1 列"), ("[]", "JSON 对象"),
            ("{\"text\":\"a\",\"text\":\"b\"}", "出现了两次"), ("{\"text\":\"a\"} x", "多余"),
        ])
    func malformed(_ body: String, _ hint: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.json("POST", "/api/v1/notes/a", body, citizen)
            #expect(answer.status == 400)
            #expect(answer.code == "http.malformed_json")
            #expect(answer.text.contains(hint))
            #expect(answer.headers["content-type"] == "application/problem+json; charset=utf-8")
        }
    }

    @Test("wrong types, unknown and over-long fields are all told at once")
    func fields() async throws {
        try await TestServer.run { server in
            let answer = try await server.json(
                "POST", "/api/v1/notes/a", #"{"text": 5, "version": "x", "txt": 1}"#, citizen)
            #expect(answer.status == 422)
            #expect(Set(answer.findings) == ["text", "version", "txt"])
            let long = String(repeating: "长", count: 21)
            #expect(
                try await server.json("POST", "/api/v1/notes/a", "{\"text\":\"\(long)\"}", citizen).findings == ["text"]
            )
            let misplaced = try await server.json("POST", "/api/v1/notes/a", #"{"text":"x","id":"b"}"#, citizen)
            #expect(misplaced.findings == ["id"])
        }
    }

    @Test("a body of another type, of invalid UTF-8 or where none belongs is refused")
    func types() async throws {
        try await TestServer.run { server in
            let headers = citizen.merging(["Content-Type": "text/plain"]) { $1 }
            #expect(try await server.send("POST", "/api/v1/notes/a", headers, body: Array("{}".utf8)).status == 415)
            let latin = citizen.merging(["Content-Type": "application/json; charset=gbk"]) { $1 }
            #expect(try await server.send("POST", "/api/v1/notes/a", latin, body: Array("{}".utf8)).status == 415)
            let json = citizen.merging(["Content-Type": "application/json"]) { $1 }
            let invalid = try await server.send(
                "POST", "/api/v1/notes/a", json, body: Array("{\"text\":\"".utf8) + [0xFF] + Array("\"}".utf8))
            #expect(invalid.code == "http.malformed_json")
            let get = try await server.raw(
                Array("GET /api/v1/search?words=a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}".utf8))
            #expect(get.contains("http.unexpected_body"))
        }
    }

    @Test("a body beyond the limit is refused at once, declared or streamed, and the connection ends")
    func large() async throws {
        try await TestServer.run { server in
            let declared =
                "POST /api/v1/notes/a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer citizen-token\r\n"
                + "Content-Type: application/json\r\nContent-Length: 52428800\r\n\r\n"
            let body = [UInt8](repeating: 0x20, count: 50 << 20)
            let first = try await server.raw(Array(declared.utf8) + body)
            #expect(first.hasPrefix("HTTP/1.1 413"))
            #expect(first.lowercased().contains("connection: close"))
            let chunked =
                "POST /api/v1/notes/a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer citizen-token\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n"
            let second = try await server.raw(Array(chunked.utf8) + [UInt8](repeating: 0x20, count: 0x200000))
            #expect(second.hasPrefix("HTTP/1.1 413"))
            #expect(try await server.send("GET", "/healthz").status == 200)
        }
    }

    @Test("methods: HEAD like GET without a body, OPTIONS and 405 with Allow, 404 as a problem")
    func methods() async throws {
        try await TestServer.run { server in
            let head = try await server.raw(
                Array("HEAD /api/v1/search?words=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8))
            #expect(head.hasPrefix("HTTP/1.1 200"))
            #expect(head.hasSuffix("\r\n\r\n"))
            let wrong = try await server.send("DELETE", "/api/v1/notes/a")
            #expect(wrong.status == 405)
            #expect(wrong.headers["allow"] == "GET, POST, PUT, HEAD, OPTIONS")
            let options = try await server.send("OPTIONS", "/api/v1/notes/a")
            #expect(options.status == 204)
            #expect(options.headers["allow"] == "GET, POST, PUT, HEAD, OPTIONS")
            let missing = try await server.send("GET", "/api/v1/nothing")
            #expect(missing.status == 404)
            #expect(missing.code == "http.not_found")
            #expect(missing.json?["request_id"]?.string == missing.headers["x-request-id"])
        }
    }

    @Test("a key used again gives the first answer and one effect; for another request it is refused")
    func idempotency() async throws {
        try await TestServer.run { server in
            let headers = citizen.merging(["Idempotency-Key": "k-1"]) { $1 }
            let first = try await server.json("POST", "/api/v1/notes/a", #"{"text":"x"}"#, headers)
            let second = try await server.json("POST", "/api/v1/notes/a", #"{"text":"x"}"#, headers)
            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.body == second.body)
            #expect(first.headers["etag"] == "\"1\"")
            #expect(second.headers["etag"] == first.headers["etag"])
            #expect(second.headers["content-type"] == first.headers["content-type"])
            #expect(second.headers["idempotent-replayed"] == "true")
            let other = try await server.json("POST", "/api/v1/notes/a", #"{"text":"y"}"#, headers)
            #expect(other.status == 422)
            #expect(other.code == "idempotency.key_reused")
            let stranger = ["Authorization": "Bearer \(SampleAuthenticator.clerk)", "Idempotency-Key": "k-1"]
            // Another account's key never meets ours, so the effect is attempted and meets the taken number.
            #expect(try await server.json("POST", "/api/v1/notes/a", #"{"text":"x"}"#, stranger).status == 409)
            let blank = citizen.merging(["Idempotency-Key": "a b"]) { $1 }
            #expect(
                try await server.json("POST", "/api/v1/notes/b", #"{"text":"x"}"#, blank).code
                    == "http.malformed_header")
        }
    }

    @Test("a refusal that kept something is given again to the same key, and keeps it once")
    func repeatedRefusal() async throws {
        try await TestServer.run { server in
            let headers = citizen.merging(["Idempotency-Key": "k-2"]) { $1 }
            let first = try await server.json("POST", "/api/v1/renewals/c", "{}", headers)
            let second = try await server.json("POST", "/api/v1/renewals/c", "{}", headers)
            #expect((first.status, second.status) == (409, 409))
            #expect((first.code, second.code) == ("sample.renewed", "sample.renewed"))
            #expect(first.json?["detail"] == second.json?["detail"])
            #expect(first.json?["findings"] == second.json?["findings"])
            #expect(try await server.send("GET", "/api/v1/notes/c", citizen).status == 200)
        }
    }

    @Test("versions: ETag on reading, 304 for a known one, 412 for a stale one")
    func versions() async throws {
        try await TestServer.run { server in
            let created = try await server.json("POST", "/api/v1/notes/v", #"{"text":"x"}"#, citizen)
            #expect(created.headers["etag"] == "\"1\"")
            let known = try await server.send(
                "GET", "/api/v1/notes/v", citizen.merging(["If-None-Match": "\"1\""]) { $1 })
            #expect(known.status == 304)
            #expect(known.body.isEmpty)
            let match = citizen.merging(["If-Match": "\"1\""]) { $1 }
            #expect(try await server.json("PUT", "/api/v1/notes/v", #"{"text":"y"}"#, match).status == 200)
            #expect(try await server.json("PUT", "/api/v1/notes/v", #"{"text":"z"}"#, match).status == 412)
            let weak = citizen.merging(["If-Match": "W/\"1\""]) { $1 }
            #expect(try await server.json("PUT", "/api/v1/notes/v", #"{"text":"z"}"#, weak).status == 400)
        }
    }

    @Test("faults of ours are 500 without internals; a full disk is 507")
    func faults() async throws {
        try await TestServer.run { server in
            let fault = try await server.send("POST", "/api/v1/fail")
            #expect(fault.status == 500)
            #expect(!fault.text.contains("Unexpected"))
            let full = try await server.send("POST", "/api/v1/full")
            #expect(full.status == 507)
            #expect(!full.text.contains("secret"))
        }
    }

    @Test("an upload keeps a clean name; a download escapes its name")
    func files() async throws {
        try await TestServer.run { server in
            let headers = citizen.merging(
                ["Content-Type": "application/pdf", "X-File-Name": "..%2F..%2Fetc%2F%E8%AF%81%E6%98%8E.pdf"]) { $1 }
            let answer = try await server.send("POST", "/api/v1/files", headers, body: Array("%PDF".utf8))
            #expect(answer.status == 201)
            #expect(answer.json?["name"] == "证明.pdf")
            #expect(answer.json?["size"] == 4)
            let rfc = citizen.merging(
                ["Content-Type": "image/png", "Content-Disposition": "attachment; filename*=UTF-8''%E7%85%A7.png"]) {
                    $1
                }
            #expect(try await server.send("POST", "/api/v1/files", rfc, body: [1]).json?["name"] == "照.png")
            #expect(try await server.send("POST", "/api/v1/files", citizen).code == "input.file_missing")
            let download = try await server.send("GET", "/api/v1/files/7")
            #expect(
                download.headers["content-disposition"]
                    == "attachment; filename=\"______7.txt\"; filename*=UTF-8''%E6%9D%90%E6%96%997.txt")
        }
    }
}
