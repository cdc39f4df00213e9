import Cryptography
import Extension
import Identity
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import OpenID

@Suite("Entering an application with the account here")
struct EnteringTests {
    @Test(
        "one is asked once, the application learns what was agreed and no more, refreshes, and gives its tokens back",
        .covers("R14.11", "R14.13"), arguments: TestDatabase.all)
    func story(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let act = try await fixture.act()
            guard case .consent(let question) = try await fixture.openID.authorize(fixture.request(), by: act) else {
                Issue.record("nobody was asked")
                return
            }
            #expect(question.scopes == [.openid, .profile])
            let code = try await fixture.code()
            let answer = try await fixture.redeem(code)
            #expect(answer.status == 200)
            #expect(answer.json["scope"] == "openid profile")

            let token = try #require(SignedToken(answer.json["id_token"]?.string ?? ""))
            #expect(token.isSigned(byOneOf: try await fixture.openID.keys.published(at: OpenIDFixture.start)))
            #expect(token.claims["iss"] == .string(OpenIDFixture.issuer))
            #expect(token.claims["aud"] == .string(fixture.client.id))
            #expect(token.claims["nonce"] == "n-1")
            #expect(token.claims["auth_time"] == .integer(OpenIDFixture.start.seconds))
            #expect(token.claims["name"] == nil)

            let claims = try await fixture.userinfo(answer).json
            #expect(claims["sub"] == token.claims["sub"])
            #expect(claims["name"]?.string?.isEmpty == false)
            #expect(claims["phone_number"] == nil)

            guard case .leave(let again) = try await fixture.openID.authorize(fixture.request(), by: act) else {
                Issue.record("somebody was asked twice")
                return
            }
            #expect(OpenIDFixture.parameters(again)["state"] == "st-1")
            #expect(OpenIDFixture.parameters(again)["iss"] == OpenIDFixture.issuer)

            let fresh = try await fixture.refresh(answer)
            #expect(fresh.status == 200)
            #expect(fresh.json["refresh_token"] != answer.json["refresh_token"])
            let state = try await fixture.call(
                "/openid/introspect", ["token": fresh.json["access_token"]?.string ?? ""])
            #expect(state.json["active"] == true)
            #expect(state.json["sub"] == token.claims["sub"])
            _ = try await fixture.call("/openid/revoke", ["token": fresh.json["refresh_token"]?.string ?? ""])
            #expect(try await !fixture.isOpen(fresh))
            #expect(try await fixture.refresh(fresh).json["error"] == "invalid_grant")
            #expect(
                try await fixture.events() == [
                    "openid.application_entered", "openid.application_entered", "openid.claims_given",
                    "openid.client_registered", "openid.client_registered", "openid.consent_granted",
                    "openid.grant_ended",
                ])
        }
    }

    @Test("two departments know one person by different identifiers, systems of one department by the same")
    func pairwise() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            var draft = ClientDraft()
            draft.name = "医保手机版"
            draft.redirects = ["https://m.example.gov.cn/callback"]
            draft.sector = "app.example.gov.cn"
            let sibling = try await fixture.openID.addClient(draft, by: OpenIDFixture.system()).client
            let account = fixture.account
            #expect(
                fixture.openID.subject(account, for: fixture.client) == fixture.openID.subject(account, for: sibling))
            #expect(
                fixture.openID.subject(account, for: fixture.client)
                    != fixture.openID.subject(account, for: fixture.other))
            #expect(!fixture.openID.subject(account, for: fixture.client).contains(account.text))
        }
    }

    @Test("whoever disagrees goes back with nothing, and is asked again next time")
    func refusal() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let act = try await fixture.act()
            let address = try await fixture.openID.decide(fixture.request(), agrees: false, by: act)
            #expect(OpenIDFixture.parameters(address)["error"] == "access_denied")
            #expect(OpenIDFixture.parameters(address)["code"] == nil)
            guard case .consent = try await fixture.openID.authorize(fixture.request(), by: act) else {
                Issue.record("nobody was asked")
                return
            }
        }
    }

    @Test("an application that wants to know more asks for the new part only")
    func more() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            _ = try await fixture.code()
            let step = try await fixture.openID.authorize(
                fixture.request(nil, ["scope": "openid profile phone id_number"]), by: try await fixture.act())
            guard case .consent(let question) = step else {
                Issue.record("nobody was asked")
                return
            }
            // The number of the identity card is not among what the application was registered for.
            #expect(question.scopes == [.openid, .profile, .phone])
            #expect(question.known == [.openid, .profile])
        }
    }

    @Test("without a session one signs in first; who may not be asked is told so", arguments: [nil, "none"])
    func signIn(prompt: String?) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let nobody = Act(actor: .anonymous(terminal: .portal), now: OpenIDFixture.start)
            let step = try await fixture.openID.authorize(fixture.request(nil, ["prompt": prompt]), by: nobody)
            switch (step, prompt) {
            case (.signIn(let path), nil): #expect(path.hasPrefix("/openid/authorize?client_id=\(fixture.client.id)"))
            case (.leave(let address), "none"):
                #expect(OpenIDFixture.parameters(address)["error"] == "login_required")
            default: Issue.record("\(step)")
            }
        }
    }

    @Test("a fresh sign-in is demanded once, and an old one is not enough", arguments: ["login", "max_age"])
    func fresh(how: String) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            _ = try await fixture.code()
            let changes: [String: String?] = how == "login" ? ["prompt": "login"] : ["max_age": "60"]
            let late = OpenIDFixture.after(61)
            let step = try await fixture.openID.authorize(
                fixture.request(nil, changes), by: try await fixture.act(at: late))
            guard case .signIn(let path) = step else {
                Issue.record("\(step)")
                return
            }
            #expect(path.contains("max_age=60") == (how == "max_age"))
            #expect(!path.contains("prompt"))
        }
    }

    @Test(
        "signing out ends what came of the session in every application, and each is to be told",
        arguments: TestDatabase.all)
    func signOut(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let first = try await fixture.redeem(try await fixture.code())
            let code = try await fixture.code(fixture.other)
            let act = try await fixture.act()
            try await fixture.identity.signOut(token: fixture.token, by: act)
            // What the outbox does.
            let session = try #require(act.actor.session)
            let observer = try #require(fixture.openID.contributions.compactMap { $0 as? On }.first)
            let body = try EventCoding.encode(SessionView(session: session, account: fixture.account))
            try await fixture.database.write { try observer.handle(body, act, $0) }
            #expect(try await !fixture.isOpen(first))
            #expect(try await fixture.refresh(first).status == 400)
            let late = try await fixture.redeem(
                code, asOther: true, ["redirect_uri": fixture.other.redirects[0]])
            #expect(late.json["error"] == "invalid_grant")
            #expect(try await fixture.events().count { $0 == "openid.logout_due" } == 2)
        }
    }

    private struct SessionView: Encodable {
        let session: Identifier
        let account: Identifier
    }

    @Test("a consent that is taken back ends the tokens, and one is asked again", arguments: TestDatabase.all)
    func revoking(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            let answer = try await fixture.redeem(try await fixture.code())
            let act = try await fixture.act()
            let consents = try await fixture.openID.consents(by: act)
            #expect(consents.map(\.client) == [fixture.client.name])
            try await fixture.openID.revokeConsent(consents[0].id, by: act)
            #expect(try await !fixture.isOpen(answer))
            #expect(try await fixture.openID.consents(by: act).isEmpty)
            let error = await #expect(throws: OpenIDError.self) {
                try await fixture.openID.revokeConsent(consents[0].id, by: act)
            }
            #expect(error?.code == .consent)
            guard case .consent = try await fixture.openID.authorize(fixture.request(), by: act) else {
                Issue.record("nobody was asked")
                return
            }
            // Agreeing once more renews the same record, which `audit verify` follows.
            _ = try await fixture.code()
            #expect(try await fixture.openID.consents(by: act).map(\.id) == consents.map(\.id))
        }
    }

    @Test("a suspended application and a disabled account get nothing", arguments: ["application", "account"])
    func suspended(what: String) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let answer = try await fixture.redeem(try await fixture.code())
            let system = OpenIDFixture.system()
            if what == "application" {
                try await fixture.openID.suspendClient(fixture.client.id, isSuspended: true, by: system)
                #expect(try await fixture.refresh(answer).json["error"] == "invalid_client")
                await #expect(throws: OpenIDError.self) {
                    try await fixture.openID.authorize(fixture.request(), by: try await fixture.act())
                }
            } else {
                let (identity, account) = (fixture.identity, fixture.account)
                try await fixture.database.write { try identity.disableAccount(account, by: system, in: $0) }
                #expect(try await fixture.refresh(answer).json["error"] == "invalid_grant")
            }
            #expect(try await !fixture.isOpen(answer))
        }
    }
}
