import Extension
import Standards
import Storage
import StorageTestSupport
import TestSupport
import Testing

@testable import OpenID

@Suite("Registering applications")
struct ClientTests {
    @Test(
        "addresses that readers disagree about are refused",
        arguments: [
            "http://app.example.gov.cn/cb", "https://app.example.gov.cn/cb#x", "https://*.example.gov.cn/cb",
            "https://user:pw@app.example.gov.cn/cb", "https://app.example.gov.cn\\cb", "app.example.gov.cn/cb",
            "https:///cb", "javascript:alert(1)", "https://app.example.gov.cn/a/../cb", "https://App.example.gov.cn/cb",
            "https://app.example.gov.cn/ cb", "https://应用.example/cb", "ftp://app.example.gov.cn/cb",
            "http://localhost.evil.example/cb", "http://127.0.0.1@evil.example/cb",
        ])
    func addresses(address: String) async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            var draft = ClientDraft()
            draft.name = "示例系统"
            draft.redirects = [address]
            let error = await #expect(throws: OpenIDError.self) {
                try await fixture.openID.addClient(draft, by: OpenIDFixture.system())
            }
            #expect(error?.findings.contains { $0.field == "redirect" } == true)
        }
    }

    @Test(
        "addresses of this machine may do without TLS, for trying out",
        arguments: ["http://localhost:9000/cb", "http://127.0.0.1:9000/cb", "http://[::1]:9000/cb"])
    func loopback(address: String) {
        #expect(WebAddress.fault(address) == nil)
    }

    @Test("everything that is wrong is told at once")
    func findings() {
        var draft = ClientDraft()
        draft.name = "医"
        draft.redirects = ["https://a.example/cb", "https://b.example/cb"]
        draft.logoutRedirects = ["x"]
        draft.scopes = [.openid, .staff]
        #expect(draft.findings.map(\.field) == ["name", "logout-redirect", "sector", "scope"])
    }

    @Test("nobody without the permission registers, suspends or changes a secret")
    func permission() async throws {
        try await OpenIDFixture.with(.sqlite) { (fixture) async throws in
            let act = try await fixture.act()
            var draft = ClientDraft()
            draft.name = "示例系统"
            draft.redirects = ["https://a.example/cb"]
            let id = fixture.client.id
            let wanted = draft
            let first = await #expect(throws: OpenIDError.self) {
                try await fixture.openID.addClient(wanted, by: act)
            }
            let second = await #expect(throws: OpenIDError.self) {
                try await fixture.openID.suspendClient(id, isSuspended: true, by: act)
            }
            let third = await #expect(throws: OpenIDError.self) {
                try await fixture.openID.changeSecret(of: id, by: act)
            }
            #expect([first, second, third].map { $0?.code } == [.denied, .denied, .denied])
        }
    }

    @Test("a change of an application behind the program's back is found", arguments: TestDatabase.all)
    func audit(kind: TestDatabaseKind) async throws {
        try await OpenIDFixture.with(kind) { (fixture) async throws in
            func stands() async throws -> Bool {
                let state = fixture.openID.clientState
                let id = fixture.client.id
                return try await fixture.database.read { view in
                    let columns = state.columns.joined(separator: ", ")
                    let row = try view.row("SELECT \(columns) FROM openid_client WHERE id = ?", id)
                    let written = try view.row(
                        "SELECT state FROM journal WHERE stream = ? ORDER BY seq DESC LIMIT 1", "openid.client/\(id)")
                    return try row.map { try state.digest(of: $0) } == written?.get("state", as: [UInt8].self)
                }
            }
            #expect(try await stands())
            try await fixture.openID.suspendClient(fixture.client.id, isSuspended: true, by: OpenIDFixture.system())
            #expect(try await stands())
            let id = fixture.client.id
            try await fixture.database.write {
                _ = try $0.execute(
                    "UPDATE openid_client SET redirects = ? WHERE id = ?", "https://evil.example/cb", id)
            }
            #expect(try await !stands())
        }
    }
}
