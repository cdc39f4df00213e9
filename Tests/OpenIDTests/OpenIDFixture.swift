import Cryptography
import Extension
import Foundation
import Identity
import Organisation
import Standards
import Storage
import StorageTestSupport

@testable import OpenID

/// A deployment with one person who has signed in and two applications of different departments.
struct OpenIDFixture {
    static let start = TestDatabase.now
    static let issuer = "https://sso.example.gov.cn"
    static let redirect = "https://app.example.gov.cn/callback"
    static let verifier = String(repeating: "v", count: 43)

    let database: any Database
    let identity: IdentityService
    let organisation: OrganisationService
    let openID: OpenIDService
    let account: Identifier
    let token: String
    let client: OpenIDClient
    let secret: String
    let other: OpenIDClient
    let otherSecret: String

    static func with(
        _ kind: TestDatabaseKind, _ body: (OpenIDFixture) async throws -> Void
    ) async throws {
        let migrations = [
            StorageSchema.migrations, OrganisationService.migrations, IdentityService.migrations,
            OpenIDService.migrations,
        ]
        try await withDatabase(kind, migrations: migrations) { database in
            try await body(try await OpenIDFixture(database))
        }
    }

    private init(_ database: any Database) async throws {
        self.database = database
        let cipher = try await Keyring.forTests(database).cipher
        let events = EventLog()
        organisation = OrganisationService(database: database, events: events, cipher: cipher)
        identity = IdentityService(
            database: database, events: events, cipher: cipher, organisation: organisation, division: "430600")
        openID = OpenIDService(
            database: database, events: events, cipher: cipher, identity: identity, settings: OpenIDSettings(),
            issuer: Self.issuer, division: "430600")
        let act = Self.system()
        let profile = try SampleIdentities.person(0, today: Self.start.day)
        let person = try await database.write { [identity] in try identity.addPerson(profile, by: act, in: $0) }
        account = try await identity.addAccount("zhao", for: .person(person), password: "Correct-Horse-7", by: act)
        token = try await identity.signIn(
            name: "zhao", password: "Correct-Horse-7", client: SignInClient(address: "192.0.2.1", terminal: .portal),
            act: Act(actor: .anonymous(terminal: .portal), now: Self.start)
        ).token
        (client, secret) = try await Self.register(openID, "医保网上大厅", Self.redirect)
        (other, otherSecret) = try await Self.register(openID, "公积金网上大厅", "https://fund.example.gov.cn/callback")
    }

    private static func register(
        _ openID: OpenIDService, _ name: String, _ redirect: String
    ) async throws -> (OpenIDClient, String) {
        var draft = ClientDraft()
        draft.name = name
        draft.redirects = [redirect]
        draft.logoutRedirects = [redirect + "/bye"]
        draft.scopes = [.openid, .profile, .phone]
        draft.backchannel = redirect + "/logout"
        let (client, secret) = try await openID.addClient(draft, by: system())
        return (client, secret ?? "")
    }

    static func system(at instant: Instant = start) -> Act { Act(actor: .system("test"), now: instant) }

    static func after(_ seconds: Int) -> Instant { start.adding(.seconds(seconds)) }

    /// An act of the person at the browser.
    func act(at instant: Instant = start) async throws -> Act {
        Act(actor: try await identity.authenticate(token: token, at: instant), now: instant)
    }

    /// A request as a careful application makes it; `changes` replaces parameters, nil leaves one out.
    func request(_ client: OpenIDClient? = nil, _ changes: [String: String?] = [:]) -> [String: [String]] {
        let client = client ?? self.client
        var parameters: [String: String] = [
            "client_id": client.id, "redirect_uri": client.redirects[0], "response_type": "code",
            "scope": "openid profile", "state": "st-1", "nonce": "n-1", "code_challenge_method": "S256",
            "code_challenge": Base64URL.encode(SHA256.hash(Array(Self.verifier.utf8))),
        ]
        for (name, value) in changes { parameters[name] = value }
        return parameters.mapValues { [$0] }
    }

    /// The parameters of an address.
    static func parameters(_ address: String) -> [String: String] {
        let items = URLComponents(string: address)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
    }

    /// Enters an application, consenting: the code.
    func code(_ client: OpenIDClient? = nil, at instant: Instant = start) async throws -> String {
        let address = try await openID.decide(request(client), agrees: true, by: try await act(at: instant))
        return Self.parameters(address)["code"] ?? ""
    }

    struct Answer {
        let status: Int
        let json: JSONValue
        let headers: [String: String]
    }

    /// Calls an endpoint of the protocol.
    func call(
        _ method: Method = .post, _ path: String, _ form: [String: String]? = nil, authorization: String? = nil,
        at instant: Instant = start
    ) async throws -> Answer {
        let endpoints = openID.contributions.compactMap { $0 as? ProtocolEndpoint }
        guard let endpoint = endpoints.first(where: { $0.method == method && $0.path == path }) else {
            throw Problem.notFound(path)
        }
        let reply = try await endpoint.run(
            ProtocolRequest(
                act: Act(actor: .anonymous(terminal: .api), now: instant), form: form.map { $0.mapValues { [$0] } },
                header: { $0 == "Authorization" ? authorization : nil }))
        let json = reply.body.isEmpty ? .null : try JSONParser.parse(reply.body)
        return Answer(status: reply.status, json: json, headers: reply.headers)
    }

    static func basic(_ id: String, _ secret: String) -> String {
        "Basic " + Data("\(id):\(secret)".utf8).base64EncodedString()
    }

    /// As the first application, or as the second one.
    func call(asOther: Bool = false, _ path: String, _ form: [String: String], at instant: Instant = start)
        async throws -> Answer
    {
        try await call(
            .post, path, form,
            authorization: asOther ? Self.basic(other.id, otherSecret) : Self.basic(client.id, secret), at: instant)
    }

    func redeem(
        _ code: String, asOther: Bool = false, _ changes: [String: String?] = [:], at instant: Instant = start
    ) async throws -> Answer {
        var form = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": client.redirects[0],
            "code_verifier": Self.verifier,
        ]
        for (name, value) in changes { form[name] = value }
        return try await call(asOther: asOther, "/openid/token", form, at: instant)
    }

    func refresh(_ answer: Answer, asOther: Bool = false, at instant: Instant = start) async throws -> Answer {
        try await call(
            asOther: asOther, "/openid/token",
            ["grant_type": "refresh_token", "refresh_token": answer.json["refresh_token"]?.string ?? ""], at: instant)
    }

    /// Whether an answer's access token is still worth something at userinfo.
    func isOpen(_ answer: Answer, at instant: Instant = start) async throws -> Bool {
        try await userinfo(answer, at: instant).status == 200
    }

    func userinfo(_ answer: Answer, at instant: Instant = start) async throws -> Answer {
        try await call(
            .get, "/openid/userinfo", authorization: "Bearer \(answer.json["access_token"]?.string ?? "")", at: instant)
    }

    func events() async throws -> [String] {
        try await database.read { view in
            try view.rows("SELECT type FROM journal WHERE type LIKE 'openid.%' ORDER BY at, type").map {
                try $0.get("type")
            }
        }
    }
}
