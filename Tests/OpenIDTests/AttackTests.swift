import Cryptography
import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import OpenID

@Suite("Attacks on the sign-in of applications")
struct AttackTests {
    @Test("a code that comes a second time is refused, and what came of it ends", arguments: TestDatabase.all)
    func codeReplay(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let code = try await fixture.code()
            let first = try await fixture.redeem(code)
            #expect(try await fixture.isOpen(first))
            #expect(try await fixture.redeem(code).json["error"] == "invalid_grant")
            #expect(try await !fixture.isOpen(first))
            #expect(try await fixture.refresh(first).json["error"] == "invalid_grant")
        }
    }

    @Test("a code redeemed twice at the same moment gives tokens at most once", arguments: TestDatabase.all)
    func codeRace(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let code = try await fixture.code()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await fixture.redeem(code).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 200 } <= 1)
        }
    }

    @Test(
        "a code that is injected elsewhere is worth nothing, there or where it belongs",
        arguments: [
            "another application", "another verifier", "no verifier", "another address", "the challenge itself",
        ])
    func codeInjection(how: String) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let code = try await fixture.code()
            let stolen: OpenIDFixture.Answer
            switch how {
            case "another application": stolen = try await fixture.redeem(code, asOther: true)
            case "another verifier":
                stolen = try await fixture.redeem(code, ["code_verifier": String(repeating: "w", count: 43)])
            case "no verifier": stolen = try await fixture.redeem(code, ["code_verifier": nil])
            case "another address":
                stolen = try await fixture.redeem(code, ["redirect_uri": fixture.client.redirects[0] + "/"])
            default:
                let challenge = fixture.request()["code_challenge"]?[0]
                stolen = try await fixture.redeem(code, ["code_verifier": challenge])
            }
            #expect(stolen.json["error"] == "invalid_grant")
            #expect(try await fixture.redeem(code).json["error"] == "invalid_grant")
        }
    }

    @Test("a code lives for a minute and no millisecond longer", arguments: [59_999, 60_000])
    func codeAge(milliseconds: Int) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let code = try await fixture.code()
            let answer = try await fixture.redeem(
                code, at: OpenIDFixture.start.adding(.milliseconds(milliseconds)))
            #expect(answer.status == (milliseconds < 60_000 ? 200 : 400))
        }
    }

    @Test("an access token lives for ten minutes and no millisecond longer", arguments: [599_999, 600_000])
    func accessAge(milliseconds: Int) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let answer = try await fixture.redeem(try await fixture.code())
            let late = OpenIDFixture.start.adding(.milliseconds(milliseconds))
            #expect(try await fixture.isOpen(answer, at: late) == (milliseconds < 600_000))
        }
    }

    @Test("refreshing ends twelve hours after the sign-in", arguments: [43_199, 43_200])
    func grantAge(seconds: Int) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let answer = try await fixture.redeem(try await fixture.code())
            let late = try await fixture.refresh(answer, at: OpenIDFixture.after(seconds))
            #expect(late.status == (seconds < 43_200 ? 200 : 400))
        }
    }

    @Test(
        "PKCE can't be left out or weakened",
        arguments: [
            ["code_challenge": nil], ["code_challenge_method": nil], ["code_challenge_method": "plain"],
            ["code_challenge_method": "s256"], ["code_challenge": "short"],
            ["code_challenge": "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"],
        ] as [[String: String?]])
    func downgrade(changes: [String: String?]) async throws {
        try await refused(changes, "invalid_request")
    }

    @Test(
        "a request without state or nonce, or of another flow, goes back with an error",
        arguments: [
            (["state": nil], "invalid_request"), (["nonce": nil], "invalid_request"),
            (["state": String(repeating: "s", count: 513)], "invalid_request"), (["nonce": "é"], "invalid_request"),
            (["response_type": "token"], "unsupported_response_type"),
            (["response_type": "code id_token"], "unsupported_response_type"),
            (["response_mode": "fragment"], "invalid_request"), (["scope": "profile"], "invalid_scope"),
            (["prompt": "none login"], "invalid_request"), (["prompt": "create"], "invalid_request"),
            (["max_age": "-1"], "invalid_request"), (["request": "eyJ"], "request_not_supported"),
            (["request_uri": "https://evil.example/r"], "request_uri_not_supported"),
        ] as [([String: String?], String)])
    func malformed(changes: [String: String?], error: String) async throws {
        try await refused(changes, error)
    }

    private func refused(_ changes: [String: String?], _ error: String) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            _ = try await fixture.code()
            let step = try await fixture.openID.authorize(
                fixture.request(nil, changes), by: try await fixture.act())
            guard case .leave(let address) = step else {
                Issue.record("\(step)")
                return
            }
            let parameters = OpenIDFixture.parameters(address)
            #expect(address.hasPrefix(OpenIDFixture.redirect + "?"))
            #expect(parameters["error"] == error)
            #expect(parameters["code"] == nil)
            #expect(parameters["iss"] == OpenIDFixture.issuer)
        }
    }

    @Test(
        "nobody is sent to an address that differs in anything from a registered one",
        arguments: [
            "https://app.example.gov.cn/callback/", "https://app.example.gov.cn/Callback",
            "https://APP.example.gov.cn/callback", "https://app.example.gov.cn/callback?x=1",
            "https://app.example.gov.cn/callback#f", "https://app.example.gov.cn/callback/../evil",
            "https://app.example.gov.cn:443/callback", "http://app.example.gov.cn/callback",
            "https://user@app.example.gov.cn/callback", "https://app.example.gov.cn@evil.example/callback",
            "https://app.example.gov.cn.evil.example/callback", "https://evil.example/callback",
            "https://app.example.gov.cn/callback%2f", "https://app.example.gov.cn\\@evil.example/callback",
            "//app.example.gov.cn/callback", "*", "", "javascript:alert(1)",
        ])
    func redirects(address: String) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let act = try await fixture.act()
            let request = fixture.request(nil, ["redirect_uri": address])
            let first = await #expect(throws: OpenIDError.self) { try await fixture.openID.authorize(request, by: act) }
            #expect(first?.code == .redirect)
            let second = await #expect(throws: OpenIDError.self) {
                try await fixture.openID.decide(request, agrees: true, by: act)
            }
            #expect(second?.code == .redirect)
        }
    }

    @Test("a parameter that comes twice is refused; the address and the application twice, without going anywhere")
    func twice() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let act = try await fixture.act()
            for name in ["redirect_uri", "client_id"] {
                var request = fixture.request()
                request[name]?.append("https://evil.example/callback")
                await #expect(throws: OpenIDError.self) { try await fixture.openID.authorize(request, by: act) }
            }
            var request = fixture.request()
            request["nonce"]?.append("n-2")
            guard case .leave(let address) = try await fixture.openID.authorize(request, by: act) else {
                Issue.record("it was let through")
                return
            }
            #expect(OpenIDFixture.parameters(address)["error"] == "invalid_request")
        }
    }

    @Test("a refresh token that comes again kills the family, the newest tokens too", arguments: TestDatabase.all)
    func refreshReuse(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let first = try await fixture.redeem(try await fixture.code())
            let second = try await fixture.refresh(first)
            let third = try await fixture.refresh(second)
            #expect(try await fixture.isOpen(third))
            #expect(try await fixture.refresh(first).json["error"] == "invalid_grant")
            #expect(try await !fixture.isOpen(third))
            #expect(try await fixture.refresh(third).json["error"] == "invalid_grant")
        }
    }

    @Test("what belongs to one application is worth nothing in the hands of another")
    func substitution() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let answer = try await fixture.redeem(try await fixture.code())
            let access = answer.json["access_token"]?.string ?? ""
            let state = try await fixture.call(asOther: true, "/openid/introspect", ["token": access])
            #expect(state.json == ["active": false])
            let revoked = try await fixture.call(asOther: true, "/openid/revoke", ["token": access])
            #expect(revoked.status == 200)
            #expect(try await fixture.isOpen(answer))
            #expect(try await fixture.refresh(answer, asOther: true).json["error"] == "invalid_grant")
            // A refresh token in foreign hands has leaked, so its owner's tokens end with it.
            #expect(try await !fixture.isOpen(answer))
        }
    }

    @Test("neither a refresh token nor a code nor an ID token opens userinfo")
    func kinds() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let code = try await fixture.code()
            let answer = try await fixture.redeem(try await fixture.code())
            for wrong in [
                "Bearer \(answer.json["refresh_token"]?.string ?? "")", "Bearer \(code)",
                "Bearer \(answer.json["id_token"]?.string ?? "")", "Bearer ", "Bearer \(fixture.token)",
                "Basic \(answer.json["access_token"]?.string ?? "")",
            ] {
                let reply = try await fixture.call(.get, "/openid/userinfo", authorization: wrong)
                #expect(reply.status == 401)
                #expect(reply.headers["WWW-Authenticate"]?.contains("invalid_token") == true)
            }
        }
    }

    @Test("an application without its secret, with another's or with the old one is nobody")
    func secrets() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let code = try await fixture.code()
            let form = [
                "grant_type": "authorization_code", "code": code, "redirect_uri": OpenIDFixture.redirect,
                "code_verifier": OpenIDFixture.verifier,
            ]
            let wrong: [(String?, [String: String])] = [
                (nil, form), (nil, form.merging(["client_id": fixture.client.id]) { $1 }),
                (nil, form.merging(["client_id": fixture.client.id, "client_secret": fixture.secret]) { $1 }),
                (OpenIDFixture.basic(fixture.client.id, fixture.otherSecret), form),
                (OpenIDFixture.basic(fixture.client.id, ""), form), (OpenIDFixture.basic("x", fixture.secret), form),
                ("Basic !!!", form), ("Bearer \(fixture.secret)", form),
                (
                    OpenIDFixture.basic(fixture.client.id, fixture.secret),
                    form.merging(["client_id": fixture.other.id]) { $1 }
                ),
            ]
            for (authorization, form) in wrong {
                let reply = try await fixture.call(.post, "/openid/token", form, authorization: authorization)
                #expect(reply.status == 401)
                #expect(reply.json["error"] == "invalid_client")
            }
            let fresh = try await fixture.openID.changeSecret(of: fixture.client.id, by: OpenIDFixture.system())
            #expect(try await fixture.redeem(code).json["error"] == "invalid_client")
            let authorization = OpenIDFixture.basic(fixture.client.id, fresh)
            // None of the failures has spent the code.
            #expect(try await fixture.call(.post, "/openid/token", form, authorization: authorization).status == 200)
        }
    }

    @Test("a hint of who signs out proves something only when we signed it for this very session")
    func logoutHint() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let act = try await fixture.act()
            let answer = try await fixture.redeem(try await fixture.code())
            let hint = answer.json["id_token"]?.string ?? ""
            let address = fixture.client.logoutRedirects[0]
            let late = try await fixture.act(at: OpenIDFixture.after(1_700))
            let step = try await fixture.openID.logout(
                ["id_token_hint": [hint], "post_logout_redirect_uri": [address], "state": ["s"]], by: late)
            #expect(step.isProven)
            #expect(step.destination == address + "?state=s")
            let parts = hint.split(separator: ".")
            let none = Base64URL.encode(Array("{\"alg\":\"none\",\"typ\":\"JWT\"}".utf8))
            for forged in ["\(none).\(parts[1]).", "\(parts[0]).\(parts[1]).AAAA", "x"] {
                #expect(try await !fixture.openID.logout(["id_token_hint": [forged]], by: act).isProven)
            }
            for (parameters, code) in [
                (["id_token_hint": [hint], "post_logout_redirect_uri": ["https://evil.example/"]], .redirect),
                (["post_logout_redirect_uri": [address]], .redirect),
                (["id_token_hint": [hint], "client_id": [fixture.other.id]], .client),
                (["client_id": [fixture.client.id, fixture.client.id]], .request),
            ] as [([String: [String]], OpenIDError.Code)] {
                let error = await #expect(throws: OpenIDError.self) {
                    try await fixture.openID.logout(parameters, by: act)
                }
                #expect(error?.code == code)
            }
        }
    }
}
