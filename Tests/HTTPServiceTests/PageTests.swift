import PluginKit
import Testing

@testable import HTTPService

/// Pages and the forms that are posted to them.
@Suite struct PageTests {
    /// The visitor's cookie and token, as a browser gets them.
    private func visit(_ server: TestServer) async throws -> (cookie: String, token: String) {
        let page = try await server.send("GET", "/notice?x=%3Cb%3E")
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        let cookie = try #require(page.headers["set-cookie"]?.split(separator: ";").first)
        #expect(page.headers["set-cookie"]?.contains("HttpOnly") == true)
        let token = try #require(page.text.split(separator: "csrf=").last?.prefix { $0 != "|" })
        return (String(cookie), String(token))
    }

    @Test("a form is accepted with the visitor's token and refused without, with another's, or from elsewhere")
    func forms() async throws {
        try await TestServer.run { server in
            let (cookie, token) = try await visit(server)
            let headers = ["Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"]
            let good = try await server.send(
                "POST", "/notice", headers, body: Array("_csrf=\(token)&text=%E4%BD%A0+%E5%A5%BD%0D%0A".utf8))
            #expect(good.status == 200)
            #expect(good.text.contains("你 好"))
            let bad = try await server.send("POST", "/notice", headers, body: Array("text=a".utf8))
            #expect(bad.status == 403)
            #expect(bad.text.contains("页面已过期"))
            let (_, otherToken) = try await visit(server)
            #expect(
                try await server.send("POST", "/notice", headers, body: Array("_csrf=\(otherToken)".utf8)).status == 403
            )
            #expect(try await server.send("POST", "/notice", headers, body: Array("_csrf=%ZZ".utf8)).status == 400)
        }
    }

    @Test("files and fields of a multipart form arrive")
    func multipart() async throws {
        try await TestServer.run { server in
            let (cookie, token) = try await visit(server)
            let headers = ["Cookie": cookie, "Content-Type": "multipart/form-data; boundary=XyZ"]
            let body =
                "--XyZ\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n\(token)\r\n"
                + "--XyZ\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n文字\r\n"
                + "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"照片.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nJPEG\r\n--XyZ--\r\n"
            let answer = try await server.send("POST", "/notice", headers, body: Array(body.utf8))
            #expect(answer.status == 200)
            #expect(answer.text.contains("照片.jpg:4"))
            #expect(answer.text.contains("文字"))
        }
    }

    @Test("whoever is refused after the form was read is sent to the sign-in, and the server goes on")
    func refusedLate() async throws {
        try await TestServer.run { server in
            let (cookie, token) = try await visit(server)
            let headers = ["Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"]
            for _ in 0..<2 {
                let answer = try await server.send(
                    "POST", "/late", headers, body: Array("_csrf=\(token)&text=a".utf8))
                #expect(answer.status == 303)
                #expect(answer.headers["location"] == "/sign-in?return=%2F")
            }
        }
    }

    @Test("a page behind the sign-in sends the visitor there and back again")
    func signIn() async throws {
        try await TestServer.run { server in
            let answer = try await server.send("GET", "/private?a=1&b=2")
            #expect(answer.status == 303)
            #expect(answer.headers["location"] == "/sign-in?return=%2Fprivate%3Fa%3D1%26b%3D2")
        }
    }

    @Test(
        "a redirect never leaves the site",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "/%5cevil.example", "javascript:alert(1)", "",
            "/a\r\nSet-Cookie: x=y",
        ])
    func openRedirect(_ target: String) { #expect(ReturnPath.safe(target) == "/") }

    @Test("a redirect keeps a path of the site")
    func redirects() { #expect(ReturnPath.safe("/cases/1?x=%2F") == "/cases/1?x=%2F") }

    @Test("unknown pages and wrong methods are pages, not JSON")
    func errors() async throws {
        try await TestServer.run { server in
            let missing = try await server.send("GET", "/nowhere")
            #expect(missing.status == 404)
            #expect(missing.headers["content-type"] == "text/html; charset=utf-8")
            #expect(try await server.send("DELETE", "/notice").headers["allow"] == "GET, POST, HEAD, OPTIONS")
        }
    }
}
