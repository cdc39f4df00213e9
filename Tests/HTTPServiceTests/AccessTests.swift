import Kernel
import PluginKit
import Testing

@testable import HTTPService

/// Who may do what, and what protects those who are signed in.
@Suite struct AccessTests {
    private let citizen = ["Authorization": "Bearer \(SampleAuthenticator.citizen)"]

    @Test("without a session 401, with the wrong rights 403, with an unknown token 401 even where anyone may come")
    func access() async throws {
        try await TestServer.run { server in
            let nobody = try await server.send("GET", "/api/v1/audit")
            #expect(nobody.status == 401)
            #expect(nobody.headers["www-authenticate"] != nil)
            #expect(try await server.send("GET", "/api/v1/audit", citizen).status == 403)
            let clerk = ["Authorization": "Bearer \(SampleAuthenticator.clerk)"]
            #expect(try await server.send("GET", "/api/v1/audit", clerk).status == 200)
            for header in ["Bearer nonsense", "Basic abc", "Bearer"] {
                let answer = try await server.send("GET", "/api/v1/search?words=a", ["Authorization": header])
                #expect(answer.code == "access.invalid_token")
            }
        }
    }

    @Test("a change by cookie needs the session's own CSRF token")
    func csrf() async throws {
        try await TestServer.run { server in
            let cookie = ["Cookie": "a=b; yiciban-session=\(SampleAuthenticator.citizen)"]
            #expect(try await server.json("POST", "/api/v1/notes/c", #"{"text":"x"}"#, cookie).code == "access.csrf")
            let page = try await server.send("GET", "/notice", cookie)
            let token = try #require(page.text.split(separator: "csrf=").last?.prefix { $0 != "|" })
            let good = cookie.merging(["X-CSRF-Token": String(token)]) { $1 }
            #expect(try await server.json("POST", "/api/v1/notes/c", #"{"text":"x"}"#, good).status == 201)
            let crossSite = good.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }
            #expect(try await server.json("POST", "/api/v1/notes/d", #"{"text":"x"}"#, crossSite).code == "access.csrf")
            let stranger = ["Cookie": "yiciban-session=\(SampleAuthenticator.clerk)", "X-CSRF-Token": String(token)]
            #expect(try await server.json("POST", "/api/v1/notes/e", #"{"text":"x"}"#, stranger).code == "access.csrf")
        }
    }

    @Test("a cookie that has run out makes the visitor nobody")
    func expired() async throws {
        try await TestServer.run { server in
            let cookie = ["Cookie": "yiciban-session=gone"]
            let answer = try await server.send("GET", "/api/v1/search?words=a", cookie)
            #expect(answer.json?["actor"] == "anonymous@api")
        }
    }

    @Test("every answer carries the security headers")
    func headers() async throws {
        try await TestServer.run { server in
            for path in ["/api/v1/search?words=a", "/nowhere", "/notice", "/healthz"] {
                let answer = try await server.send("GET", path)
                #expect(answer.headers["content-security-policy"]?.contains("default-src 'self'") == true)
                #expect(answer.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
                #expect(answer.headers["x-content-type-options"] == "nosniff")
                #expect(answer.headers["referrer-policy"] == "same-origin")
                #expect(answer.headers["x-request-id"]?.count == 16)
            }
        }
    }

    @Test("anonymous changes run dry per address and come back with time")
    func limits() async throws {
        try await TestServer.run({ $0.signInPerMinute = 3 }) { server in
            for _ in 0..<3 { #expect(try await server.send("POST", "/api/v1/full").status == 507) }
            let refused = try await server.send("POST", "/api/v1/full")
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] != nil)
            #expect(try await server.json("POST", "/api/v1/notes/r", #"{"text":"x"}"#, citizen).status == 201)
            // A clock that is set back neither opens the limit nor keeps it shut.
            server.clock.advance(by: .seconds(-86_400))
            #expect(try await server.send("POST", "/api/v1/full").status == 429)
            server.clock.advance(by: .seconds(60))
            #expect(try await server.send("POST", "/api/v1/full").status == 507)
        }
    }

    @Test("the limiter's memory is bounded and a busy address is not forgotten")
    func boundedMemory() {
        let limiter = RateLimiter(perMinute: 2, capacity: 100)
        let now = Instant(milliseconds: 0)
        #expect(limiter.admits("busy", at: now))
        #expect(limiter.admits("busy", at: now))
        for number in 0..<1_000 {
            #expect(limiter.admits("10.0.0.\(number)", at: now))
            #expect(!limiter.admits("busy", at: now))
        }
        #expect(limiter.remembered <= 200)
    }

    @Test("only a trusted proxy is believed about the client's address")
    func forwarded() throws {
        let proxy = try SocketAddressFixture.make("10.0.0.1")
        let trusted: Set<String> = ["10.0.0.1", "10.0.0.2"]
        func find(_ header: String?, _ proxies: Set<String>) -> String {
            ClientAddress.find(peer: proxy, forwardedFor: header, trustedProxies: proxies)
        }
        #expect(find("1.2.3.4", []) == "10.0.0.1")
        #expect(find("1.2.3.4", trusted) == "1.2.3.4")
        #expect(find("6.6.6.6, 1.2.3.4, 10.0.0.2", trusted) == "1.2.3.4")
        #expect(find("nonsense", trusted) == "10.0.0.1")
        #expect(find(nil, trusted) == "10.0.0.1")
    }
}
